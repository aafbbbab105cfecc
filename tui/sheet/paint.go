package sheet

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/theme"
)

// View is what a page adds to a drawing of a table.
type View struct {
	Theme *theme.Theme
	Lit   Cell // the row and column that are lit
	// Heads are the lines below the names of the columns, which Head draws.
	Heads int
	// Head is one of them, for a width in cells.
	Head func(col, line, width int) Text
	// Sorted is the sign of a column that the page sorts by.
	Sorted func(col int) string
	// Mark is the sign of a row, and its colour.
	Mark func(row int) (sign rune, fg cell.RGB, ok bool)
}

// painter draws one table into one area.
type painter struct {
	g     *cell.Grid
	t     *theme.Theme
	v     View
	s     *Sheet
	area  chart.Rect
	heads int // lines below the names
}

// zone makes a part of the drawing act on a click.
func (p *painter) zone(x, y, w, h int, do func() Intent) {
	p.s.zones.Add(chart.Rect{X: x, Y: y, W: w, H: h}, do)
}

// button writes words that can be clicked and gives their width.
func (p *painter) button(x, y int, text string, do func() Intent) int {
	w := cell.Width(text)
	p.g.Rect(x, y, w, 1, p.t.Surface)
	p.g.Text(x, y, text, p.t.Accent, 0)
	p.zone(x, y, w, 1, do)
	return w
}

// plain reports whether there are no colours to show the cursor with.
func (p *painter) plain() bool { return p.t.Renderer.ColorProfile() == termenv.Ascii }

// indent is the room for marks in the i-th column that is shown.
func indent(i int) int {
	if i == 0 {
		return MarkWidth
	}
	return 0
}
