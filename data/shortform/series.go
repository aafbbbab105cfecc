package shortform

import (
	"context"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vegalite"
)

// mostNames is how many names of a color column have a place in its domain: a
// legend of more is read by nobody.
const mostNames = 1000

// colorChannel is the channel color; nil if nothing was said.
func (w *writer) colorChannel(ctx context.Context) (object, error) {
	switch {
	case len(w.ys) > 1:
		return w.ofFields(), nil
	case w.color != nil:
		return w.ofColumn(ctx)
	case len(w.c.Color) == 1:
		return object{{Name: "value", Value: colorOf(w.c.Color[0])}}, nil
	}
	return nil, nil
}

// ofFields gives each of several y its colour.
func (w *writer) ofFields() object {
	var names []string
	for _, c := range w.ys {
		names = append(names, c.Name)
	}
	scale := object{{Name: "domain", Value: names}}
	if w.c.Color != nil {
		var colors []string
		for _, c := range w.c.Color {
			colors = append(colors, colorOf(c))
		}
		scale = scale.Set("range", colors)
	}
	return object{
		{Name: "field", Value: seriesName}, {Name: "type", Value: "nominal"}, {Name: "title", Value: " "},
		{Name: "scale", Value: scale}, {Name: "legend", Value: legend(5)},
	}
}

// ofColumn colours by the values of a column. Where its first value is a
// colour, its values are the colours.
func (w *writer) ofColumn(ctx context.Context) (object, error) {
	kind := vegalite.TypeOf(w.color.Type)
	o := object{
		{Name: "field", Value: vegalite.Field(w.color.Name)}, {Name: "type", Value: kind}, {Name: "title", Value: w.color.Name},
	}
	if kind != "nominal" {
		return o.Set("legend", legend(5)), nil
	}
	names, err := distinct(ctx, w.all, w.color.Name)
	if err != nil {
		return nil, err
	}
	if len(names) > 0 && isWritten(names[0]) {
		var colors []string
		for _, n := range names {
			colors = append(colors, colorOf(n))
		}
		return o.Set("scale", object{{Name: "domain", Value: names}, {Name: "range", Value: colors}}).Set("legend", nil), nil
	}
	l := legend(5)
	if len(names) <= mostNames && w.color.Type == frame.Text {
		o = o.Set("scale", object{{Name: "domain", Value: w.domain(names)}})
		if w.shown != nil && w.shown != w.all {
			seen, err := distinct(ctx, w.shown, w.color.Name)
			if err != nil {
				return nil, err
			}
			l = l.Set("values", inOrder(names, seen))
		}
	}
	return o.Set("legend", l), nil
}

// domain is names, and null where rows have none: it is a series too.
func (w *writer) domain(names []string) []any {
	all := make([]any, 0, len(names)+1)
	for _, n := range names {
		all = append(all, n)
	}
	if w.color.Nulls != 0 {
		all = append(all, nil)
	}
	return all
}

// inOrder is seen in the order of all.
func inOrder(all, seen []string) []string {
	there := map[string]bool{}
	for _, s := range seen {
		there[s] = true
	}
	out := []string{}
	for _, s := range all {
		if there[s] {
			out = append(out, s)
		}
	}
	return out
}

// distinct returns the values of a column in the order of their first rows, as
// text, up to one more than mostNames. Nulls are left out.
func distinct(ctx context.Context, f frame.Frame, name string) (names []string, err error) {
	if f == nil {
		return nil, nil
	}
	i := frame.Find(f, name)
	if i < 0 {
		return nil, nil
	}
	seen := map[string]bool{}
	var cell []byte
	err = f.Scan(ctx, []int{i}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for r := range b.Len {
			if v.IsNull(r) {
				continue
			}
			cell = v.AppendCell(cell[:0], r)
			if seen[string(cell)] {
				continue
			}
			seen[string(cell)] = true
			names = append(names, string(cell))
			if len(names) > mostNames {
				return frame.ErrStop
			}
		}
		return nil
	})
	return names, err
}
