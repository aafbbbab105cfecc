package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/tui/cell"
)

// TestTheCursorStandsWhereSomebodyTypesOrChooses holds that input methods,
// braille displays and magnifiers find the place.
func TestTheCursorStandsWhereSomebodyTypesOrChooses(t *testing.T) {
	tests := map[string]struct {
		keys   string
		before string // the text of the row up to the cursor ends so; "" for no cursor
		at     string // the text of the row from the cursor on begins so
		shown  bool
	}{
		"a tab's card on the home page":  {"1", "╭─", "›2 Plotting", false},
		"the next card":                  {"1 down", "╭─", "›3 Mapping", false},
		"the chart has none":             {"2", "", "", false},
		"a seed that is typed":           {"2 s 4 2", "Seed  42", " ", true},
		"the middle of it":               {"2 s 4 2 left", "Seed  4", "2", true},
		"the search of the map":          {"3 / a b", "Find: ab", " ", true},
		"the search that was left":       {"3 / a b esc", "", "", false},
		"the cell of the table":          {"4 right", "▇█ ", "[ 98.21]", false},
		"the search of the table":        {"4 / 9 8", "Find: 98", " ", true},
		"a country that is chosen":       {"4 c i n", "▸ in", " ", true},
		"an address in the box":          {"l tab h t", "> ht", " ", true},
		"the middle of the address":      {"l tab h t left", "> h", "t", true},
		"a box without a field":          {"4 / 9 8 esc ?", "", "", false},
		"the page's place after the box": {"1 ? esc", "╭─", "›2 Plotting", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			change := func(o *Options) {
				o.Pages = Pages(figures())
				if !strings.HasPrefix(tt.keys, "l") {
					o.Initial = person("both", "Underwriters", "CreditAnalysts")
				}
			}
			drive(t, attemptsAuth(guest), change, func(d *driver) {
				d.press(strings.Fields(tt.keys)...)
				g := cell.NewGrid(d.root.width, d.root.height)
				d.root.Draw(g)
				at, ok := g.Cursor()
				if ok != (tt.before != "") || at.Shown != tt.shown {
					d.t.Fatalf("there is a cursor %v, shown %v, want %v, %v\n%s", ok, at.Shown, tt.before != "", tt.shown, d.frame())
				}
				if !ok {
					return
				}
				row := strings.Split(ansi.Strip(g.ANSI()), "\n")[at.Y]
				before, after := ansi.Cut(row, 0, at.X), ansi.Cut(row, at.X, d.root.width)
				if !strings.HasSuffix(before, tt.before) || !strings.HasPrefix(after, tt.at) {
					d.t.Errorf("the cursor stands at %q|%q, want %q|%q", before, after, tt.before, tt.at)
				}
			})
		})
	}
}
