package dataframe

import (
	"math"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
)

// look is what the chart is drawn with.
func (f *frame) look() chart.Look { return chart.NewLook(f.env.Theme, f.safe) }

// charts says whether there is something to chart: rows, and numbers in at
// least two columns.
func (f *frame) charts() bool {
	if f.sheet == nil {
		return len(f.mem.cols) > 2
	}
	return len(f.sheet.marked) > 0 && len(f.sheet.numeric()) > 1
}

// numeric are the columns of a sheet that hold numbers.
func (s *sheet) numeric() []int {
	var out []int
	for i, is := range s.numbers {
		if is && i > 0 {
			out = append(out, i)
		}
	}
	return out
}

// drawChart draws the areas of the chosen regions or rows. Its cursor is the
// table's column.
func (f *frame) drawChart(r chart.Rect) {
	if r.H < 3 || r.W < 8 {
		return
	}
	a, columns := f.areas()
	a.Cursor, a.Emphasis = -1, -1
	for i, c := range columns {
		if c == f.grid.col {
			a.Cursor = i
		}
	}
	if a.Cursor >= 0 && f.grid.row < f.body().len() {
		if place, ok := f.seriesOf(f.grid.row); ok && len(a.Series) > 1 {
			a.Emphasis = place
		}
	}
	f.seen.plot = a.Draw(f.canvas, r, f.look())
	if len(a.Title) > 0 && f.pane == chartPane {
		tool := f.paneTool()
		w := len([]rune(tool.text))
		f.button(r.X+r.W-w, r.Y, tool.text, tool.do)
	}
}

// areas gives the chart and the table columns of its x.
func (f *frame) areas() (chart.Areas, []int) {
	a := chart.Areas{Title: clean(f.show.short), XTitle: f.unit(), Decimals: max(f.show.decimals, 2)}
	if f.sheet != nil {
		return f.sheet.areas(a)
	}
	columns := make([]int, len(f.mem.cols)-1)
	for i := range columns {
		columns[i] = i + 1
	}
	a.X = f.show.positions(f.mem.cols, columns)
	a.Series = make([]chart.Area, len(f.mem.rows))
	for _, row := range f.mem.rows {
		a.Series[row.place] = chart.Area{Name: row.texts[0], Values: row.values}
	}
	return a, columns
}

// areas charts the rows that were marked.
func (s *sheet) areas(a chart.Areas) (chart.Areas, []int) {
	columns := s.numeric()
	a.X = s.show.positions(s.cols, columns)
	for _, m := range s.marked {
		values := make([]float64, len(columns))
		for i, c := range columns {
			values[i] = valueOf(m.texts[c])
		}
		a.Series = append(a.Series, chart.Area{Name: m.texts[0], Values: values})
	}
	return a, columns
}

// valueOf reads a number as it is shown.
func valueOf(text string) float64 {
	if v, ok := data.Number(strings.ReplaceAll(text, ",", "")); ok {
		return v
	}
	return math.NaN()
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

// pointChart moves the cursor to the column of the chart's nearest x.
func (f *frame) pointChart(x int) {
	a, columns := f.areas()
	want, best, at := f.seen.plot.Value(x), math.Inf(1), -1
	for i, v := range a.X {
		if d := math.Abs(v - want); d < best {
			best, at = d, i
		}
	}
	if at >= 0 {
		f.grid.moveTo(f.grid.row, columns[at], f.body(), false)
	}
}
