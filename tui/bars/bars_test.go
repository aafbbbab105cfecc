package bars_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func bind(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

// drawn returns a bar as text.
func drawn(b bars.Bar, width int) string {
	g := cell.NewGrid(width, 1)
	b.Draw(g)
	return strings.TrimRight(g.String(), " ")
}

// clicked returns what a click on the first letter of text asks for.
func clicked(t *testing.T, b bars.Bar, width int, text string) bars.Intent {
	t.Helper()
	before, _, ok := strings.Cut(drawn(b, width), text)
	if !ok {
		t.Fatalf("%q is not in %q", text, drawn(b, width))
	}
	return b.Hit(cell.Width(before))
}

func fourTabs(t *testing.T) bars.Tabs {
	return bars.Tabs{
		Theme: pagetest.Env(t).Theme, Login: "l",
		Tabs: []bars.Tab{{Title: "Home", Shown: true}, {Title: "Plotting Demo", Locked: true}, {Title: "Mapping Demo"}, {Title: "DataFrame Demo"}},
	}
}

func TestTabsSayLessInNarrowerWindows(t *testing.T) {
	tests := map[int]string{
		120: " tabgate [1 Home] 2 Plotting Demo ⊘  3 Mapping Demo  4 DataFrame Demo",
		80:  "[1 Home] 2 Plotting Demo ⊘  3 Mapping Demo  4 DataFrame Demo",
		60:  "[1 Home] 2 Plotting ⊘  3 Mapping  4 DataFrame",
		36:  "[1 Home] 2 Plotting ⊘  3 Mapping  ›",
		30:  "[1 Home] 2 Plotting ⊘  ›",
	}
	for width, want := range tests {
		tabs := fourTabs(t)
		tabs.Width = width
		if got := drawn(tabs.Bar(), width); !strings.HasPrefix(got, want) {
			t.Errorf("%d columns: %q, want %q", width, got, want)
		}
	}
}

func TestTheTabBarTellsWhoIsSignedIn(t *testing.T) {
	ana := session.Session{Sub: "1", Email: "ana@example.com", TokenStore: "keyring"}
	inFile := ana
	inFile.TokenStore = "file"
	hostile := ana
	hostile.Email = "a\x1b[2Jb\u202e"
	tests := map[string]struct {
		change func(*bars.Tabs)
		want   string
	}{
		"nobody":                       {func(*bars.Tabs) {}, "signed out"},
		"somebody":                     {func(b *bars.Tabs) { b.Session, b.Live = ana, true }, "ana@example.com"},
		"a session that has ended":     {func(b *bars.Tabs) { b.Session = ana }, "session ended"},
		"tokens in a file":             {func(b *bars.Tabs) { b.Session, b.Live = inFile, true }, "tokens in a file  ana@example.com"},
		"the local pool":               {func(b *bars.Tabs) { b.LocalPool = true }, "local pool  signed out"},
		"where nobody can log in":      {func(b *bars.Tabs) { b.Login = "" }, "DataFrame Demo"},
		"a name from outside, cleaned": {func(b *bars.Tabs) { b.Session, b.Live = hostile, true }, "a�[2Jb�"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tabs := fourTabs(t)
			tabs.Width = 120
			tt.change(&tabs)
			if got := drawn(tabs.Bar(), 120); !strings.HasSuffix(got, tt.want) {
				t.Errorf("%q does not end with %q", got, tt.want)
			}
		})
	}
}

func TestAClickOnTheTabBar(t *testing.T) {
	tabs := fourTabs(t)
	tabs.Width = 120
	for text, want := range map[string]bars.Intent{"3 Mapping": {Tab: 3}, "⊘": {Tab: 2}, "signed out": {Key: "l"}, "tabgate": {}} {
		if got := clicked(t, tabs.Bar(), 120, text); got != want {
			t.Errorf("on %q: %+v, want %+v", text, got, want)
		}
	}
}

