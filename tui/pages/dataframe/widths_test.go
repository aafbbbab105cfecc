package dataframe

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// shownWidths are the cells of the columns in view.
func shownWidths(f *frame) (out []int) {
	f.layOut()
	for _, c := range f.seen.table.columns {
		out = append(out, c.w)
	}
	return out
}

func TestColumnsCanBeMadeWiderByKeyAndDrag(t *testing.T) {
	drag := func(f *frame, col, by int) {
		f.layOut()
		c := f.seen.table.columns[col]
		x, y := c.x+c.w-1, f.seen.table.Y-1
		f.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + by, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + by, Y: y, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x + 30, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
	}
	tests := map[string]struct {
		does func(f *frame)
		col  int
		by   int
	}{
		"wider by a key":                    {func(f *frame) { press(t, f, "right", ">", ">") }, 1, 4},
		"narrower by a key":                 {func(f *frame) { press(t, f, "right", "right", "<") }, 2, -2},
		"never to nothing":                  {func(f *frame) { press(t, f, "right", "<", "<", "<", "<", "<", "<") }, 1, -3},
		"the frozen one as well":            {func(f *frame) { press(t, f, ">") }, 0, 2},
		"by dragging its edge":              {func(f *frame) { drag(f, 1, 7) }, 1, 7},
		"the frozen one by dragging":        {func(f *frame) { drag(f, 0, -5) }, 0, -5},
		"and all back to what they need":    {func(f *frame) { press(t, f, "right", ">", "<", "<", "=") }, 1, 0},
		"and it stays through another sort": {func(f *frame) { press(t, f, "right", ">", "s", "left", "s") }, 1, 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := openWorld(t, all...)
			before := shownWidths(f)
			tt.does(f)
			after := shownWidths(f)
			if after[tt.col] != before[tt.col]+tt.by {
				t.Errorf("column %d is %d cells wide, was %d", tt.col, after[tt.col], before[tt.col])
			}
			pagetest.Fits(t, view(f), 100, 30)
		})
	}
}

func TestDraggingAnEdgeDoesNotSort(t *testing.T) {
	f := openWorld(t, all...)
	f.layOut()
	c := f.seen.table.columns[1]
	clickAt(t, f, c.x+c.w-1, f.seen.table.Y-1)
	if f.grid.sortBy != unsorted {
		t.Error("a click on an edge sorts")
	}
	clickAt(t, f, c.x+c.w-3, f.seen.table.Y-1)
	if f.grid.sortBy != ascending {
		t.Error("a click on a heading does not sort")
	}
}

func TestALongTextCanBeReadWhole(t *testing.T) {
	long := strings.Repeat("word ", 14) + "end"
	f := openFile(t, "id,text\n1,"+long+"\n")
	if strings.Contains(ansi.Strip(view(f)), "end") {
		t.Fatal("the column is as wide as its text already")
	}
	press(t, f, append([]string{"right"}, strings.Split(strings.Repeat(">", 25), "")...)...)
	wantText(t, f, long)
}
