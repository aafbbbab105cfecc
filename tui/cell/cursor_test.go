package cell_test

import (
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

func TestCursor(t *testing.T) {
	whole := cell.NewGrid(20, 5)
	part := whole.Sub(4, 1, 10, 3)
	tests := map[string]struct {
		do   func()
		want cell.Cursor
		ok   bool
	}{
		"none at first":                      {func() {}, cell.Cursor{}, false},
		"in the whole":                       {func() { whole.SetCursor(3, 2, true) }, cell.Cursor{X: 3, Y: 2, Shown: true}, true},
		"in a part":                          {func() { part.SetCursor(3, 2, false) }, cell.Cursor{X: 7, Y: 3}, true},
		"in a part of a part":                {func() { p := part.Sub(1, 1, 3, 1); p.SetCursor(1, 0, true) }, cell.Cursor{X: 6, Y: 2, Shown: true}, true},
		"behind the last column":             {func() { part.SetCursor(10, 0, true) }, cell.Cursor{X: 13, Y: 1, Shown: true}, true},
		"outside of a part there is none":    {func() { whole.SetCursor(1, 1, true); part.SetCursor(0, 3, true) }, cell.Cursor{}, false},
		"taken away by a part":               {func() { whole.SetCursor(1, 1, true); part.NoCursor() }, cell.Cursor{}, false},
		"another size has none":              {func() { whole.SetCursor(1, 1, true); whole.Resize(20, 5) }, cell.Cursor{}, false},
		"copied with the cells":              {func() { g := cell.NewGrid(4, 2); g.SetCursor(1, 1, true); whole.Blit(g, 5, 2) }, cell.Cursor{X: 6, Y: 3, Shown: true}, true},
		"cells without one leave it":         {func() { whole.SetCursor(1, 1, true); whole.Blit(cell.NewGrid(4, 2), 5, 2) }, cell.Cursor{X: 1, Y: 1, Shown: true}, true},
		"an owner that need not draw":        {func() { whole.Redraw(t, true); whole.SetCursor(1, 1, true); whole.Redraw(t, false) }, cell.Cursor{X: 1, Y: 1, Shown: true}, true},
		"an owner that draws puts it anew":   {func() { whole.SetCursor(1, 1, true); whole.Redraw(t, true) }, cell.Cursor{}, false},
		"a grid without cells has no cursor": {func() { g := cell.Grid{W: 9, H: 9}; g.SetCursor(1, 1, true); g.NoCursor() }, cell.Cursor{}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			whole.Resize(20, 5)
			part = whole.Sub(4, 1, 10, 3)
			tt.do()
			if got, ok := whole.Cursor(); got != tt.want || ok != tt.ok {
				t.Errorf("got %v %v, want %v %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}
