package dataframe

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/sheet"
)

// regions are those of a table that are chosen, sorted by name. A column is a
// year, where the table's columns are.
type regions struct {
	picks
	table data.Table
	show  measure
	years []int // nil where the columns are none
	cols  []sheet.Column
	rows  []region
}

var _ figures = (*regions)(nil)

// set takes a table. fill is to follow, once it is known what is chosen.
func (r *regions) set(t data.Table) {
	r.table, r.show = t, measureOf(t.Unit, t.Origin)
	r.years, _ = t.Years()
	r.setOptions(t.Regions)
}

// fill takes the chosen regions out of the table.
func (r *regions) fill() {
	names := slices.Clone(r.picked)
	slices.Sort(names)
	r.cols, r.rows = []sheet.Column{{Title: clean(r.table.Label)}}, nil
	for _, name := range r.table.Columns {
		r.cols = append(r.cols, sheet.Column{Title: clean(name), Right: true})
	}
	for _, name := range names {
		at, _ := r.table.Find(name)
		row := region{name: name, texts: []string{clean(name)}, raw: []string{clean(name)}}
		for c := range r.table.Columns {
			v := r.table.Value(at, c) / r.show.per
			row.values = append(row.values, v)
			row.raw = append(row.raw, exact(v))
		}
		r.rows = append(r.rows, row)
	}
	r.show = r.show.fitted(r.rows)
	for c := range r.table.Columns {
		column := r.show.column(r.rows, c)
		for i := range r.rows {
			r.rows[i].texts = append(r.rows[i].texts, column.text(r.rows[i].values[c]))
		}
	}
}

// drop forgets the table; what was chosen stays.
func (r *regions) drop() {
	r.table, r.rows, r.cols, r.years = data.Table{}, nil, nil, nil
}

// Columns are the name and the years.
func (r *regions) Columns() []sheet.Column { return r.cols }

// Size counts the chosen regions.
func (r *regions) Size() sheet.Size {
	return sheet.Size{Rows: len(r.rows), Complete: true, Whole: true}
}

// Cells returns chosen regions as they are shown.
func (r *regions) Cells(_ context.Context, p sheet.Part) ([][]sheet.Text, error) {
	return sheet.Texts(r.pick(p, func(row *region) []string { return row.texts })), nil
}

// Raw returns chosen regions with every digit.
func (r *regions) Raw(_ context.Context, p sheet.Part) ([][]string, error) {
	return r.pick(p, func(row *region) []string { return row.raw }), nil
}

func (r *regions) pick(p sheet.Part, texts func(*region) []string) [][]string {
	places := p.Places()
	for i := p.From; p.Order == nil && i < min(p.From+p.N, len(r.rows)); i++ {
		places = append(places, uint32(i))
	}
	out := make([][]string, len(places))
	for i, at := range places {
		all := texts(&r.rows[at])
		for _, c := range p.Columns {
			out[i] = append(out[i], all[c])
		}
	}
	return out
}

// Card returns a region with all its values.
func (r *regions) Card(_ context.Context, place int) ([]sheet.Field, error) {
	var out []sheet.Field
	for i, text := range r.rows[place].texts {
		out = append(out, sheet.Field{Name: r.cols[i].Title, Lines: []string{text}})
	}
	return out, nil
}

// Sort orders the regions by a column. Equal ones keep the order of their
// names.
func (r *regions) Sort(_ context.Context, col int, descending bool) ([]uint32, error) {
	order := make([]uint32, len(r.rows))
	for i := range order {
		order[i] = uint32(i)
	}
	sign := 1
	if descending {
		sign = -1
	}
	slices.SortStableFunc(order, func(a, b uint32) int {
		x, y := r.rows[a], r.rows[b]
		if col == 0 || col >= len(r.cols) {
			return sign * strings.Compare(x.name, y.name)
		}
		return compare(x.values[col-1], y.values[col-1], sign)
	})
	return order, nil
}

// compare orders values, those that are none last.
func compare(a, b float64, sign int) int {
	switch {
	case math.IsNaN(a) && math.IsNaN(b):
		return 0
	case math.IsNaN(a):
		return 1
	case math.IsNaN(b):
		return -1
	}
	return sign * cmp.Compare(a, b)
}

// Search finds text in the texts that are shown.
func (r *regions) Search(_ context.Context, text string) (sheet.Hits, error) {
	var h sheet.Hits
	needle := strings.ToLower(text)
	for row := range r.rows {
		for col, text := range r.rows[row].texts {
			if needle != "" && strings.Contains(strings.ToLower(text), needle) {
				h.Cells = append(h.Cells, sheet.Cell{Row: row, Col: col})
			}
		}
	}
	return h, nil
}

// Sum sums a column of values up.
func (r *regions) Sum(_ context.Context, col int) (sheet.Summary, error) {
	var s sheet.Stats
	for _, row := range r.rows {
		if col >= 1 {
			s.Add(row.values[col-1], row.texts[0])
		}
	}
	return s.Summary(r.show.text), nil
}

func (r *regions) labels(int) labels {
	one, many := "column", "columns"
	if r.years != nil {
		one, many = "year", "years"
	}
	return labels{
		title: r.show.title, size: fmt.Sprintf("%d × %d %s", len(r.rows), len(r.cols)-1, many),
		hint:   "the cursor is a " + one + " in table and chart",
		origin: r.table.Origin,
	}
}

func (r *regions) bar(p *pen) int { return drawChips(p, r.picked, r.remove) }
func (r *regions) chosen() *picks { return &r.picks }

func (r *regions) charts() bool { return len(r.cols) > 2 }

func (r *regions) rowSeries(place int) (int, bool) { return place, place < len(r.rows) }
func (r *regions) columnSeries(int) (int, bool)    { return 0, false }

func (r *regions) trend(place int) []float64 {
	if len(r.cols) < 4 {
		return nil
	}
	return r.rows[place].values
}

func (r *regions) areas() chart.Areas {
	a := chart.Areas{Title: r.show.axis, XTitle: "column", Decimals: max(r.show.decimals, 2)}
	if r.years != nil {
		a.XTitle = "year"
	}
	columns := r.xColumns()
	for _, c := range columns {
		a.X = append(a.X, r.x(c))
	}
	for _, row := range r.rows {
		area := chart.Area{Name: row.texts[0], Values: row.values}
		if !slices.IsSorted(columns) {
			area.Values = make([]float64, len(columns))
			for i, c := range columns {
				area.Values[i] = row.values[c-1]
			}
		}
		a.Series = append(a.Series, area)
	}
	return a
}

// xColumns are the columns after the name, years from the first to the last: a
// file may begin with the newest.
func (r *regions) xColumns() []int {
	columns := make([]int, max(len(r.cols)-1, 0))
	for i := range columns {
		columns[i] = i + 1
	}
	slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(r.x(a), r.x(b)) })
	return columns
}

// x is where a column stands in the chart: its year, else its place.
func (r *regions) x(col int) float64 {
	if r.years != nil {
		return float64(r.years[col-1])
	}
	return float64(col)
}
