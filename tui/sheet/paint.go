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
	Title string // "" = which rows are in view
	Size  string // how much there is; "" = nothing is said
	Hint  string // stands where there is no sum to show
	Tools []Tool
	Lit   Cell // the row and column that are lit
	Bring int  // a column that is to be seen in this drawing; 0 = none
	// Plain leaves title and summary out: the page has its own.
	Plain bool
	// Heads are the lines below the names of the columns, which Head draws.
	Heads int
	// Head is one of them, for a width in cells.
	Head func(col, line, width int) Text
	// Sorted is the sign of a column that the page sorts by; nil = the sheet
	// knows.
	Sorted func(col int) string
	// Mark is the letter of a row that is in the chart, and its colour.
	Mark func(row int) (letter rune, fg cell.RGB, ok bool)
	// Letter is the letter of a column that is in the chart, "" for none.
	Letter func(col int) string
	// Trend draws a row's values in some cells; nil = no trends.
	Trend func(row, cells int) (text string, fg cell.RGB)
}

// Tool is a word in the line of the title. A click on it does what Key does.
type Tool struct{ Text, Key string }

// Sizes of the table, in cells.
const (
	// Edges are the rows beside those of the table: its title, headings and
	// summary.
	Edges      = 3
	trendWidth = 12
	trendFrom  = 76 // the narrowest table with trends
)

// painter draws one table into one area.
type painter struct {
	g     *cell.Grid
	t     *theme.Theme
	v     View
	s     *Sheet
	area  chart.Rect
	trend int // cells of the trend
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
