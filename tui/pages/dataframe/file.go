package dataframe

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// Sizes of the work on a file, so that every step is short.
const (
	indexStep = 32 << 20 // bytes between two looks at the progress
	maxMarked = 10       // series in the chart
	// maxPoints is how many points a column becomes in the chart: each is the
	// mean of as many rows as it takes.
	maxPoints = 600
)

// file is a file of any size, as it is, read row by row. Columns of it can be
// put into the chart, over the rows.
type file struct {
	rows     *data.Sheet
	ctx      context.Context
	cols     []sheet.Column
	progress data.Progress
	marked   []mark
}

// mark is a column that is in the chart.
type mark struct {
	col    int
	values []float64
}

var _ figures = (*file)(nil)

func newFile(ctx context.Context, rows *data.Sheet) *file {
	f := &file{rows: rows, ctx: ctx, progress: rows.Progress()}
	for _, c := range rows.Columns() {
		f.cols = append(f.cols, sheet.Column{Title: clean(c)})
	}
	return f
}

// Columns are the headings of the file.
func (f *file) Columns() []sheet.Column { return f.cols }

// Size counts the rows that are read so far.
func (f *file) Size() sheet.Size {
	return sheet.Size{Rows: f.progress.Rows, Complete: f.progress.Done}
}

// Rows reads rows.
func (f *file) Rows(order []uint32, from, n int) ([]sheet.Row, error) {
	var rows [][]string
	var err error
	if order == nil {
		rows, err = f.rows.Rows(from, n)
	} else {
		rows, err = f.rows.At(order[from:min(from+n, len(order))])
	}
	out := make([]sheet.Row, len(rows))
	for i, r := range rows {
		texts := make([]string, len(f.cols))
		for c := range min(len(texts), len(r)) {
			texts[c] = clean(r[c])
		}
		out[i] = sheet.Row{Shown: texts, Raw: texts}
	}
	return out, err
}

// Sort sorts all rows by a column.
func (f *file) Sort(ctx context.Context, col int, descending bool) ([]uint32, error) {
	return f.rows.Sort(ctx, col, descending)
}

// Search finds rows.
func (f *file) Search(ctx context.Context, text string) (sheet.Hits, error) {
	hits, err := f.rows.Search(ctx, text)
	return sheet.Hits{Rows: hits.Has, Count: hits.Count}, err
}

// Sum sums the numbers of a column up.
func (f *file) Sum(ctx context.Context, col int) (sheet.Summary, error) {
	var sum sheet.Summary
	err := f.rows.Scan(ctx, func(_ int, r data.Record) bool {
		if v, ok := data.Number(string(r.Field(col))); ok {
			sum.Add(v, "")
		}
		return true
	})
	return sum, err
}

// index reads on.
func (f *file) index() (data.Progress, error) {
	err := f.rows.Index(f.ctx, indexStep)
	p := f.rows.Progress()
	p.Done = p.Done || err != nil
	return p, err
}

// means are the means of the parts of a column, over the first rows.
func (f *file) means(col, rows int) ([]float64, error) {
	points := min(rows, maxPoints)
	sums, counts := make([]float64, points), make([]float64, points)
	err := f.rows.Scan(f.ctx, func(row int, r data.Record) bool {
		if row >= rows {
			return false
		}
		if v, ok := data.Number(string(r.Field(col))); ok && !math.IsNaN(v) {
			i := row * points / rows
			sums[i], counts[i] = sums[i]+v, counts[i]+1
		}
		return true
	})
	for i := range sums {
		sums[i] /= counts[i] // No value gives NaN, a gap.
	}
	return sums, err
}

// unmark takes a column out of the chart, and reports whether it was in it.
func (f *file) unmark(col int) bool {
	n := len(f.marked)
	f.marked = slices.DeleteFunc(slices.Clone(f.marked), func(m mark) bool { return m.col == col })
	return len(f.marked) < n
}

// mark puts a column into the chart, unless that was done meanwhile.
func (f *file) mark(m mark) {
	if _, in := f.columnSeries(m.col); !in && len(f.marked) < maxMarked {
		f.marked = append(slices.Clone(f.marked), m)
	}
}

func (f *file) chosen() *picks            { return nil }
func (f *file) clear()                    { f.marked = nil }
func (f *file) charts() bool              { return len(f.marked) > 0 }
func (f *file) xColumns() []int           { return nil }
func (f *file) rowSeries(int) (int, bool) { return 0, false }
func (f *file) trend(int) []float64       { return nil }
func (f *file) columnSeries(col int) (int, bool) {
	i := slices.IndexFunc(f.marked, func(m mark) bool { return m.col == col })
	return i, i >= 0
}

// areas charts what was marked, over the rows.
func (f *file) areas() chart.Areas {
	a := chart.Areas{Title: clean(f.rows.Origin.Name), XTitle: "row", Decimals: 2}
	for _, m := range f.marked {
		a.Series = append(a.Series, chart.Area{Name: f.cols[m.col].Title, Values: m.values})
		a.X = make([]float64, max(len(a.X), len(m.values)))
	}
	for i := range a.X {
		a.X[i] = float64(i)*float64(f.progress.Rows-1)/float64(max(len(a.X)-1, 1)) + 1
	}
	return a
}

func (f *file) labels() labels {
	l := labels{
		hint: "space chart this column · s sort · i sum this column up",
		text: measure{decimals: -1}.text, origin: f.rows.Origin,
	}
	if f.progress.Bad.Count > 0 {
		l.bad = badText(f.progress.Bad, "bad rows")
	}
	return l
}

// bar draws the file's name, its size and how far it is read.
func (f *file) bar(p *pen) (next int) {
	m := p.margin()
	x := m + p.Text(m, 0, cell.Cut(clean(f.rows.Origin.Name)+" ", p.W-m), p.t.Text, cell.Bold)
	text := sheet.Thousands(f.progress.Rows) + " rows × " + strconv.Itoa(len(f.cols))
	if !f.progress.Done {
		share := 0.0
		if f.progress.Total > 0 {
			share = float64(f.progress.Bytes) / float64(f.progress.Total)
		}
		bar := []rune("░░░░░░░░░░")
		for i := range min(int(share*float64(len(bar))), len(bar)) {
			bar[i] = '█'
		}
		text += fmt.Sprintf(" so far, reading %s %d%%", string(bar), int(share*100))
	}
	if p.busy != "" {
		text += " · " + p.busy + "… esc stops"
	}
	if len(f.marked) > 0 {
		text += fmt.Sprintf(" · %d in the chart", len(f.marked))
	}
	p.Text(x, 0, cell.Cut(text, p.W-m-x), p.t.Muted, 0)
	return 1
}
