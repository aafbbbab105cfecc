package dataframe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/texttable"
)

// Sizes of the chart of a file.
const (
	maxMarked = 10 // series
	// maxPoints is how many points a column becomes: each is the mean of as
	// many rows as it takes.
	maxPoints = 600
)

// file is a file of any size, as it is: its head, or all of it. Columns of it
// can be put into the chart, over the rows. What commands read of it never
// changes.
type file struct {
	rows   frame.Frame
	report textfile.Report
	whole  bool // rows are all rows
	cols   []sheet.Column

	ctx    context.Context
	read   textfile.Progress // how far, while rows are the head
	marked []mark
}

// mark is a column that is in the chart.
type mark struct {
	col    int
	values []float64
}

var _ figures = (*file)(nil)

func newFile(ctx context.Context, rows frame.Frame, report textfile.Report, whole bool) *file {
	f := &file{rows: rows, report: report, whole: whole, ctx: ctx}
	for _, c := range rows.Columns() {
		title := clean(c.Name)
		if c.Unit != "" {
			title += " (" + clean(c.Unit) + ")"
		}
		f.cols = append(f.cols, sheet.Column{Title: title, Right: c.Type.Numeric()})
	}
	return f
}

// Columns are the names of the columns, with their units.
func (f *file) Columns() []sheet.Column { return f.cols }

// Size counts the rows.
func (f *file) Size() sheet.Size { return sheet.Size{Rows: f.rows.Len(), Complete: f.whole} }

// Cells reads cells for reading.
func (f *file) Cells(ctx context.Context, p sheet.Part) ([][]sheet.Text, error) {
	rows, err := f.texts(ctx, p, shown)
	return sheet.Texts(rows), err
}

// Raw reads cells for other programs.
func (f *file) Raw(ctx context.Context, p sheet.Part) ([][]string, error) {
	return f.texts(ctx, p, func(text []byte) string { return string(text) })
}

func (f *file) texts(ctx context.Context, p sheet.Part, write func([]byte) string) ([][]string, error) {
	var b *frame.Batch
	var err error
	if p.Order == nil {
		b, err = frame.Rows(ctx, f.rows, p.Columns, p.From, p.N)
	} else {
		b, err = frame.Gather(ctx, f.rows, p.Columns, p.Places())
	}
	if err != nil {
		return nil, err
	}
	out := make([][]string, b.Len)
	var text []byte
	for i := range out {
		out[i] = make([]string, len(b.Columns))
		for c := range b.Columns {
			text = b.Columns[c].AppendCell(text[:0], i)
			out[i][c] = write(text)
		}
	}
	return out, nil
}

// shown is a text fit for one line of the table. The ends of its own lines are
// seen.
func shown(text []byte) string {
	if plain(text) && len(text) <= cleanRunes {
		return string(text)
	}
	s := string(text[:min(len(text), 4*cleanRunes+4)])
	return clean(oneLine.Replace(s))
}

var oneLine = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", " ")

// plain reports whether a text is printable ASCII.
func plain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// Sort sorts all rows by a column.
func (f *file) Sort(ctx context.Context, col int, descending bool) ([]uint32, error) {
	return frame.Sort(ctx, f.rows, []frame.Key{{Column: col, Descending: descending}}, nil)
}

// Search finds rows.
func (f *file) Search(ctx context.Context, text string) (sheet.Hits, error) {
	hits, err := frame.Search(ctx, f.rows, text, nil)
	return sheet.Hits{Rows: hits.Has, Count: hits.Count}, err
}

// means are the means of the parts of a column.
func (f *file) means(col int) ([]float64, error) {
	rows := f.rows.Len()
	points := min(rows, maxPoints)
	means, counts := make([]float64, points), make([]float64, points)
	err := f.rows.Scan(f.ctx, []int{col}, 0, rows, func(b *frame.Batch) error {
		for i := range b.Len {
			if v, ok := b.Columns[0].Float(i); ok && !math.IsInf(v, 0) {
				at := (b.First + i) * points / rows
				counts[at]++
				n := counts[at]
				means[at] = means[at]*((n-1)/n) + v/n // a sum of great numbers would be infinite
			}
		}
		return nil
	})
	for i, n := range counts {
		if n == 0 {
			means[i] = math.NaN() // a gap
		}
	}
	return means, err
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
	a := chart.Areas{Title: clean(f.rows.Origin().Name), XTitle: "row", Decimals: 2}
	for _, m := range f.marked {
		a.Series = append(a.Series, chart.Area{Name: f.cols[m.col].Title, Values: m.values})
		a.X = make([]float64, max(len(a.X), len(m.values)))
	}
	for i := range a.X {
		a.X[i] = float64(i)*float64(f.rows.Len()-1)/float64(max(len(a.X)-1, 1)) + 1
	}
	return a
}

func (f *file) labels(col int) labels {
	l := labels{origin: data.Origin(f.rows.Origin()), hint: "the chart has the columns that you put into it"}
	if col < len(f.cols) {
		l.hint = f.typeOf(col) + " · " + l.hint
	}
	l.notes = len(f.report.Notes)
	return l
}

// typeOf says which type a column has, and how many of its cells are empty.
func (f *file) typeOf(col int) string {
	c := f.rows.Columns()[col]
	words := f.cols[col].Title + ": " + textfile.TypeName(c.Type)
	switch {
	case !f.whole:
		words += " so far"
	case c.Nulls > 0:
		words += ", " + sheet.Thousands(c.Nulls) + " missing"
	}
	return words
}

// bar draws the file's name, its size and how far it is read.
func (f *file) bar(p *pen) (next int) {
	m := p.margin()
	x := m + p.Text(m, 0, cell.Cut(clean(f.rows.Origin().Name)+" ", p.W-m), p.t.Text, cell.Bold)
	rows := f.rows.Len()
	if !f.whole {
		rows = max(rows, f.read.Rows)
	}
	text := sheet.Thousands(rows) + " rows × " + strconv.Itoa(len(f.cols))
	if !f.whole {
		text += " so far, reading" + f.share()
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

// share draws how much of the file was read, where that is known.
func (f *file) share() string {
	if f.read.Total <= 0 {
		return ""
	}
	share := float64(f.read.Bytes) / float64(f.read.Total)
	bar := []rune("░░░░░░░░░░")
	for i := range min(int(share*float64(len(bar))), len(bar)) {
		bar[i] = '█'
	}
	return fmt.Sprintf(" %s %d%%", string(bar), int(share*100))
}

// errNotRead says that a file is still being read.
var errNotRead = errors.New("the file was not read to its end")

// export writes every row.
func (f *file) export(format string) func(io.Writer) error {
	write := map[string]func(context.Context, frame.Frame, io.Writer) error{"csv": frame.WriteCSV, "json": frame.WriteJSON, "text": texttable.Write}[format]
	return func(w io.Writer) error {
		if !f.whole {
			return errNotRead
		}
		return write(f.ctx, f.rows, w)
	}
}
