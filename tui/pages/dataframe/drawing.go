package dataframe

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// drawing is what the parts of the last frame do when clicked.
type drawing struct {
	drawn bool                         // nothing has changed since it was drawn
	laid  bool                         // nothing has changed since it was laid out, which it may not have been into cells
	zones widget.Zones[func() tea.Cmd] // nil where a click does nothing
	below int                          // the row below the chips and their buttons
	table tableArea
	plot  chart.Plot // zero when no chart is shown
	menu  chart.Rect // the open dropdown
}

// Sizes of the layout, in cells.
const (
	roomyWidth   = 120 // from here on there are margins of two
	roomyHeight  = 30  // from here on, blank rows as well
	marginWidth  = 60  // from here on a margin of one
	bothHeight   = 15  // rows below the countries that table and chart need
	originHeight = 8   // rows of the page that leave one for the origin
)

// gap is the blank rows between the parts.
func (f *frame) gap() int {
	if f.width >= roomyWidth && f.height >= roomyHeight {
		return 1
	}
	return 0
}

func (f *frame) margin() int {
	switch {
	case f.width >= roomyWidth:
		return 2
	case f.width >= marginWidth:
		return 1
	}
	return 0
}

// draw draws into g, and finds out where a click means what.
func (f *frame) draw(g *cell.Grid) {
	t := f.env.Theme
	f.canvas = g
	g.Fill(t.Background)
	f.seen = drawing{laid: true}
	switch {
	case f.width == 0 || f.height == 0:
	case f.load.err != nil:
		f.drawError()
	case !f.load.have:
		f.message([]string{"Loading the figures…"}, t.Muted, 0)
	default:
		f.drawContent()
	}
}

// drawError says why there is nothing to show.
func (f *frame) drawError() {
	t := f.env.Theme
	text := "This demo requires internet access. Connection error: " + f.load.err.Error()
	if fileError(f.load.err) {
		text = f.load.err.Error()
	}
	lines := page.Wrap(text, min(f.width-2*f.margin(), 100))
	f.message(lines, t.Bad, cell.Bold)
	f.button(f.margin(), min(len(lines)+2, f.height-1), " r try again ", f.reload)
}

// message writes lines from the second row on.
func (f *frame) message(lines []string, fg cell.RGB, attr cell.Attr) {
	for i, line := range lines {
		f.canvas.Text(f.margin(), i+min(1, f.height-1), line, fg, attr)
	}
}

// button writes words that can be clicked and gives their width.
func (f *frame) button(x, y int, text string, do func() tea.Cmd) int {
	t := f.env.Theme
	w := cell.Width(text)
	f.canvas.Rect(x, y, w, 1, t.Surface)
	f.canvas.Text(x, y, text, t.Accent, 0)
	f.hit(x, y, w, 1, do)
	return w
}

func (f *frame) hit(x, y, w, h int, do func() tea.Cmd) {
	f.seen.zones.Add(cell.Rect{X: x, Y: y, W: w, H: h}, do)
}

// drawContent lays the page out: countries, table, chart, origin.
func (f *frame) drawContent() {
	y := f.drawChips()
	f.seen.below = y
	bottom := f.height
	if f.height >= originHeight {
		bottom--
		f.drawOrigin(bottom)
	}
	y += f.gap()
	bottom -= f.gap()
	f.drawPanes(y, bottom)
	if f.mode == choosing {
		f.drawMenu()
	}
}

// noneChosen is the original's sentence, word for word.
const noneChosen = "Please select at least one country."

// drawPanes fills the rows y up to bottom.
//
//	nothing chosen            the sentence that asks for a country
//	table or chart alone      the whole height
//	both, enough rows         the table with the rows it needs, at most two
//	                          fifths, then the chart
//	both, few rows            the table
func (f *frame) drawPanes(y, bottom int) {
	t, h := f.env.Theme, bottom-y
	m := f.margin()
	if f.sheet == nil && len(f.picks.chosen) == 0 {
		f.canvas.Text(m, y, noneChosen, t.Bad, cell.Bold)
		return
	}
	area := chart.Rect{X: m, Y: y, W: f.width - 2*m, H: h}
	switch {
	case !f.tableShown():
		f.drawChart(area)
	case f.pane == tablePane || h < bothHeight || !f.charts():
		f.drawTable(area)
	default:
		top := area
		top.H = min(f.body().len()+tableRows, max(h*2/5, 7))
		f.drawTable(top)
		area.Y, area.H = y+top.H+f.gap(), h-top.H-f.gap()
		f.drawChart(area)
	}
}

// tableShown says whether the table is in view, with the chart or without.
func (f *frame) tableShown() bool { return f.pane != chartPane || !f.charts() }

// drawOrigin says where the figures came from and how old they are.
func (f *frame) drawOrigin(y int) {
	t := f.env.Theme
	o, bad := f.table.Origin, f.table.Bad
	if f.sheet != nil {
		o, bad = f.sheet.file.Origin, f.sheet.progress.Bad
	}
	fg := t.Warn
	if o.Kind == data.Live || o.Kind == data.File {
		fg = t.Good
	}
	x, limit := f.margin(), f.width-f.margin()
	x += f.canvas.Text(x, y, "● ", fg, 0)
	text := clean(o.Line(f.env.Now()))
	switch {
	case f.load.busy:
		text += " · asking for newer figures…"
	case o.Note != "" && o.Kind != data.Live:
		text += " · not live: " + clean(o.Note)
	case o.Note != "":
		text += " · " + clean(o.Note)
	}
	if bad.Count > 0 {
		text = badText(bad, f.sheet != nil) + " · " + text
	}
	if credit := " · " + clean(o.Credit); o.Credit != "" && cell.Width(text+credit) <= limit-x {
		text += credit
	}
	f.canvas.Text(x, y, cell.Cut(text, limit-x), t.Muted, 0)
	f.hit(0, y, f.width, 1, f.reload)
}

func badText(b data.BadRows, kept bool) string {
	what := "rows left out"
	if kept {
		what = "bad rows"
	}
	return thousands(b.Count) + " " + what + " (first: " + clean(b.First) + ")"
}
