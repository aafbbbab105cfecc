package box_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

func look(t testing.TB) *theme.Theme { return pagetest.Env(t).Theme }

// drawn returns a page of w by h cells with a box on it, as text.
func drawn(t *theme.Theme, b box.Box, w, h int) string {
	b.SetSize(w, h)
	g, p := cell.NewGrid(w, h), b.Panel()
	p.Draw(t, g)
	return g.String()
}

// clicked returns the key that a click on text means.
func clicked(t *testing.T, th *theme.Theme, b box.Box, w, h int, text string) (name string, inside bool) {
	t.Helper()
	for y, line := range strings.Split(drawn(th, b, w, h), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			p := b.Panel()
			return p.Hit(cell.Width(before), y)
		}
	}
	t.Fatalf("%q is not in\n%s", text, drawn(th, b, w, h))
	return "", false
}

func sections(n int) func() []box.Section {
	off := key.NewBinding(key.WithKeys("x"), key.WithHelp("x", "clear"))
	off.SetEnabled(false)
	keys := []key.Binding{off}
	for i := range n {
		name := string(rune('a' + i))
		keys = append(keys, key.NewBinding(key.WithKeys(name), key.WithHelp(name, "does the thing "+name)))
	}
	return func() []box.Section { return []box.Section{{Heading: "Page", Keys: keys}} }
}

func TestHelp(t *testing.T) {
	t.Run("lists what does not act, without bold, and a click does nothing", func(t *testing.T) {
		th := look(t)
		b := &box.Help{Theme: th, Sections: sections(2)}
		if got := drawn(th, b, 80, 22); !strings.Contains(got, "x  clear") || !strings.Contains(got, "b  does the thing b") {
			t.Errorf("got\n%s", got)
		}
		if name, _ := clicked(t, th, b, 80, 22, "clear"); name != "" {
			t.Errorf("a click on a key that does not act means %q", name)
		}
		if name, inside := clicked(t, th, b, 80, 22, "does the thing b"); name != "b" || !inside {
			t.Errorf("a click means %q, inside %v", name, inside)
		}
	})
	t.Run("says where it stands and scrolls to its end where it has no room", func(t *testing.T) {
		th := look(t)
		b := &box.Help{Theme: th, Sections: sections(20)}
		if got := drawn(th, b, 40, 10); !strings.Contains(got, "1 to 8 of 24") || strings.Contains(got, "does the thing t") {
			t.Errorf("at the top\n%s", got)
		}
		for range 30 {
			b.Key(page.Key("down"))
		}
		if got := drawn(th, b, 40, 10); !strings.Contains(got, "17 to 24 of 24") || !strings.Contains(got, "does the thing t") {
			t.Errorf("at the end\n%s", got)
		}
		if n := len(b.Keys()); n != 2 {
			t.Errorf("%d keys, want closing and scrolling", n)
		}
	})
	t.Run("is closed by its own key", func(t *testing.T) {
		for name, want := range map[string]bool{"esc": true, "?": true, "q": true, "enter": true, "a": false, "l": false} {
			if _, done := (&box.Help{Theme: look(t), Sections: sections(1)}).Key(page.Key(name)); done != want {
				t.Errorf("%s closes it: %v", name, done)
			}
		}
	})
}

func TestPrompt(t *testing.T) {
	th := look(t)
	long := box.Question{Title: "Trust \x1b]0;x\x07?", Text: []string{strings.Repeat("words ", 100), "the last line"}, Yes: "Go on"}
	t.Run("keeps its answers in view and cleans what comes from outside", func(t *testing.T) {
		p := &box.Prompt{Question: long, Theme: th}
		p.SetSize(40, 10)
		panel := p.Panel()
		g := cell.NewGrid(40, 10)
		panel.Draw(th, g)
		if got := g.String(); !strings.Contains(got, "y Go on") || !strings.Contains(got, "Trust �]0;x�?") {
			t.Errorf("got\n%s", got)
		}
		if keys := panel.Buttons(); !slices.Equal(keys, []string{"y", "n"}) {
			t.Errorf("its buttons are %q", keys)
		}
	})
	t.Run("takes answers, and no paste for one", func(t *testing.T) {
		tests := map[string]struct {
			enter      bool
			key        string
			yes, given bool
		}{
			"y":                         {false, "y", true, true},
			"enter is no":               {false, "enter", false, true},
			"enter is yes where chosen": {true, "enter", true, true},
			"esc is always no":          {true, "esc", false, true},
			"another key":               {true, "l", false, false},
		}
		for name, tt := range tests {
			p := &box.Prompt{Question: box.Question{Enter: tt.enter}, Theme: th}
			if yes, given := p.Answer(page.Key(tt.key)); yes != tt.yes || given != tt.given {
				t.Errorf("%s: %v, %v", name, yes, given)
			}
		}
		pasted := page.Key("y")
		pasted.Paste = true
		if _, given := (&box.Prompt{Theme: th}).Answer(pasted); given {
			t.Error("a paste is an answer")
		}
	})
}

func TestStepsTellEachStepAndAnyKeyCloses(t *testing.T) {
	th := look(t)
	b := &box.Steps{Theme: th, Steps: []session.Step{{Text: "Revoked."}, {Text: "The browser", Err: errors.New("did not open")}}}
	if got := drawn(th, b, 80, 22); !strings.Contains(got, "✓ Revoked.") || !strings.Contains(got, "✗ The browser did not open") {
		t.Errorf("got\n%s", got)
	}
	if name, inside := clicked(t, th, b, 80, 22, "Revoked"); name == "" || !inside {
		t.Error("a click does not close it")
	}
	if _, done := b.Key(page.Key("x")); !done {
		t.Error("a key does not close it")
	}
}

func TestButtonsThatHaveNoRoomAreNotOnes(t *testing.T) {
	th := look(t)
	var lines box.Lines
	keys := []key.Binding{key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "one")), key.NewBinding(key.WithKeys("b"), key.WithHelp("b", "two"))}
	lines.Buttons(th, 8, keys) // one a line
	p := box.Panel{Rect: cell.Rect{W: 12, H: 3}, Lines: lines, Left: 2, Top: 1}
	if got := p.Buttons(); !slices.Equal(got, []string{"a"}) {
		t.Errorf("its buttons are %q", got)
	}
}

func ExamplePanel() {
	env := pagetest.Env(exampleT{})
	var lines box.Lines
	lines.Wrap("Your session has ended.", 30, env.Theme.Text, 0)
	lines.Buttons(env.Theme, 30, []key.Binding{key.NewBinding(key.WithKeys("l"), key.WithHelp("l", "log in"))})
	panel := box.Panel{Rect: cell.Rect{W: 34, H: 4}, Title: "You", Lines: lines, Left: 3, Top: 1}

	g := cell.NewGrid(34, 4)
	panel.Draw(env.Theme, g)
	fmt.Println(g.String())
	name, inside := panel.Hit(5, 2)
	fmt.Println("a click means", name, inside)
	// Output:
	// ╭─ You ──────────────────────────╮
	// │  Your session has ended.       │
	// │   l log in                     │
	// ╰────────────────────────────────╯
	// a click means l true
}

// exampleT stands for a test where there is none.
type exampleT struct{ testing.TB }

func (exampleT) Cleanup(func()) {}
