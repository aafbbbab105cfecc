package dataframe

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// link joins the table and the chart: they have one cursor, and the pointer
// stands in for it while no button is held.
type link struct {
	fig   figures
	table *sheet.Sheet
	plot  chart.Plot // zero when no chart is shown
	hover hover
	drags bool // a button that is held moves the cursor along the chart
}

// hover is what lies under the mouse. The zero hover is nothing.
type hover struct {
	on, chart bool
	cell      sheet.Cell // of the table, -1 for none
	x         int        // place among the chart's x, for chart alone
}

// lit is the cell whose row and column are lit: that under the mouse, else the
// cursor's.
func (l *link) lit() sheet.Cell {
	c := sheet.Cell{Row: l.table.Row, Col: l.table.Col}
	if l.hover.on && l.hover.cell.Row >= 0 {
		c.Row = l.hover.cell.Row
	}
	if l.hover.on && l.hover.cell.Col >= 0 {
		c.Col = l.hover.cell.Col
	}
	return c
}

// bring is the column that the pointer in the chart wants to see.
func (l *link) bring() int {
	if !l.hover.chart {
		return 0
	}
	return max(l.hover.cell.Col, 0)
}

// leave forgets the pointer: it left, or keys took over.
func (l *link) leave() bool {
	was := l.hover.on
	l.hover = hover{}
	return was
}

// letGo forgets what a button held.
func (l *link) letGo() {
	l.drags = false
	l.table.Release()
}

// series is the place of a row in the chart.
func (l *link) series(row int) (int, bool) { return l.fig.rowSeries(l.table.Place(row)) }

// nearest is the place among the chart's x of the lit cell, -1 for none.
func (l *link) nearest(x []float64) int {
	if columns := l.fig.xColumns(); columns != nil {
		return slices.Index(columns, l.lit().Col)
	}
	return closest(x, float64(l.table.Place(l.lit().Row)+1))
}

// emphasis is the series that the cursor is on.
func (l *link) emphasis() (int, bool) {
	lit := l.lit()
	switch {
	case l.fig.xColumns() == nil:
		return l.fig.columnSeries(lit.Col)
	case lit.Row >= l.table.Size().Rows:
		return 0, false
	}
	return l.series(lit.Row)
}

// areas are the chart with the cursor.
func (l *link) areas() chart.Areas {
	a := l.fig.areas()
	a.Cursor, a.Emphasis = l.nearest(a.X), -1
	if l.hover.chart {
		a.Cursor = min(l.hover.x, len(a.X)-1)
	}
	if place, ok := l.emphasis(); ok && a.Cursor >= 0 && len(a.Series) > 1 {
		a.Emphasis = place
	}
	return a
}

// point moves the cursor to the chart's x that is nearest to a column of the
// screen.
func (l *link) point(x int) {
	a := l.fig.areas()
	i, columns := closest(a.X, l.plot.Value(x)), l.fig.xColumns()
	switch {
	case i < 0:
	case columns != nil:
		l.table.MoveTo(l.table.Row, columns[i])
	case !l.table.Sorted(): // A sorted table has no row at an x.
		l.table.MoveTo(int(a.X[i])-1, l.table.Col)
	}
}

// under is what lies under a place of the screen.
func (l *link) under(x, y int) hover {
	if c, ok := l.table.Under(x, y); ok {
		return hover{on: true, cell: c}
	}
	if !l.plot.Contains(x, y) {
		return hover{}
	}
	a := l.fig.areas()
	at := closest(a.X, l.plot.Value(x))
	if at < 0 {
		return hover{}
	}
	h := hover{on: true, chart: true, cell: sheet.Cell{Row: -1, Col: -1}, x: at}
	series := nearestSeries(a, at, l.plot, y)
	columns := l.fig.xColumns()
	if columns != nil {
		h.cell.Col = columns[at]
		h.cell.Row = l.rowOf(series)
		return h
	}
	for col := range l.table.Columns() {
		if s, ok := l.fig.columnSeries(col); ok && s == series {
			h.cell.Col = col
		}
	}
	return h
}

// rowOf is the row of a series, -1 for none.
func (l *link) rowOf(series int) int {
	for row := range l.table.Size().Rows {
		if s, ok := l.series(row); ok && s == series {
			return row
		}
	}
	return -1
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

// closest is the place of the value nearest to want, -1 of none.
func closest(values []float64, want float64) int {
	best, at := math.Inf(1), -1
	for i, v := range values {
		if d := math.Abs(v - want); d < best {
			best, at = d, i
		}
	}
	return at
}
