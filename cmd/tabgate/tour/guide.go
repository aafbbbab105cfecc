package tour

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/offscreen"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Options are what a tour is made of.
type Options struct {
	Pool          *localpool.Pool // whose people sign in
	Pages         dashboard.Pages // what the app shows
	Gate          string          // the address of a gate, for people to read
	Gated         []Gated         // its locked pages
	Width, Height int             // of a frame
	Colour        bool            // frames have their colours
	Out           io.Writer
	// Ask asks the gate for a path as who is signed in in the app, whatever the
	// app's own rules say.
	Ask func(ctx context.Context, path string) (Answer, error)
	// Start builds the app, whose sign-in opens addresses with open. end is
	// called when the tour is over.
	Start func(ctx context.Context, open func(ctx context.Context, address string) error) (app *tui.Root, end func(), err error)
}

// Gated is a locked page of a gate, by the gate's own rules.
type Gated struct {
	dashboard.Page

	Paths []string // of its definition, and of its figures
}

// Answer is what a gate answered, in a few words.
type Answer struct {
	Status int
	Says   string
}

// Closed returns the first page that is for a group, and its tab; 0 for none.
// The tour needs one.
func (o Options) Closed() (page dashboard.Page, tab int) {
	i := slices.IndexFunc(o.Pages, func(p dashboard.Page) bool { return len(p.Groups) > 0 && p.Groups[0] != session.AnyoneSignedIn })
	if i < 0 {
		return page, 0
	}
	return o.Pages[i], i + 1
}

// tour is the app, and a scripted person where the browser would be.
type tour struct {
	Options
	app  *tui.Root
	mu   sync.Mutex // the browser is opened from another goroutine
	who  func(ctx context.Context, authorizeURL string) error
	step int
	seen [][]string // a row of the summary each
	gave [][]string // a row each of what the gate gave
	stop context.CancelCauseFunc
}

// What a page says that is locked.
const (
	locked  = "Please login!"
	refused = "You do not have access. Please contact the administrator."
)

// verdicts are the words for what a page says; any other text is a page.
var verdicts = map[string]string{locked: "log in first", refused: "no access"}

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

func (t *tour) all(acts ...func() error) error {
	for _, act := range acts {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

func (t *tour) press(ctx context.Context, name string) func() error {
	return func() error { return offscreen.Send(ctx, t.app, key(name)) }
}

func (t *tour) signIn(ctx context.Context, email string) func() error {
	person := t.Pool.Person(email, localpool.DemoPassword)
	return t.arrive(ctx, func(ctx context.Context, address string) error {
		return arrived(person.SignIn(ctx, address))
	})
}

// arrived is no error when the browser has come to rest on a page that is none.
func arrived(page localpool.Final, err error) error {
	if err == nil {
		err = page.Err()
	}
	return err
}

// arrive presses l with somebody at the browser.
func (t *tour) arrive(ctx context.Context, who func(context.Context, string) error) func() error {
	return func() error {
		t.mu.Lock()
		t.who = who
		t.mu.Unlock()
		return offscreen.Send(ctx, t.app, page.SignIn{})
	}
}

func (t *tour) signOut(ctx context.Context) func() error {
	return func() error {
		t.mu.Lock()
		t.who = func(context.Context, string) error { return nil } // the sign-out page needs no hands
		t.mu.Unlock()
		// The question, its answer, and what each step said.
		for _, msg := range []tea.Msg{page.SignOut{}, key("enter"), key("esc")} {
			if err := offscreen.Send(ctx, t.app, msg); err != nil {
				return err
			}
		}
		_, tab := t.Closed()
		return t.look(ctx, "Logged out: what the tabs showed is gone", tab, locked)()
	}
}

// goTo goes to a tab: by its digit, and on from the ninth to those beyond it.
func (t *tour) goTo(ctx context.Context, tab int) func() error {
	acts := []func() error{t.press(ctx, strconv.Itoa(min(tab, 9)))}
	for range tab - 9 {
		acts = append(acts, t.press(ctx, "tab"))
	}
	return func() error { return t.all(acts...) }
}

// look goes to a tab, prints the frame, and fails when it does not say what
// it should: the tour is a check of itself.
func (t *tour) look(ctx context.Context, title string, tab int, want string) func() error {
	return func() error {
		t.step++
		if err := t.goTo(ctx, tab)(); err != nil {
			return err
		}
		g := cell.NewGrid(t.Width, t.Height)
		t.app.Draw(g)
		closed := verdicts[want] != ""
		frame := t.frame(g, closed)
		fmt.Fprintf(t.Out, "\n=== %d. %s\n\n%s\n", t.step, title, frame)
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
		if t.Colour {
			text = string(g.AppendANSI(nil, y))
		}
		kept = append(kept, text)
	}
	return strings.Join(kept, "\n")
}

// key is a key as it is pressed.
func key(name string) tea.KeyMsg {
	switch name {
	case "esc":
		return tea.KeyMsg{Type: tea.KeyEsc}
	case "tab":
		return tea.KeyMsg{Type: tea.KeyTab}
	case "ctrl+r":
		return tea.KeyMsg{Type: tea.KeyCtrlR}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}
