package dataframe

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// charts says whether there is something to chart.
func (f *frame) charts() bool {
	if f.sheet == nil {
		return len(f.mem.cols) > 2
	}
	return len(f.sheet.marked) > 0 && (!f.show.years || len(f.sheet.cols) > 2)
}

// drawChart draws the areas of what was chosen. Its cursor is the table's.
func (f *frame) drawChart(r chart.Rect) {
	if r.H < 3 || r.W < 8 {
		return
	}
	a := f.areas()
	a.Cursor, a.Emphasis = f.nearest(a.X), -1
	if f.hover.chart {
		a.Cursor = min(f.hover.x, len(a.X)-1)
	}
	if place, ok := f.emphasis(); ok && a.Cursor >= 0 && len(a.Series) > 1 {
		a.Emphasis = place
	}
	f.seen.plot = a.Draw(f.canvas, r, f.look())
	f.chartTools(r, a.Title)
}

// chartTools draws what can be clicked right of the chart's title.
func (f *frame) chartTools(r chart.Rect, title string) {
	var tools []tool
	if f.manyColours() {
		tools = append(tools, tool{" p colours ", func() tea.Cmd { f.safe = !f.safe; return nil }})
	}
	if f.pane == chartPane {
		tools = append(tools, f.paneTool())
	}
	at := r.X + r.W
	for i := len(tools) - 1; i >= 0 && f.seen.plot.Y > r.Y; i-- {
		at -= cell.Width(tools[i].text)
		if at <= f.seen.plot.X+cell.Width(title) {
			return
		}
		f.button(at, r.Y, tools[i].text, tools[i].do)
		at--
	}
}

// areas is the chart without its cursor.
func (f *frame) areas() chart.Areas {
	a := chart.Areas{Title: clean(f.show.short), XTitle: "year", Decimals: max(f.show.decimals, 2)}
	if !f.show.years {
		a.XTitle = "column"
	}
	if f.sheet != nil {
		return f.sheet.areas(a)
	}
	columns := f.xColumns()
	a.X = f.show.positions(f.mem.cols, columns)
	a.Series = make([]chart.Area, len(f.mem.rows))
	for _, row := range f.mem.rows {
		a.Series[row.place] = chart.Area{Name: row.texts[0], Values: inOrder(row.values, columns)}
	}
	return a
}

// inOrder gives the values of columns; values has no place for the frozen one.
func inOrder(values []float64, columns []int) []float64 {
	if slices.IsSorted(columns) {
		return values
	}
	out := make([]float64, len(columns))
	for i, c := range columns {
		out[i] = values[c-1]
	}
	return out
}

// places are the columns after the frozen one.
func places(n int) []int {
	out := make([]int, max(n-1, 0))
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// overRows says that the chart's x are rows of the table, not columns.
func (f *frame) overRows() bool { return f.sheet != nil && !f.show.years }

// xColumns are the table's columns that the chart's x stand for, in their
// order.
func (f *frame) xColumns() []int { return f.show.inTime(f.body().columns()) }

// nearest is the place among the chart's x of the table's cursor, -1 for
// none.
func (f *frame) nearest(x []float64) int {
	if f.overRows() {
		return closest(x, float64(f.sheet.place(f.litRow())+1))
	}
	return slices.Index(f.xColumns(), f.litCol())
}

// emphasis is the series that the cursor is on.
func (f *frame) emphasis() (int, bool) {
	if f.overRows() {
		return f.sheet.series(uint32(f.litCol()))
	}
	if f.litRow() >= f.body().len() {
		return 0, false
	}
	return f.seriesOf(f.litRow())
}

// pointChart moves the cursor to the chart's nearest x.
func (f *frame) pointChart(x int) {
	a := f.areas()
	i := closest(a.X, f.seen.plot.Value(x))
	switch {
	case i < 0:
	case f.overRows():
		if f.sheet.order == nil { // A sorted table has no row at an x.
			f.grid.moveTo(int(a.X[i])-1, f.grid.col, f.body(), false)
		}
	default:
		f.grid.moveTo(f.grid.row, f.xColumns()[i], f.body(), false)
	}
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

// valueOf reads a number as it is shown.
func valueOf(text string) float64 {
	if v, ok := data.Number(strings.ReplaceAll(text, ",", "")); ok {
		return v
	}
	return math.NaN()
}

// inTime gives the columns after the frozen one, years from the first to the
// last: a file may begin with the newest.
func (m measure) inTime(names []string) []int {
	columns := places(len(names))
	if x := m.positions(names, columns); !slices.IsSorted(x) {
		slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(x[a-1], x[b-1]) })
	}
	return columns
}

// positions are the x of columns: their years, else their places.
func (m measure) positions(names []string, columns []int) []float64 {
	out := make([]float64, len(columns))
	for i, c := range columns {
		out[i] = float64(c)
		if m.years {
			if y, err := strconv.Atoi(names[c]); err == nil {
				out[i] = float64(y)
			}
		}
	}
	return out
}
