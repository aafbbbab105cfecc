package dataframe

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/theme"
)

// layOut finds out where things are, as the state says now.
func (f *Page) layOut() {
	if !f.laid {
		f.draw(&cell.Grid{W: f.width, H: f.height})
	}
}

// draw draws into g, and finds out where a click means what.
func (f *Page) draw(g *cell.Grid) {
	t := f.env.Theme
	g.Fill(t.Background)
	f.pen = pen{Grid: g, t: t, choosing: f.choosing, busy: f.table.Busy(), bare: f.env.Bare}
	f.laid, f.plot, f.menu = true, chart.Plot{}, chart.Rect{}
	f.table.Undrawn()
	switch {
	case f.width == 0 || f.height == 0:
	case f.load.err != nil:
		f.pen.failure(f.load.err)
	case !f.load.have:
		f.pen.message([]string{"Loading the figures…"}, t.Muted, 0)
	default:
		f.drawContent()
	}
}

// drawContent lays the page out: countries, table, chart, origin.
func (f *Page) drawContent() {
	below := f.fig.bar(&f.pen)
	bottom := f.height
	if f.height >= originHeight {
		bottom--
		f.pen.origin(bottom, f.fig.labels(f.lit().Col), f.load.busy, f.env.Now())
	}
	between := gap(f.width, f.height)
	f.drawPanes(below+between, bottom-between)
	if f.choosing {
		f.menu = drawMenu(&f.pen, &f.regions.picks, below)
	}
}

// drawPanes fills the rows y up to bottom.
//
//	nothing chosen            the sentence that asks for a country
//	table or chart alone      the whole height
//	both, enough rows         the table with the rows it needs, at most two
//	                          fifths, then the chart
//	both, few rows            the table
func (f *Page) drawPanes(y, bottom int) {
	m, h := f.pen.margin(), bottom-y
	if p := f.fig.chosen(); p != nil && len(p.picked) == 0 {
		f.pen.Text(m, y, noneChosen, f.env.Theme.Bad, cell.Bold)
		return
	}
	area := chart.Rect{X: m, Y: y, W: f.width - 2*m, H: h}
	switch {
	case !f.tableShown():
		f.drawChart(area)
	case f.pane == tablePane || h < bothHeight || !f.fig.charts():
		f.drawTable(area)
	default:
		top, between := area, gap(f.width, f.height)
		top.H = min(f.table.Size().Rows+sheet.Edges, max(h*2/5, 7))
		f.drawTable(top)
		area.Y, area.H = y+top.H+between, h-top.H-between
		f.drawChart(area)
	}
}

func (f *Page) drawTable(r chart.Rect) {
	l, look := f.fig.labels(f.lit().Col), chart.NewLook(f.env.Theme, f.safe)
	v := sheet.View{
		Theme: f.env.Theme, Title: l.title, Size: l.size, Hint: l.hint,
		Tools: []sheet.Tool{{Text: " / find ", Key: "/"}, {Text: " e export ", Key: "e"}, {Text: " y copy ", Key: "y"}, f.pane.tool()},
		Lit:   f.lit(), Bring: f.bring(),
		Mark: func(row int) (rune, cell.RGB, bool) {
			place, ok := f.series(row)
			if !ok {
				return 0, cell.RGB{}, false
			}
			return chart.Letter(place), look.Color(place), true
		},
		Letter: func(col int) string {
			if place, ok := f.fig.columnSeries(col); ok {
				return string(chart.Letter(place)) + " "
			}
			return ""
		},
	}
	if f.env.Bare {
		v.Tools, v.Hint = nil, ""
	}
	if f.env.Theme.Glyphs != theme.ASCII && f.table.Size().Rows > 0 && f.fig.trend(0) != nil {
		v.Trend = func(row, cells int) (string, cell.RGB) {
			place, _ := f.series(row)
			return trend(f.fig.trend(place), cells), look.Color(place)
		}
	}
	f.table.Draw(f.pen.Grid, r, v)
}

// drawChart draws the areas of what was chosen. Its cursor is the table's.
func (f *Page) drawChart(r chart.Rect) {
	if r.H < 3 || r.W < 8 {
		return
	}
	a := f.areas()
	f.plot = a.Draw(f.pen.Grid, r, chart.NewLook(f.env.Theme, f.safe))
	var tools []sheet.Tool
	if manyColours(f.env.Theme) {
		tools = append(tools, sheet.Tool{Text: " p colours ", Key: "p"})
	}
	if f.pane == chartPane {
		tools = append(tools, f.pane.tool())
	}
	at := r.X + r.W
	for i := len(tools) - 1; i >= 0 && f.plot.Y > r.Y; i-- {
		at -= cell.Width(tools[i].Text)
		if at <= f.plot.X+cell.Width(a.Title) {
			return
		}
		f.pen.button(at, r.Y, tools[i].Text, action{key: tools[i].Key})
		at--
	}
}
