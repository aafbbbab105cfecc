//go:build linux

package terminal

import (
	"context"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/signin"
	"github.com/authtabs/tabgate/tui/theme"
)

// wiring is a sign-in as the screen wants it.
type wiring struct{ *auth.Service }

func (w wiring) Begin(ctx context.Context) (signin.Attempt, error) { return w.Service.Begin(ctx) }

func (w wiring) BeginDevice(ctx context.Context) (signin.Device, error) {
	return w.Service.BeginDevice(ctx)
}

func (w wiring) SignOut(ctx context.Context) []session.Step { return w.Service.SignOut(ctx, true) }

// shown is a whole app that remembers the text of what it drew last.
type shown struct {
	*tui.Root
	mu   sync.Mutex
	text string
}

func (s *shown) Draw(g *cell.Grid) bool {
	changed := s.Root.Draw(g)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = ansi.Strip(g.ANSI())
	return changed
}

// A person is somebody at a terminal of their own, served by this process.
type person struct {
	*terminal
	app     *shown
	signals chan os.Signal
	over    chan struct{} // closed when the screen has ended with err
	err     error
}

// xterm256 is the environment of a terminal that knows links.
func xterm256(name string) string {
	if name == "TERM" {
		return "xterm-256color"
	}
	return ""
}

// served shows a whole app of w by h cells to somebody, on a pool, with a look
// of its own and without a port.
func served(t *testing.T, pool *localpool.Pool, w, h int, profile termenv.Profile, look theme.Options) *person {
	t.Helper()
	domain, err := url.Parse(pool.Domain())
	if err != nil {
		t.Fatal(err)
	}
	svc, err := auth.New(auth.Options{
		Cognito:      cognito.Config{Domain: domain, ClientID: pool.ClientID(), Issuer: pool.Issuer(), Scopes: []string{"openid", "email"}},
		RedirectURIs: []string{"http://localhost:8501/"}, StateDir: t.TempDir(), LocalPool: true, NoListener: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { svc.Close() })
	ctx, cancel := context.WithCancel(context.Background())
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(profile)
	env := page.Env{Ctx: ctx, Theme: theme.New(renderer, look), ReducedMotion: true, Now: time.Now, Tick: tea.Tick}
	figures := source.NewStore(ctx, source.Options{FS: demo.Files(), Offline: true})
	p := &person{
		terminal: blank(t, w, h), signals: make(chan os.Signal, 1), over: make(chan struct{}),
		app: &shown{Root: tui.New(env, tui.Options{
			Auth: wiring{svc}, Asked: true, Pages: tui.Pages(tui.Sources{
				Board: board.Options{Store: figures, Load: demo.Load},
			}),
		})},
	}
	drained := make(chan struct{})
	go p.read(drained)
	go func() {
		defer close(p.over)
		p.err = screen.Run(ctx, p.app, screen.IO{
			In: p.tty, Out: p.tty, Signals: p.signals, Env: xterm256, Options: screen.Options{NoBackground: true, NoVersion: true},
		})
	}()
	t.Cleanup(func() {
		cancel()
		<-p.over
		_ = p.tty.Close()
		<-drained
		_ = p.master.Close()
	})
	return p
}

// settled waits until the terminal shows what the app drew, with a text in it.
func (p *person) settled(text string) {
	p.t.Helper()
	p.see(text)
	p.wait("the screen as it was drawn", func(e *emulator, _ string) bool {
		p.app.mu.Lock()
		defer p.app.mu.Unlock()
		return strings.TrimRight(e.text(), "\n") == p.app.text
	})
}

// signIn signs in by pasting the address of a browser elsewhere.
func (p *person) signIn(email string) {
	p.t.Helper()
	bar := elsewhere(p.t, p.loginAddress(), email)
	p.see("Paste the address")
	p.send("\x1b[200~" + bar + "\x1b[201~")
}

func TestOneProcessShowsTwoScreensAtOnce(t *testing.T) {
	pool, err := localpool.New(localpool.Options{RedirectURIs: []string{"http://localhost:8501/"}, Keys: poolKeys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	pool.Start()
	dark := served(t, pool, 100, 30, termenv.TrueColor, theme.Options{Dark: true, Glyphs: theme.Octant})
	light := served(t, pool, 80, 24, termenv.ANSI256, theme.Options{Glyphs: theme.ASCII})
	both := func(do func(p *person, which int)) {
		t.Helper()
		for i, p := range []*person{dark, light} {
			do(p, i)
		}
	}
	// What happens to one, happens to the other before either is waited for.
	step := func(keys, texts [2]string) {
		t.Helper()
		both(func(p *person, i int) { p.send(keys[i]) })
		both(func(p *person, i int) { p.settled(texts[i]) })
	}
	both(func(p *person, _ int) { p.settled("Nobody is signed in") })
	step([2]string{"2", "3"}, [2]string{"This page is for the group Underwriters.", "This page is for the group CreditAnalysts."})
	both(func(p *person, i int) { p.signIn([]string{"underwriter@example.com", "analyst@example.com"}[i]) })
	both(func(p *person, i int) { p.settled([]string{"% Complete", "Map Layers"}[i]) })
	both(func(p *person, i int) { p.press([]string{"3", "2"}[i], noAccess) }) // not in the grace after a sign-in
	step([2]string{"4", "4"}, [2]string{"Gross Agricultural Production", "Gross Agricultural Production"})
	dark.resize(60, 20)
	dark.signals <- syscall.SIGWINCH
	step([2]string{"1", "1"}, [2]string{"underwriter@example.com", "analyst@example.com"})

	both(func(p *person, _ int) { p.send("\x03") })
	both(func(p *person, _ int) {
		if <-p.over; p.err != nil {
			t.Errorf("one ended with %v", p.err)
		}
		p.clean()
	})
	t.Run("each in its own colours and glyphs", func(t *testing.T) {
		if raw := dark.bytes(); !strings.Contains(raw, "\x1b[38;2;") || strings.Contains(raw, "38;5;") || !strings.Contains(raw, ";48;2;14;17;23") {
			t.Error("the dark screen is not in true colour on the dark background")
		}
		raw := light.bytes()
		if strings.Contains(raw, "8;2;") || !strings.Contains(raw, "38;5;") || !strings.Contains(raw, "48;5;231") {
			t.Error("the light screen is not in 256 colours on white")
		}
		if i := strings.IndexFunc(raw, func(r rune) bool { return r > 0x7e }); i >= 0 {
			t.Errorf("the ASCII screen has %.20q", raw[i:])
		}
	})
}

func TestASignalEndsOneScreenOfTwo(t *testing.T) {
	pool, err := localpool.New(localpool.Options{RedirectURIs: []string{"http://localhost:8501/"}, Keys: poolKeys()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	pool.Start()
	look := theme.Options{Dark: true, Glyphs: theme.Quadrant}
	ends, stays := served(t, pool, 80, 24, termenv.ANSI, look), served(t, pool, 80, 24, termenv.ANSI, look)
	ends.settled("Nobody is signed in")
	stays.settled("Nobody is signed in")
	ends.signals <- syscall.SIGTERM
	if <-ends.over; ends.err == nil || !strings.Contains(ends.err.Error(), "terminated") {
		t.Errorf("it ended with %v", ends.err)
	}
	ends.clean()
	stays.send("\x1a") // nobody could continue it
	stays.send("4")
	stays.settled("Gross Agricultural Production")
	stays.send("\x03")
	if <-stays.over; stays.err != nil {
		t.Errorf("the other ended with %v", stays.err)
	}
	stays.clean()
}

func TestWithoutATerminalThereIsNoScreen(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	master, tty, err := pty.Open()
	if err != nil {
		lacking(t, "no pseudo-terminal here", err)
	}
	defer master.Close()
	defer tty.Close()
	for name, with := range map[string]screen.IO{"nothing": {}, "no input": {Out: tty}, "another input": {In: null, Out: tty}, "another output": {In: tty, Out: null}} {
		if err := screen.Run(t.Context(), &shown{}, with); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
