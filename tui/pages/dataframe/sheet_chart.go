package dataframe

import (
	"context"
	"math"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
)

// maxPoints is how many points a column of a file becomes in the chart: each
// is the mean of as many rows as it takes.
const maxPoints = 600

// mark is a series that was put into the chart: in a file whose columns are
// years a row, over the years; in any other a column, over the rows.
type mark struct {
	at     uint32 // place of the row in the file, or the column
	name   string
	values []float64
}

// profiled answers the question for the values of a column.
type profiled struct {
	load int
	mark mark
	err  error
}

// toggle puts the row or column of a cell into the chart, or takes it out.
func (s *sheet) toggle(load, row, col int) tea.Cmd {
	at := uint32(col)
	if s.show.years {
		at = uint32(s.place(row))
	}
	if i := slices.IndexFunc(s.marked, func(m mark) bool { return m.at == at }); i >= 0 {
		s.marked = slices.Delete(slices.Clone(s.marked), i, i+1)
		return nil
	}
	texts := s.cells(row)
	switch {
	case len(s.marked) >= maxMarked:
		return page.Send(page.Notice{Text: "The chart holds ten series: take one out with space first."})
	case texts == nil:
		return nil
	case s.show.years:
		s.marked = append(slices.Clone(s.marked), mark{at, texts[0], s.rowValues(texts)})
		return nil
	case !s.numbers[col]:
		return page.Send(page.Notice{Text: "Only a column of numbers can be charted."})
	}
	return s.profile(load, col)
}

func (s *sheet) rowValues(texts []string) []float64 {
	columns := s.show.inTime(s.cols)
	values := make([]float64, len(columns))
	for i, c := range columns {
		values[i] = valueOf(texts[c])
	}
	return values
}

// profile reads a column and gives the means of its parts.
func (s *sheet) profile(load, col int) tea.Cmd {
	file, ctx, name, n := s.file, s.ctx, s.cols[col], s.len()
	return func() tea.Msg {
		values, err := means(ctx, file, col, n)
		return profiled{load, mark{uint32(col), name, values}, err}
	}
}

func means(ctx context.Context, file *data.Sheet, col, rows int) ([]float64, error) {
	points := min(rows, maxPoints)
	sums, counts := make([]float64, points), make([]float64, points)
	err := file.Scan(ctx, func(row int, r data.Record) bool {
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

// profiled puts a column into the chart, unless that was done meanwhile.
func (f *frame) profiled(m profiled) tea.Cmd {
	s := f.sheet
	known := slices.ContainsFunc(s.marked, func(k mark) bool { return k.at == m.mark.at })
	if m.err == nil && !known && len(s.marked) < maxMarked {
		s.marked = append(slices.Clone(s.marked), m.mark)
	}
	return f.complain(m.err)
}

// areas charts what was marked. The cursor is a column or a row of the table,
// as the x are.
func (s *sheet) areas(a chart.Areas) chart.Areas {
	for _, m := range s.marked {
		a.Series = append(a.Series, chart.Area{Name: m.name, Values: m.values})
	}
	if s.show.years {
		a.X = s.show.positions(s.cols, s.show.inTime(s.cols))
		return a
	}
	a.XTitle = "row"
	for _, m := range s.marked {
		a.X = make([]float64, max(len(a.X), len(m.values)))
	}
	for i := range a.X {
		a.X[i] = float64(i)*float64(s.len()-1)/float64(max(len(a.X)-1, 1)) + 1
	}
	return a
}