func TestTheFooterHasTheKeysThatAct(t *testing.T) {
	off := bind("x", "clear")
	off.SetEnabled(false)
	f := bars.Footer{
		Theme: pagetest.Env(t).Theme, Width: 60,
		Local:  []key.Binding{bind("r", "re-run"), off, key.NewBinding(key.WithKeys("down")), bind("e", "export")},
		Global: []key.Binding{bind("?", "all keys"), bind("q", "quit")},
	}
	t.Run("those of the page before the global ones", func(t *testing.T) {
		if got, want := drawn(f.Bar(), 60), " r re-run  e export  ? all keys  q quit"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if got := clicked(t, f.Bar(), 60, "export"); got.Key != "e" {
			t.Errorf("a click asks for %+v", got)
		}
	})
	t.Run("the least useful go first where there is no room", func(t *testing.T) {
		f.Width = 32
		if got, want := drawn(f.Bar(), 32), " r re-run  ? all keys  q quit"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
	t.Run("the state stands at the right", func(t *testing.T) {
		f.Width, f.State = 60, "refreshing…"
		if got := drawn(f.Bar(), 60); !strings.HasSuffix(got, "refreshing…") {
			t.Errorf("%q", got)
		}
	})
}

func TestNoBarIsWiderThanItsWindow(t *testing.T) {
	for width := 40; width < 130; width++ { // The root draws no bars in narrower ones.
		tabs := fourTabs(t)
		tabs.Width, tabs.LocalPool = width, true
		f := bars.Footer{Theme: tabs.Theme, Width: width, State: "logging out…", Local: []key.Binding{bind("ctrl+r", strings.Repeat("word ", 9))}}
		for _, b := range []bars.Bar{tabs.Bar(), f.Bar()} {
			if got := cell.Width(drawn(b, width+200)); got > width {
				t.Errorf("%d columns in a window of %d", got, width)
			}
		}
	}
}

func ExampleFooter() {
	theme := pagetest.Env(exampleT{}).Theme
	footer := bars.Footer{
		Theme: theme, Width: 40,
		Local:  []key.Binding{key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "re-run"))},
		Global: []key.Binding{key.NewBinding(key.WithKeys("q"), key.WithHelp("q", "quit"))},
	}
	bar := footer.Bar()
	g := cell.NewGrid(40, 1)
	bar.Draw(g)
	fmt.Println(strings.TrimSpace(g.String()))
	fmt.Println("a click in column 3 means the key", bar.Hit(3).Key)
	// Output:
	// r re-run  q quit
	// a click in column 3 means the key r
}

// exampleT stands for a test where there is none.
type exampleT struct{ testing.TB }

func (exampleT) Cleanup(func()) {}

func TestManyTabs(t *testing.T) {
	many := func(shown, width int) bars.Tabs {
		tabs := bars.Tabs{Theme: pagetest.Env(t).Theme, Width: width}
		for i := range 14 {
			tabs.Tabs = append(tabs.Tabs, bars.Tab{Title: fmt.Sprintf("📈 Page %c of the desk", 'A'+i), Shown: i == shown})
		}
		return tabs
	}
	t.Run("are shown in parts, which stand still", func(t *testing.T) {
		first, second := drawn(many(0, 80).Bar(), 80), drawn(many(1, 80).Bar(), 80)
		strip := func(s string) string { return strings.NewReplacer("[", " ", "]", " ").Replace(s) }
		if strip(first) != strip(second) {
			t.Errorf("the bar jumps:\n%s\n%s", first, second)
		}
	})
	t.Run("are all reached by arrows", func(t *testing.T) {
		for shown := range 14 {
			bar := drawn(many(shown, 80).Bar(), 80)
			if !strings.Contains(bar, fmt.Sprintf("Page %c", 'A'+shown)) {
				t.Errorf("tab %d is not in %q", shown, bar)
			}
		}
		next := clicked(t, many(0, 80).Bar(), 80, "›")
		if next.Tab < 2 || strings.Contains(drawn(many(0, 80).Bar(), 80), fmt.Sprintf("Page %c", 'A'+next.Tab-1)) {
			t.Errorf("the arrow leads to %d", next.Tab)
		}
	})
	t.Run("beyond nine have no digit", func(t *testing.T) {
		if bar := drawn(many(10, 80).Bar(), 80); strings.Contains(bar, "11 ") {
			t.Errorf("%q", bar)
		}
	})
	t.Run("keep their signs before a first word", func(t *testing.T) {
		tabs := many(0, 120)
		tabs.Tabs = tabs.Tabs[:5]
		if bar := drawn(tabs.Bar(), 120); !strings.Contains(bar, "2 📈 Page") {
			t.Errorf("%q", bar)
		}
	})
}

func TestTheTabBarSaysAsWhomPagesAreShown(t *testing.T) {
	tabs := fourTabs(t)
	tabs.Width, tabs.As = 120, "Underwriters"
	if got := drawn(tabs.Bar(), 120); !strings.HasSuffix(got, "viewing as Underwriters") {
		t.Errorf("%q", got)
	}
	if got := clicked(t, tabs.Bar(), 120, "viewing"); got.Key != ":" {
		t.Errorf("a click asks for %+v", got)
	}
}
