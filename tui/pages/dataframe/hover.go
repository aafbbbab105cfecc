package dataframe

import (
	"math"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
)

var _ page.Hoverer = (*frame)(nil)

// hover is what lies under the mouse while no button is held. It stands in for
// the cursor in the read-out of the chart, in the column and the row that are
// lit, and in the summary; the cursor itself stays. The zero hover is none.
type hover struct {
	on, chart bool
	row, col  int // of the table, -1 for none
	x         int // place among the chart's x, for chart alone
}

// Hovering says that the page shows what is under the mouse: it wants all
// motion.
func (f *frame) Hovering() bool { return f.load.have }

// hovered takes motion without a button, and says whether anything is shown
// otherwise.
func (f *frame) hovered(m tea.MouseMsg) (changed bool) {
	f.held = noDrag // The release was lost.
	f.layOut()
	if f.mode == choosing {
		f.hover = hover{}
		return f.pointOption(m.X, m.Y)
	}
	now := f.under(m.X, m.Y)
	changed = now != f.hover
	f.hover = now
	return changed
}

// pointOption moves the dropdown's cursor to the option under the pointer.
func (f *frame) pointOption(x, y int) bool {
	menu, p := f.seen.menu, &f.picks
	at := p.top + y - menu.Y - 2
	if !(chart.Rect{X: menu.X + 1, Y: menu.Y + 2, W: menu.W - 2, H: menu.H - 3}).Has(x, y) ||
		at >= len(p.found) || at == p.at {
		return false
	}
	p.at = at
	return true
}

func (f *frame) under(x, y int) hover {
	if row, col, ok := f.seen.table.at(x, y, f.grid.top); ok && col >= 0 {
		return hover{on: true, row: row, col: col}
	}
	if !f.seen.plot.Contains(x, y) {
		return hover{}
	}
	a := f.areas()
	at := closest(a.X, f.seen.plot.Value(x))
	if at < 0 {
		return hover{}
	}
	h := hover{on: true, chart: true, row: -1, col: -1, x: at}
	series := nearestSeries(a, at, f.seen.plot, y)
	switch {
	case f.overRows():
		if series >= 0 {
			h.col = int(f.sheet.marked[series].at)
		}
	case f.sheet != nil:
		h.col = f.xColumns()[at]
	default:
		h.col = f.xColumns()[at]
		for row, r := range f.mem.rows {
			if r.place == series {
				h.row = row
			}
		}
	}
	return h
}

// nearestSeries is the series whose edge is nearest to a row of the screen.
func nearestSeries(a chart.Areas, x int, p chart.Plot, y int) int {
	best, least := -1, math.MaxInt
	for i, s := range a.Series {
		if x >= len(s.Values) || math.IsNaN(s.Values[x]) {
			continue
		}
		if d := max(p.Row(s.Values[x])-y, y-p.Row(s.Values[x])); d < least {
			best, least = i, d
		}
	}
	return best
}

// litRow and litCol are the row and the column that are lit: those under the
// mouse, else the cursor's.
func (f *frame) litRow() int {
	if f.hover.on && f.hover.row >= 0 {
		return f.hover.row
	}
	return f.grid.row
}

func (f *frame) litCol() int {
	if f.hover.on && f.hover.col >= 0 {
		return f.hover.col
	}
	return f.grid.col
}

// leave forgets the pointer: it left, or keys took over.
func (f *frame) leave() bool {
	was := f.hover.on
	f.hover = hover{}
	return was
}
