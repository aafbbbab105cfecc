package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
)

// tour plays the main job without a terminal or a browser: the real root, the
// real sign-in over loopback HTTP, and a scripted person where the browser
// would be.
type tour struct {
	c      *command
	pool   *localpool.Pool
	cfg    config.Config
	w, h   int
	colour termenv.Profile

	root *tui.Root
	mu   sync.Mutex // the browser is opened from another goroutine
	who  func(ctx context.Context, authorizeURL string) error
	step int
	seen [][]string // a row of the summary each
	stop context.CancelCauseFunc
}

func newTour(c *command, pool *localpool.Pool, cfg config.Config, size, format string) (*tour, error) {
	w, h, err := parseSize(size)
	if err != nil {
		return nil, err
	}
	if w < 40 || h < 12 {
		return nil, usage("--size must be at least 40x12 for the tour")
	}
	colour := termenv.Ascii
	switch format {
	case "ansi":
		colour = termenv.TrueColor
	case "text":
	default:
		return nil, usage("--format of the tour is text or ansi, not %q", format)
	}
	return &tour{c: c, pool: pool, cfg: cfg, w: w, h: h, colour: colour}, nil
}

// open is the browser of the tour: whoever's turn it is signs in.
func (t *tour) open(ctx context.Context, address string) error {
	t.mu.Lock()
	who := t.who
	t.mu.Unlock()
	if who == nil {
		return fmt.Errorf("nobody is at the browser")
	}
	fault.Go(func() { // the page that it ends on is the browser's; what counts reaches the listener
		if err := who(ctx, address); err != nil && ctx.Err() == nil {
			t.stop(err) // nobody will come back from there
		}
	})
	return nil
}

// play goes through the job; an error names the step that failed.
func (t *tour) play(ctx context.Context) error {
	ctx, t.stop = context.WithCancelCause(ctx)
	defer t.stop(nil)
	svc, err := t.c.serviceWith(t.cfg, t.open)
	if err != nil {
		return err
	}
	defer svc.Close()
	t.root = t.newRoot(ctx, svc)
	_, size := t.root.Update(tea.WindowSizeMsg{Width: t.w, Height: t.h})
	if err := drain(ctx, t.root, t.root.Init(), size); err != nil {
		return err
	}
	for _, r := range rounds {
		if err := t.round(ctx, r.who, r.from); err != nil {
			return t.broken(ctx, err)
		}
	}
	if err := t.newcomer(ctx); err != nil {
		return t.broken(ctx, err)
	}
	if err := t.summary(); err != nil {
		return err
	}
	fmt.Fprintln(t.c.err, "This was the tour. In a terminal, tabgate demo is the real thing.")
	return nil
}

// broken names the step that failed. What went wrong at the browser is the
// cause of all that follows from it.
func (t *tour) broken(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	return fmt.Errorf("tour, step %d: %w", t.step, err)
}

func (t *tour) newRoot(ctx context.Context, svc *auth.Service) *tui.Root {
	return tui.New(t.c.stillEnv(ctx, t.cfg, t.colour), tui.Options{
		Auth: gatekeeper{svc, true}, Pages: t.c.entries(t.cfg, home.Options{}), LocalPool: true,
	})
}

func (t *tour) all(acts ...func() error) error {
	for _, act := range acts {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

func (t *tour) press(ctx context.Context, key string) func() error {
	return func() error { return say(ctx, t.root, keyMsg(key)) }
}

func (t *tour) signIn(ctx context.Context, email string) func() error {
	person := t.pool.Person(email, localpool.DemoPassword)
	return t.arrive(ctx, func(ctx context.Context, address string) error {
		return arrived(person.SignIn(ctx, address))
	})
}

// arrived is no error when the browser has come to rest on a page that is none.
func arrived(page localpool.Final, err error) error {
	if err == nil && page.Status >= 400 {
		at, _, _ := strings.Cut(page.URL, "?")
		return fmt.Errorf("the browser ended at %s with status %d", at, page.Status)
	}
	return err
}

// arrive presses l with somebody at the browser.
func (t *tour) arrive(ctx context.Context, who func(context.Context, string) error) func() error {
	return func() error {
		t.mu.Lock()
		t.who = who
		t.mu.Unlock()
		return say(ctx, t.root, page.SignIn{})
	}
}

func (t *tour) signOut(ctx context.Context) func() error {
	return func() error {
		t.mu.Lock()
		t.who = func(context.Context, string) error { return nil } // the sign-out page needs no hands
		t.mu.Unlock()
		if err := say(ctx, t.root, page.SignOut{}); err != nil {
			return err
		}
		if err := say(ctx, t.root, keyMsg("esc")); err != nil { // what each step said
			return err
		}
		_, tab := t.closed()
		return t.look(ctx, "Logged out: what the tabs showed is gone", tab, locked)()
	}
}

// look goes to a tab, prints the frame, and fails when it does not say what
// it should: the tour is a check of itself.
func (t *tour) look(ctx context.Context, title string, tab int, want string) func() error {
	return func() error {
		t.step++
		if err := say(ctx, t.root, keyMsg(tabKey(tab))); err != nil {
			return err
		}
		g := cell.NewGrid(t.w, t.h)
		t.root.Draw(g)
		closed := verdicts[want] != ""
		frame := t.frame(g, closed)
		fmt.Fprintf(t.c.out, "\n=== %d. %s\n\n%s\n", t.step, title, frame)
		shown := words(g.String())
		if !strings.Contains(shown, want) {
			return fmt.Errorf("%s: the screen does not show %q", title, want)
		}
		if !closed && (strings.Contains(shown, locked) || strings.Contains(shown, refused)) {
			return fmt.Errorf("%s: the page is locked", title)
		}
		return nil
	}
}

// words are what a frame says, read across the borders of its boxes.
func words(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '│' || r == '|' }), " ")
}

// frame returns the lines of a frame. Of a locked page, it leaves out the
// empty rows around what it says: there is nothing else to see.
func (t *tour) frame(g *cell.Grid, closed bool) string {
	var kept []string
	blank := false
	for y, text := range strings.Split(g.String(), "\n") {
		if closed && blank && text == "" {
			continue
		}
		blank = text == ""
		if t.colour != termenv.Ascii {
			text = string(g.AppendANSI(nil, y))
		}
		kept = append(kept, text)
	}
	return strings.Join(kept, "\n")
}
