package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
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
	go who(ctx, address) // the page that it ends on is the browser's; what counts reaches the listener
	return nil
}

// play goes through the job; an error names the step that failed.
func (t *tour) play(ctx context.Context) error {
	svc, err := t.c.serviceWith(t.cfg, t.open)
	if err != nil {
		return err
	}
	defer svc.Close()
	t.root = t.newRoot(ctx, svc)
	_, size := t.root.Update(tea.WindowSizeMsg{Width: t.w, Height: t.h})
	if err := settle(ctx, t.root, t.root.Init(), size); err != nil {
		return err
	}
	for _, act := range []func(context.Context) error{t.nobody, t.underwriter, t.analyst, t.both, t.newcomer} {
		if err := act(ctx); err != nil {
			return fmt.Errorf("tour, step %d: %w", t.step, err)
		}
	}
	fmt.Fprintln(t.c.err, "This was the tour. In a terminal, tabgate demo is the real thing.")
	return nil
}

func (t *tour) newRoot(ctx context.Context, svc *auth.Service) *tui.Root {
	return tui.New(t.c.stillEnv(ctx, t.cfg, t.colour), tui.Options{
		Auth: gatekeeper{svc, true}, Pages: t.c.entries(t.cfg, home.Options{}), LocalPool: true,
	})
}

// nobody looks around before anybody has signed in.
func (t *tour) nobody(ctx context.Context) error {
	return t.all(t.look(ctx, "Nobody is signed in", "1", "Home"),
		t.look(ctx, "Tab 2 is locked", "2", "Please login!"),
		t.look(ctx, "Tab 3 is locked", "3", "Please login!"),
		t.look(ctx, "Tab 4 is for anyone", "4", "Gross Agricultural Production"))
}

func (t *tour) underwriter(ctx context.Context) error {
	return t.all(t.press(ctx, "2"),
		t.signIn(ctx, "underwriter@example.com"),
		t.look(ctx, "underwriter@example.com signed in from tab 2 and is on it", "2", "100% Complete"),
		t.look(ctx, "Tab 3 needs another group", "3", "You do not have access. Please contact the administrator."),
		t.signOut(ctx))
}

func (t *tour) analyst(ctx context.Context) error {
	return t.all(t.press(ctx, "3"),
		t.signIn(ctx, "analyst@example.com"),
		t.look(ctx, "analyst@example.com signed in from tab 3 and is on it", "3", "Map Layers"),
		t.look(ctx, "Tab 2 needs another group", "2", "You do not have access. Please contact the administrator."),
		t.signOut(ctx))
}

func (t *tour) both(ctx context.Context) error {
	return t.all(t.press(ctx, "1"),
		t.signIn(ctx, "both@example.com"),
		t.look(ctx, "both@example.com is in both groups: every tab is open", "1", "both@example.com"),
		t.signOut(ctx))
}

// newcomer signs up, has no group, gets one, and refreshes.
func (t *tour) newcomer(ctx context.Context) error {
	const email = "newcomer@example.com"
	person := t.pool.Person(email, localpool.DemoPassword)
	return t.all(t.press(ctx, "2"),
		t.arrive(ctx, func(ctx context.Context, address string) error {
			_, err := person.SignUp(ctx, address)
			return err
		}),
		t.look(ctx, email+" signed up, confirmed the code, signed in: no group yet", "2", "You do not have access. Please contact the administrator."),
		func() error { return t.pool.AddGroup(email, "Underwriters") },
		t.press(ctx, "ctrl+r"),
		t.look(ctx, "An administrator ran `tabgate pool groups add "+email+" Underwriters`; ctrl+r opened tab 2 without a new sign-in", "2", "100% Complete"),
		t.signOut(ctx))
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
		_, err := person.SignIn(ctx, address)
		return err
	})
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
		return t.look(ctx, "Logged out: what the tabs showed is gone", "2", "Please login!")()
	}
}

// look goes to a tab, prints the frame, and fails when it does not say what
// it should: the tour is a check of itself.
func (t *tour) look(ctx context.Context, title, tab, want string) func() error {
	return func() error {
		t.step++
		if err := say(ctx, t.root, keyMsg(tab)); err != nil {
			return err
		}
		frame := t.root.View()
		fmt.Fprintf(t.c.out, "\n=== %d. %s\n\n%s\n", t.step, title, frame)
		if !strings.Contains(strings.Join(strings.Fields(plain(frame)), " "), want) {
			return fmt.Errorf("%s: the screen does not show %q", title, want)
		}
		return nil
	}
}
