package main

import (
	"cmp"
	"context"
	"errors"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/browser"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/screen"
)

const notConfigured = "no user pool is configured: try `tabgate demo`, write a config file with `tabgate config init`, or set COGNITO_DOMAIN and CLIENT_ID"

// restoreLimit is how long the first frame waits for a slow keyring.
const restoreLimit = 50 * time.Millisecond

// runApp is tabgate without a command: the app on the configured user pool.
func (c *command) runApp(cmd *cobra.Command, _ []string) error {
	cfg, err := c.quiet()
	if err != nil {
		return err
	}
	if !c.outTTY || !c.inTTY {
		return usage("the app needs a terminal; for one frame there is tabgate show PAGE, for all of it tabgate demo --tour")
	}
	c.note = strings.Join(cfg.Notes, " ")
	if !cfg.Configured() {
		defer c.late.close()
		return c.show(cmd.Context(), cfg, nil)
	}
	svc, err := c.appService(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	return c.show(cmd.Context(), cfg, svc)
}

// appService is service for somebody who watches: where the chosen store
// cannot be had, as in a home that cannot be written, the app runs all the
// same, keeps the session in memory and says so.
func (c *command) appService(cfg config.Config) (*auth.Service, error) {
	svc, err := c.service(cfg)
	var no noStore
	if !errors.As(err, &no) {
		return svc, err
	}
	c.note = strings.TrimSpace(c.note + " A session will stay in memory, until you quit: " + no.Error() + ".")
	cfg.TokenStore = "memory"
	return c.service(cfg)
}

// memoryLimit is where the garbage collector begins to work harder, so that a
// window which was large once, or is dragged about, does not leave the program
// large. Sorting a million rows needs a little more and is not slowed by it.
const memoryLimit = 26 << 20

// show runs the app on the terminal.
func (c *command) show(ctx context.Context, cfg config.Config, svc *auth.Service) error {
	// The screen listens for signals itself and ends in order; ending its
	// context as well would close the input under the reader.
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop() // Bubble Tea cannot cancel commands: their context can
	if _, own := c.env("GOMEMLIMIT"); !own {
		debug.SetMemoryLimit(memoryLimit)
	}
	guard := screen.NewGuard()
	defer fault.Handle(func(value any) {
		defer guard.Recover()
		panic(value)
	})()
	defer c.interrupts.pause()()
	return c.ended(screen.Run(ctx, c.app(ctx, cfg, svc), screen.Options{NoQuery: cfg.Theme != "auto", Guard: guard}))
}

// app is the model with all that its first frame needs.
func (c *command) app(ctx context.Context, cfg config.Config, svc *auth.Service) *tui.Root {
	return tui.New(c.liveEnv(ctx, cfg), c.options(ctx, cfg, svc))
}

// options are what the model is made of. A stored session is read before, so
// that its tabs are open at once. Without a service nobody can sign in: Home
// tells the ways on, and where a folder's .env waits for a yes, it is asked.
func (c *command) options(ctx context.Context, cfg config.Config, svc *auth.Service) tui.Options {
	o := tui.Options{Pages: c.entries(cfg, home.Options{Setup: svc == nil}), QR: qr, Note: c.note}
	if svc == nil {
		o.Setup = setup(cfg.Folder)
		if cfg.Folder.State == config.Waiting {
			o.Ask = c.folderQuestion(ctx, cfg.Folder.Unit)
		}
	} else {
		o.Auth, o.LocalPool = gatekeeper{Service: svc}, neterr.Loopback(cfg.Domain.Hostname())
		if cfg.Folder.State == config.Used {
			o.From = "./.env"
		}
		early, end := context.WithTimeout(ctx, cmp.Or(c.early, restoreLimit))
		if s, err := svc.Restore(early); err == nil {
			o.Initial, o.Asked = s, true
		}
		end()
	}
	if open, _ := browser.Find(lookup(c.env).get, cfg.Browser); open.Found() {
		o.Browse = open.Open
	}
	return o
}

// setup says what is missing for a sign-in, and the ways on.
func setup(f config.Folder) string {
	if why := f.Why(); why != "" {
		return "No user pool is configured: " + strings.TrimSuffix(why, ".") + "."
	}
	return "No user pool is configured. Run `tabgate demo`, or `tabgate config init`, or set COGNITO_DOMAIN and CLIENT_ID."
}

// entries are the pages with the configuration's rules and sources.
func (c *command) entries(cfg config.Config, h home.Options) []tui.Entry {
	return tui.Pages(c.sources(cfg, h))
}

func qr(text string) []string {
	lines, err := browser.QR(text)
	if err != nil {
		return nil // the box says that there is none
	}
	return lines
}
