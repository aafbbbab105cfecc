package dataframe

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// How narrow and wide a column can be made by hand, in cells, and how far a
// key goes.
const (
	leastWidth, mostWidth = 4, 120
	widthStep             = 2
)

// border is the edge of a column that is dragged.
type border struct{ col, x, w int }

// widths are the cells that each column takes with a blank on either side: as
// many as its texts need, or as it was made by hand.
func (f *frame) widths() []int {
	out := f.ownWidths()
	for col, w := range f.grid.set {
		if col < len(out) {
			out[col] = w
		}
	}
	return out
}

func (f *frame) ownWidths() []int {
	if f.sheet != nil {
		return append([]int(nil), f.sheet.widths...)
	}
	out := make([]int, len(f.mem.cols))
	for c, name := range f.mem.cols {
		out[c] = cell.Width(name) + 3
		for _, r := range f.mem.rows {
			out[c] = max(out[c], cell.Width(r.texts[c])+2)
		}
		out[c] = min(out[c], maxColumn)
	}
	return out
}

// frozenWidth is the room for the first column and its marks. Whatever it was
// made by hand, it leaves room for another.
func (f *frame) frozenWidth(own, room int) int {
	if _, ok := f.grid.set[0]; ok {
		return max(min(own+f.markWidth(), room*3/5), 6)
	}
	return min(own+f.markWidth(), maxFrozen, max(room*2/5, 6))
}

// setWidth makes a column as wide as said, within limits.
func (f *frame) setWidth(col, w int) {
	if f.grid.set == nil {
		f.grid.set = map[int]int{}
	}
	f.grid.set[col] = min(max(w, leastWidth), mostWidth)
}

// widen changes the cursor's column by some cells.
func (f *frame) widen(by int) {
	widths := f.widths()
	w := widths[f.grid.col]
	if f.grid.col == 0 && len(f.seen.table.columns) > 0 { // It may be narrower than it wants.
		w = f.seen.table.columns[0].w - f.markWidth()
	}
	f.setWidth(f.grid.col, w+by)
	f.grid.following = true
}

// fitWidths gives all columns their own widths back.
func (f *frame) fitWidths() { clear(f.grid.set) }

// drawBorder draws a column's right edge in the headings, which can be
// dragged.
func (f *frame) drawBorder(c colPlace, y int) {
	if c.w < 3 {
		return
	}
	x := c.x + c.w - 1
	f.canvas.Text(x, y, "┊", cell.Readable(f.env.Theme.Faint, f.env.Theme.Surface, 1.6), 0)
	f.hit(x, y, 1, 1, func() tea.Cmd {
		w := c.w
		if c.col == 0 {
			w -= f.markWidth()
		}
		f.held, f.border = dragBorder, border{c.col, x, w}
		return nil
	})
}

// dragTo moves the held edge to a column of the screen.
func (f *frame) dragTo(x int) { f.setWidth(f.border.col, f.border.w+x-f.border.x) }
