package suggest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vegalite"
)

func (c *drafter) mapOf(lat, lon, color int) (Suggestion, error) {
	title := c.by("places", color)
	m := &dashboard.Map{Source: c.o.Source, Latitude: c.name(lat), Longitude: c.name(lon)}
	if color >= 0 {
		m.Color = c.name(color)
	}
	return Suggestion{Title: title, Panel: dashboard.Panel{Kind: "map", Title: title, Width: 1, Spec: m}}, nil
}

// line is a line of each measure over a time that comes once.
func (c *drafter) line(t int, measures []int) (Suggestion, error) {
	if len(measures) == 1 {
		m := measures[0]
		return c.panel(c.name(m)+" by "+c.name(t), nil, "line", object{
			{Name: "x", Value: c.timeAxis(t)}, {Name: "y", Value: c.quantity(m)},
		})
	}
	var names, fields []string
	for _, m := range measures {
		names = append(names, c.name(m))
		fields = append(fields, vegalite.Field(c.name(m)))
	}
	column, value := c.fresh("column"), c.fresh("value")
	fold := object{{Name: "fold", Value: fields}, {Name: "as", Value: []string{column, value}}}
	var title any
	if u := c.facts[measures[0]].Unit; u != "" {
		title = u
	}
	return c.panel(strings.Join(names, ", ")+" by "+c.name(t), []any{fold}, "line", object{
		{Name: "x", Value: c.timeAxis(t)},
		{Name: "y", Value: object{{Name: "field", Value: value}, {Name: "type", Value: "quantitative"}, {Name: "title", Value: title}}},
		{Name: "color", Value: object{{Name: "field", Value: column}, {Name: "type", Value: "nominal"}, {Name: "title", Value: nil}, {Name: "sort", Value: nil}}},
	})
}

// mostLines is how many lines are told apart.
const mostLines = 10

// lineBy is a line for each value of a category; of many, the largest.
func (c *drafter) lineBy(ctx context.Context, t, g, m int) (Suggestion, error) {
	title := c.name(m) + " by " + c.name(t) + " and " + c.name(g)
	var transform []any
	if n := c.facts[g].Distinct; n > mostLines {
		names, err := c.largest(ctx, g, m, mostLines)
		if err != nil {
			return Suggestion{}, err
		}
		title = fmt.Sprintf("%s, %d of %d", title, len(names), n)
		transform = append(transform, object{{Name: "filter", Value: object{
			{Name: "field", Value: vegalite.Field(c.name(g))}, {Name: "oneOf", Value: names},
		}}})
	}
	return c.panel(title, transform, "line", object{
		{Name: "x", Value: c.timeAxis(t)}, {Name: "y", Value: c.quantity(m)}, {Name: "color", Value: c.colorOf(g)},
	})
}

// bars are bars of a figure by a category, the longest first; of many, the
// longest twelve.
func (c *drafter) bars(g, m int, figure string) (Suggestion, error) {
	n := c.facts[g].Distinct
	y := c.nominal(g).Set("sort", "-x")
	if figure != "rows" && c.facts[g].once() {
		return c.longestRows(g, m, y)
	}
	title := top(c.figureOf(m, figure)+" by "+c.name(g), topBars, n)
	if n <= topBars {
		return c.panel(title, nil, "bar", object{{Name: "y", Value: y}, {Name: "x", Value: c.aggregate(m, figure)}})
	}
	as, rank := c.fresh("figure"), c.fresh("rank")
	what := object{{Name: "op", Value: "count"}, {Name: "as", Value: as}}
	if figure != "rows" {
		what = object{{Name: "op", Value: figure}, {Name: "field", Value: vegalite.Field(c.name(m))}, {Name: "as", Value: as}}
	}
	transform := []any{object{{Name: "aggregate", Value: []any{what}}, {Name: "groupby", Value: []string{vegalite.Field(c.name(g))}}}}
	x := object{{Name: "field", Value: as}, {Name: "type", Value: "quantitative"}, {Name: "title", Value: c.figureOf(m, figure)}}
	return c.panel(title, append(transform, ranked(as, rank)...), "bar", object{{Name: "y", Value: y}, {Name: "x", Value: x}})
}

// longestRows are bars of a measure that has one value for each of a category.
func (c *drafter) longestRows(g, m int, y object) (Suggestion, error) {
	n := c.facts[g].Distinct
	var transform []any
	if n > topBars {
		transform = ranked(vegalite.Field(c.name(m)), c.fresh("rank"))
	}
	return c.panel(top(c.name(m)+" by "+c.name(g), topBars, n), transform, "bar", object{
		{Name: "y", Value: y}, {Name: "x", Value: c.quantity(m)},
	})
}

// ranked keeps the rows of which a field is the greatest.
func ranked(field, rank string) []any {
	return []any{
		object{
			{Name: "window", Value: []any{object{{Name: "op", Value: "row_number"}, {Name: "as", Value: rank}}}},
			{Name: "sort", Value: []any{object{{Name: "field", Value: field}, {Name: "order", Value: "descending"}}}},
		},
		object{{Name: "filter", Value: fmt.Sprintf("datum.%s <= %d", rank, topBars)}},
	}
}

