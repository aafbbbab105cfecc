package shortform

import (
	"context"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vegalite"
)

type object = vegalite.Object

// sortField is the column that bars are sorted by; "" = none.
func sortField(sort string) string {
	if sort == "false" || sort == "true" {
		return ""
	}
	return strings.TrimPrefix(sort, "-")
}

// spec writes the specification.
func (w *writer) spec(ctx context.Context) (object, error) {
	color, err := w.colorChannel(ctx)
	if err != nil {
		return nil, err
	}
	o := object{
		{Name: "$schema", Value: "https://vega.github.io/schema/vega-lite/v6.json"},
		{Name: "data", Value: object{{Name: "name", Value: w.c.Source}}},
	}
	if t := w.transforms(); t != nil {
		o = append(o, vegalite.Member{Name: "transform", Value: t})
	}
	o = o.Set("mark", object{{Name: "type", Value: marks[w.kind]}})
	o = o.Set("encoding", w.encoding(color))
	return o.Set("params", []any{object{
		{Name: "name", Value: "view"},
		{Name: "select", Value: object{{Name: "type", Value: "interval"}, {Name: "encodings", Value: []string{"x", "y"}}}},
		{Name: "bind", Value: "scales"},
	}}), nil
}

// transforms number the rows where x is not named, and bring several y into
// long form.
func (w *writer) transforms() (all []any) {
	if w.x == nil {
		all = append(all,
			object{{Name: "window", Value: []any{object{{Name: "op", Value: "row_number"}, {Name: "as", Value: indexName}}}}},
			object{{Name: "calculate", Value: vegalite.Datum(indexName) + " - 1"}, {Name: "as", Value: indexName}})
	}
	if len(w.ys) > 1 {
		var fields []string
		for _, c := range w.ys {
			fields = append(fields, vegalite.Field(c.Name))
		}
		all = append(all, object{{Name: "fold", Value: fields}, {Name: "as", Value: []string{seriesName, valueName}}})
	}
	return all
}

func (w *writer) encoding(color object) object {
	dimension, measure := "x", "y"
	if w.c.Horizontal {
		dimension, measure = "y", "x"
	}
	of := map[string]object{dimension: w.dimension(), measure: w.measure()}
	e := object{{Name: "x", Value: of["x"]}, {Name: "y", Value: of["y"]}}
	if field := w.series(); field != "" && w.c.Stack == "false" {
		e = e.Set(dimension+"Offset", object{{Name: "field", Value: field}, {Name: "type", Value: "nominal"}})
	}
	if w.series() != "" && (w.kind == "area_chart" || w.c.Stack == "layered") {
		e = e.Set("opacity", object{{Name: "value", Value: 0.7}})
	}
	if color != nil {
		e = e.Set("color", color)
	}
	if size := w.sizeChannel(); size != nil {
		e = e.Set("size", size)
	}
	return e
}

// series is the field that splits a chart into series; "" = one series.
func (w *writer) series() string {
	switch {
	case len(w.ys) > 1:
		return seriesName
	case w.color != nil:
		return vegalite.Field(w.color.Name)
	}
	return ""
}

// dimension is the channel of x as the page names it.
func (w *writer) dimension() object {
	field, title, kind, whole := indexName, "", "quantitative", true
	if w.x != nil {
		field, title, kind, whole = vegalite.Field(w.x.Name), w.x.Name, vegalite.TypeOf(w.x.Type), w.x.Type == frame.Integer
	}
	if w.c.XLabel != "" {
		title = w.c.XLabel
	}
	if w.kind == "bar_chart" && kind != "temporal" {
		kind = "ordinal"
	}
	o := channel(field, title, kind, false, whole)
	if w.kind == "bar_chart" {
		o = w.sorted(o)
	}
	return o
}

// sorted adds the order of bars.
func (w *writer) sorted(o object) object {
	switch w.c.Sort {
	case "", "true":
		return o
	case "false":
		return o.Set("sort", nil)
	}
	order := "ascending"
	if strings.HasPrefix(w.c.Sort, "-") {
		order = "descending"
	}
	return o.Set("sort", object{
		{Name: "field", Value: vegalite.Field(sortField(w.c.Sort))}, {Name: "order", Value: order},
	})
}

// measure is the channel of y as the page names it.
func (w *writer) measure() object {
	field, title, kind, whole := valueName, "", "quantitative", true
	for _, c := range w.ys {
		whole = whole && c.Type == frame.Integer
	}
	if len(w.ys) == 1 {
		field, kind = vegalite.Field(w.ys[0].Name), vegalite.TypeOf(w.ys[0].Type)
		if w.c.Y != nil {
			title = w.ys[0].Name
		}
	}
	if w.c.YLabel != "" {
		title = w.c.YLabel
	}
	o := channel(field, title, kind, true, whole)
	switch w.c.Stack {
	case "":
	case "true", "false":
		o = o.Set("stack", w.c.Stack == "true")
	case "layered":
		o = o.Set("stack", false)
	default:
		o = o.Set("stack", w.c.Stack)
	}
	return o
}

// channel is x or y.
func channel(field, title, kind string, grid, whole bool) object {
	axis := object{{Name: "grid", Value: grid}}
	if whole {
		axis = axis.Set("tickMinStep", 1)
	}
	return object{
		{Name: "field", Value: field}, {Name: "type", Value: kind}, {Name: "title", Value: title},
		{Name: "axis", Value: axis},
	}
}

func (w *writer) sizeChannel() object {
	switch {
	case w.kind != "scatter_chart":
		return nil
	case w.size != nil:
		return object{
			{Name: "field", Value: vegalite.Field(w.size.Name)}, {Name: "type", Value: vegalite.TypeOf(w.size.Type)},
			{Name: "title", Value: w.size.Name}, {Name: "legend", Value: legend(0.5)},
		}
	case w.c.Size != "":
		v, _ := strconv.ParseFloat(w.c.Size, 64)
		return object{{Name: "value", Value: v}}
	}
	return object{{Name: "value", Value: 100}}
}

// legend is a legend at the bottom.
func legend(padding float64) object {
	return object{{Name: "titlePadding", Value: padding}, {Name: "offset", Value: 5}, {Name: "orient", Value: "bottom"}}
}
