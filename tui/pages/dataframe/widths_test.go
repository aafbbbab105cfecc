package dataframe

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/sheet"
)

// edges are where the columns in view end, and the row of the headings.
func edges(t *testing.T, f *Page) (xs []int, y int) {
	_, y = headingAt(t, f, "┊")
	for x, r := range []rune(strings.Split(ansi.Strip(view(f)), "\n")[y]) {
		if r == '┊' {
			xs = append(xs, x)
		}
	}
	return xs, y
}

// shownWidths are the cells of the columns in view, the first with its margin
// and the second with the trend before it.
func shownWidths(t *testing.T, f *Page) (out []int) {
	xs, _ := edges(t, f)
	last := 0
	for _, x := range xs {
		out = append(out, x-last)
		last = x
	}
	return out
}

func TestColumnsCanBeMadeWiderByKeyAndDrag(t *testing.T) {
	drag := func(f *Page, col, by int) {
		xs, y := edges(t, f)
		x := xs[col]
		f.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + by, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + by, Y: y, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + 30, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
	}
	tests := map[string]struct {
		does func(f *Page)
		col  int
		by   int
	}{
		"wider by a key":                    {func(f *Page) { press(t, f, "right", ">", ">") }, 1, 4},
		"narrower by a key":                 {func(f *Page) { press(t, f, "right", "right", "<") }, 2, -2},
		"never to nothing":                  {func(f *Page) { press(t, f, "right", "<", "<", "<", "<", "<", "<") }, 1, -3},
		"the frozen one as well":            {func(f *Page) { press(t, f, ">") }, 0, 2},
		"by dragging its edge":              {func(f *Page) { drag(f, 1, 7) }, 1, 7},
		"the frozen one by dragging":        {func(f *Page) { drag(f, 0, -5) }, 0, -5},
		"and all back to what they need":    {func(f *Page) { press(t, f, "right", ">", "<", "<", "=") }, 1, 0},
		"and it stays through another sort": {func(f *Page) { press(t, f, "right", ">", "s", "left", "s") }, 1, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := openWorld(t, all...)
			before := shownWidths(t, f)
			tt.does(f)
			after := shownWidths(t, f)
			if after[tt.col] != before[tt.col]+tt.by {
				t.Errorf("column %d is %d cells wide, was %d", tt.col, after[tt.col], before[tt.col])
			}
			pagetest.Fits(t, view(f), 100, 30)
		})
	}
}

func TestDraggingAnEdgeDoesNotSort(t *testing.T) {
	f := openWorld(t, all...)
	xs, y := edges(t, f)
	clickAt(t, f, xs[1], y)
	if f.table.SortBy != sheet.Unsorted {
		t.Error("a click on an edge sorts")
	}
	clickAt(t, f, xs[1]-2, y)
	if f.table.SortBy != sheet.Ascending {
		t.Error("a click on a heading does not sort")
	}
}

func TestALongTextCanBeReadWhole(t *testing.T) {
	long := strings.Repeat("word ", 14) + "end"
	f := openOwn(t, "id,text\n1,"+long+"\n")
	if strings.Contains(ansi.Strip(view(f)), "end") {
		t.Fatal("the column is as wide as its text already")
	}
	press(t, f, append([]string{"right"}, strings.Split(strings.Repeat(">", 25), "")...)...)
	wantText(t, f, long)
}
