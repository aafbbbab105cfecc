package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/screen/process"
)

// restoreLimit is how long the first frame waits for a slow keyring.
const restoreLimit = 50 * time.Millisecond

// app is the app on the terminal.
type app struct {
	*wiring
	note  string // what it says at its start
	start string // the page that it begins with, "" = the first
	// opening is what the command line says of that, and of its inputs.
	opening opening
	// early is how long the first frame waits for a stored session.
	early time.Duration
	late  late // a sign-in that was made while it ran
	// players are the people of a user pool that this process runs; nil
	// without one.
	players *localpool.Players
	// keys is the terminal that keys are read from; nil = standard input.
	keys *os.File
	// from are messages from elsewhere than the terminal; nil = there are none.
	from <-chan tea.Msg
	// preview lets the one who has the pages see them as others would.
	preview *tui.Preview
	ask     *tui.Ask // what it asks at its start; nil = nothing
	reader  *reader  // whom the figures are read for; nil = the pages ask nobody
	changed func()   // is told when the session may be another; may be nil
}

func newApp(w *wiring) *app { return &app{wiring: w, early: restoreLimit} }

// run is tabgate without a command: the app on the configured user pool.
func (a *app) run(ctx context.Context) error {
	cfg, err := a.loadQuietly()
	if err != nil {
		return err
	}
	if !a.outTTY || !a.inTTY {
		return usage("the app needs a terminal; for one frame there is tabgate show PAGE, for all of it tabgate demo --tour")
	}
	a.note = strings.Join(cfg.Notes, " ")
	if !cfg.Configured() {
		defer a.late.close()
		return a.show(ctx, cfg, nil)
	}
	svc, err := a.appService(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	return a.show(ctx, cfg, svc)
}

// previewAs lets the one who has the pages see them as others would, and begins
// as a member of groups; nil = as oneself.
func (a *app) previewAs(groups *string) {
	a.preview = &tui.Preview{}
	if groups != nil {
		list := splitList(*groups)
		a.preview.As = &list
	}
}

// appService is service for somebody who watches: where the chosen store
// cannot be had, as in a home that cannot be written, the app runs all the
// same, keeps the session in memory and says so.
func (a *app) appService(cfg config.Config) (*auth.Service, error) {
	svc, err := a.service(cfg)
	var no noStore
	if !errors.As(err, &no) {
		return svc, err
	}
	a.note = strings.TrimSpace(a.note + " A session will stay in memory, until you quit: " + no.Error() + ".")
	cfg.TokenStore = "memory"
	return a.service(cfg)
}

// memoryLimit is where the garbage collector begins to work harder, so that a
// window which was large once, or is dragged about, does not leave the program
// large. Sorting a million rows needs a little more and is not slowed by it.
const memoryLimit = 26 << 20

// show runs the app on the terminal.
func (a *app) show(ctx context.Context, cfg config.Config, svc *auth.Service) error {
	if !canDraw(runtime.GOOS, a.env) {
		return fail(exitFailed, fmt.Sprintf("the app needs a terminal that can place text, and TERM is %q here; for one frame there is tabgate show PAGE, for all of it tabgate demo --tour", a.env.get("TERM")))
	}
	// The screen listens for signals itself and ends in order; ending its
	// context as well would close the input under the reader.
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop() // Bubble Tea cannot cancel commands: their context can
	if _, own := a.env("GOMEMLIMIT"); !own {
		debug.SetMemoryLimit(memoryLimit)
	}
	guard := screen.NewGuard()
	defer fault.Handle(func(value any) {
		defer guard.Recover()
		panic(value)
	})()
	keys := os.Stdin
	if a.keys != nil {
		keys = a.keys
		defer keys.Close()
	}
	terminal, err := process.Open(keys, os.Stdout, lookup(a.env).get)
	if err != nil {
		return err
	}
	defer terminal.Close()
	// Only now, as the terminal listens: signals that nobody waits for are
	// switched off and on again, which takes a start some forty system calls.
	defer a.interrupts.pause()()
	options := screen.Options{NoBackground: cfg.Theme != "auto", NoVersion: cfg.Glyphs != "auto", NoMouse: !cfg.Mouse, Guard: guard}
	root := a.model(ctx, cfg, svc)
	var model screen.Model = root
	if a.from != nil {
		model = &fed{root, a.from}
	}
	return a.ended(screen.Run(ctx, model, terminal.IO(options)))
}

// model is the app with all that its first frame needs.
func (a *app) model(ctx context.Context, cfg config.Config, svc *auth.Service) *tui.Root {
	return tui.New(a.liveEnv(ctx, cfg), a.options(ctx, cfg, svc))
}

// options are what the model is made of. A stored session is read before, so
// that its tabs are open at once. Without a service nobody can sign in: Home
// tells the ways on, and where a folder's .env waits for a yes, it is asked.
func (a *app) options(ctx context.Context, cfg config.Config, svc *auth.Service) tui.Options {
	if a.reader != nil {
		a.reader.use(svc)
	}
	o := tui.Options{Pages: a.entries(ctx, cfg, home.Options{Setup: svc == nil}), QR: qr, Start: a.start, Note: a.note, NoMouse: !cfg.Mouse, Preview: a.preview}
	if svc == nil && a.desk != nil && a.desk.board.Own {
		o.Setup = "Files have no locks: there is nothing to sign in for."
	} else if svc == nil {
		o.Setup = setup(cfg.Folder)
		if cfg.Folder.State == config.Waiting {
			o.Ask = a.folderQuestion(ctx, cfg.Folder.Unit)
		}
	} else {
		keeper := gatekeeper{Service: svc, changed: a.changed}
		o.Auth, o.LocalPool = keeper, neterr.Loopback(cfg.Domain.Hostname())
		if a.players != nil {
			o.Auth = demoAuth{keeper, a.players}
		}
		if cfg.Folder.State == config.Used {
			o.From = cfg.Folder.Unit.File()
		}
		early, end := context.WithTimeout(ctx, a.early)
		if s, err := svc.Restore(early); err == nil {
			o.Initial, o.Asked = s, true
		}
		end()
	}
	if o.Ask == nil {
		o.Ask = a.ask
	}
	if open, _ := browser.Find(a.env.get, cfg.Browser); open.Found() {
		o.Browse = open.Open
	}
	return o
}

// folderQuestion asks in the app whether a folder's .env may decide the
// sign-in.
func (a *app) folderQuestion(ctx context.Context, u config.Unit) *tui.Ask {
	return &tui.Ask{
		Question: box.Question{
			Title: "Sign in by this folder's settings?",
			Text:  []string{u.Words(), "Whoever wrote that file decides who gets your session. You are asked once; tabgate trust changes the answer."},
			Yes:   "Use them", No: "Leave them out",
		},
		Then: func(yes bool) tea.Cmd {
			return func() tea.Msg { return a.folderAnswer(ctx, u, yes) }
		},
	}
}

// folderAnswer remembers the answer, and starts the app over with what follows
// from it. The file is read again, and only what was shown counts: another
// content is asked about again.
func (a *app) folderAnswer(ctx context.Context, u config.Unit, yes bool) tea.Msg {
	a.note = ""
	if !yes {
		a.note = u.Origin() + " is left out. tabgate trust changes that."
	}
	if err := a.remember(ctx, u.Hash, u.Host+" "+u.Client, yes); err != nil {
		a.note += " This counts only for now: " + session.Clean(err.Error(), 300) + "."
	}
	cfg, err := a.loadQuietly()
	if err != nil {
		return page.Failed{Err: err}
	}
	if !cfg.Configured() {
		return tui.Restart{Options: a.options(ctx, cfg, nil)}
	}
	svc, err := a.appService(cfg)
	if err != nil {
		return page.Failed{Err: err}
	}
	a.late.keep(svc)
	return tui.Restart{Options: a.options(ctx, cfg, svc)}
}

// setup says what is missing for a sign-in, and the ways on.
func setup(f config.Folder) string {
	if why := f.Why(); why != "" {
		return "No user pool is configured: " + strings.TrimSuffix(why, ".") + "."
	}
	return "No user pool is configured. Run `tabgate demo`, or `tabgate config init`, or set COGNITO_DOMAIN and CLIENT_ID."
}

func qr(text string) []string {
	lines, err := browser.QR(text)
	if err != nil {
		return nil // the box says that there is none
	}
	return lines
}