// points are two measures against each other; of many rows, how many are in
// each cell.
func (c *drafter) points(x, y, color int) (Suggestion, error) {
	if c.f.Len() > 10_000 {
		return c.panel("rows by "+c.name(x)+", "+c.name(y), nil, "rect", object{
			{Name: "x", Value: c.binned(x, 60)}, {Name: "y", Value: c.binned(y, 30)}, {Name: "color", Value: c.aggregate(-1, "rows")},
		})
	}
	away := object{{Name: "zero", Value: false}}
	e := object{{Name: "x", Value: c.quantity(x).Set("scale", away)}, {Name: "y", Value: c.quantity(y).Set("scale", away)}}
	if color >= 0 {
		e = e.Set("color", c.colorOf(color))
	}
	return c.panel(c.by(c.name(y)+" against "+c.name(x), color), nil, "point", e)
}

func (c *drafter) binned(i, most int) object {
	return append(object{{Name: "bin", Value: object{{Name: "maxbins", Value: most}}}}, c.quantity(i)...)
}

// heat counts the rows of each pair of two categories.
func (c *drafter) heat(x, y int) (Suggestion, error) {
	return c.panel("rows by "+c.name(x)+", "+c.name(y), nil, "rect", object{
		{Name: "x", Value: c.nominal(x)}, {Name: "y", Value: c.nominal(y)}, {Name: "color", Value: c.aggregate(-1, "rows")},
	})
}

// histogram counts the rows by a measure.
func (c *drafter) histogram(m int) (Suggestion, error) {
	return c.panel("rows by "+c.name(m), nil, "bar", object{{Name: "x", Value: c.binned(m, 40)}, {Name: "y", Value: c.aggregate(-1, "rows")}})
}

// firstRows is how many rows become lines where none is marked.
const firstRows = 5

// linesOfRows are the first or the marked rows, each a line over the columns
// that are named by years.
func (c *drafter) linesOfRows(ctx context.Context) (Suggestion, error) {
	rows := c.o.Marked
	if len(rows) == 0 {
		for i := range min(firstRows, c.f.Len()) {
			rows = append(rows, i)
		}
	}
	rows = slices.Sorted(slices.Values(rows[:min(len(rows), mostLines)]))
	color, names, err := c.namesOf(ctx, rows)
	if err != nil {
		return Suggestion{}, err
	}
	title := fmt.Sprintf("%d of %d rows by year", len(rows), c.f.Len())
	if len(rows) == c.f.Len() {
		title = "each row by year"
	}
	year, value, row := c.fresh("year"), c.fresh("value"), c.fresh("row")
	var transform []any
	split := object{{Name: "field", Value: row}, {Name: "type", Value: "nominal"}}
	if names == nil {
		var numbers []int
		for _, r := range rows {
			numbers = append(numbers, r+1)
		}
		transform = append(transform,
			object{{Name: "window", Value: []any{object{{Name: "op", Value: "row_number"}, {Name: "as", Value: row}}}}},
			object{{Name: "filter", Value: object{{Name: "field", Value: row}, {Name: "oneOf", Value: numbers}}}})
	} else {
		if title = "each " + c.name(color) + " by year"; len(rows) < c.f.Len() {
			title = fmt.Sprintf("%d of %d %s by year", len(rows), c.f.Len(), c.name(color))
		}
		split = c.colorOf(color)
		transform = append(transform, object{{Name: "filter", Value: object{
			{Name: "field", Value: vegalite.Field(c.name(color))}, {Name: "oneOf", Value: names},
		}}})
	}
	return c.panel(title, append(transform, c.foldYears(year, value)...), "line", object{
		{Name: "x", Value: object{
			{Name: "field", Value: year}, {Name: "type", Value: "quantitative"}, {Name: "title", Value: nil},
			{Name: "scale", Value: object{{Name: "zero", Value: false}, {Name: "nice", Value: false}}},
			{Name: "axis", Value: object{{Name: "format", Value: "d"}}},
		}},
		{Name: "y", Value: object{{Name: "field", Value: value}, {Name: "type", Value: "quantitative"}, {Name: "title", Value: nil}}},
		{Name: "color", Value: split},
	})
}

// foldYears makes a row of each column that is named by a year.
func (c *drafter) foldYears(year, value string) []any {
	var fields []string
	long := false
	for _, i := range c.yearly {
		fields = append(fields, vegalite.Field(c.name(i)))
		long = long || len(c.name(i)) > 4
	}
	number := "toNumber(" + vegalite.Datum(year) + ")"
	if long {
		number = "toNumber(substring(" + vegalite.Datum(year) + ", 0, 4))"
	}
	return []any{
		object{{Name: "fold", Value: fields}, {Name: "as", Value: []string{year, value}}},
		object{{Name: "calculate", Value: number}, {Name: "as", Value: year}},
	}
}

// namesOf is the column of text that names rows, with the names of some; nil
// if none tells them apart.
func (c *drafter) namesOf(ctx context.Context, rows []int) (column int, names []string, err error) {
	for i := range c.facts {
		f := &c.facts[i]
		if f.Type != frame.Text || !f.once() && !(f.different() && f.Filled > 0) {
			continue
		}
		for _, r := range rows {
			b, err := frame.Rows(ctx, c.f, []int{i}, r, 1)
			if err != nil {
				return 0, nil, err
			}
			if b.Columns[0].IsNull(0) {
				return 0, nil, nil
			}
			names = append(names, b.Columns[0].String(0))
		}
		return i, names, nil
	}
	return 0, nil, nil
}
