package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vegalite"
)

// How many values are told apart as they are, by colour and on an axis, and how
// many of more: the greatest, and the others together.
const (
	mostColors, keptColors = 20, 9
	mostNames, keptNames   = 100, 30
)

// greatest is a column of more values than a picture tells apart: another column
// stands in its place, which has the greatest of them and the others in one.
type greatest struct {
	field  string // of the source
	as     string
	kept   []string
	others string // what the others are called
	all    int
}

// where keeps the rows of one of the values.
func (g *greatest) where(value string) query.Where {
	if value != g.others {
		return query.Where{{Field: g.field, Op: query.Eq, Values: []string{value}}}
	}
	return query.Where{{Field: g.field, Op: query.NotIn, Values: g.kept}, {Field: g.field, Op: query.IsFilled}}
}

// String says what was put together.
func (g *greatest) String() string {
	return thousands(len(g.kept)) + " greatest of " + thousands(g.all) + " values of " + g.field + ", the others together (o: all)"
}

// gathered is a specification whose colour or names are those of the greatest.
type gathered struct {
	text   []byte
	source string
	of     []*greatest
}

// notes say which values are drawn as others.
func (g *gathered) notes() (notes []string) {
	if g != nil {
		for _, c := range g.of {
			notes = append(notes, c.String())
		}
	}
	return notes
}

// find is the column that stands in the place of another, nil if none does.
func (g *gathered) find(as string) *greatest {
	if g == nil {
		return nil
	}
	for _, c := range g.of {
		if c.as == as {
			return c
		}
	}
	return nil
}

// gatherer remembers what was made of figures, which are drawn in many sizes.
type gatherer struct {
	mu   sync.Mutex
	rows frame.Frame
	text string
	last *gathered
}

// gather returns the specification with the greatest values of columns that have
// too many, nil where none has. Only plain views are looked at: transforms and
// parameters may ask for any value.
func (g *gatherer) gather(ctx context.Context, s *specification, text []byte) (*gathered, error) {
	var top map[string]any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if d.Decode(&top) != nil || !plainView(top) {
		return nil, nil
	}
	data, _ := top["data"].(map[string]any)
	name, _ := data["name"].(string)
	f := s.data.Sources[name].Rows
	if f == nil || data["values"] != nil || data["url"] != nil {
		return nil, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.rows == f && g.text == string(text) {
		return g.last, nil
	}
	out := &gathered{source: name}
	encoding, _ := top["encoding"].(map[string]any)
	for _, channel := range []string{"color", "y", "x"} {
		c, err := narrow(ctx, f, encoding, channel)
		if err != nil {
			return nil, err
		}
		if c != nil {
			out.of = append(out.of, c)
			if channel == "color" {
				c.paint(top, encoding)
			}
		}
	}
	if len(out.of) == 0 {
		out = nil
	} else {
		var err error
		if out.text, err = json.Marshal(top); err != nil {
			return nil, err
		}
	}
	g.rows, g.text, g.last = f, string(text), out
	return out, nil
}

// plainView reports whether a specification is one view of its rows as they are.
func plainView(top map[string]any) bool {
	if top["encoding"] == nil || top["mark"] == nil || top["transform"] != nil || top["datasets"] != nil {
		return false
	}
	params, _ := top["params"].([]any)
	return !slices.ContainsFunc(params, func(p any) bool {
		o, _ := p.(map[string]any)
		return o["bind"] != "scales"
	})
}

func kindOfMark(top map[string]any) string {
	if o, ok := top["mark"].(map[string]any); ok {
		kind, _ := o["type"].(string)
		return kind
	}
	kind, _ := top["mark"].(string)
	return kind
}

// paint keeps the series of the others apart, which have one colour, and draws
// lines and points of them below those of the greatest.
func (g *greatest) paint(top, encoding map[string]any) {
	kind := kindOfMark(top)
	if kind == "line" || kind == "trail" || kind == "area" && !summed(encoding) {
		keepApart(encoding, g.field)
	}
	if !slices.Contains([]string{"line", "trail", "point", "circle", "square", "tick"}, kind) {
		return
	}
	others := map[string]any{"field": vegalite.Field(g.as), "equal": g.others}
	layer := func(filter any) map[string]any {
		return map[string]any{"mark": top["mark"], "transform": []any{map[string]any{"filter": filter}}}
	}
	top["layer"] = []any{layer(others), layer(map[string]any{"not": others})}
	delete(top, "mark")
	delete(top, "params") // The panel zooms by itself.
}

// summed sums the measure of areas that are stacked up: that is as high as they
// are, and the others are one area. It reports whether they are stacked so.
func summed(encoding map[string]any) bool {
	for _, channel := range []string{"y", "x"} {
		m, _ := encoding[channel].(map[string]any)
		if m == nil || m["type"] != "quantitative" {
			continue
		}
		stack, given := m["stack"]
		if given && (stack == nil || stack == false) || m["scale"] != nil {
			return false
		}
		if m["aggregate"] == nil {
			if _, titled := m["title"]; !titled {
				m["title"] = m["field"]
			}
			m["aggregate"] = "sum"
		}
		return m["aggregate"] == "sum" || m["aggregate"] == "count"
	}
	return false
}

// keepApart keeps series apart that have the same colour.
func keepApart(encoding map[string]any, field string) {
	detail := []any{map[string]any{"field": vegalite.Field(field), "type": "nominal"}}
	switch old := encoding["detail"].(type) {
	case []any:
		detail = append(old, detail...)
	case map[string]any:
		detail = append([]any{old}, detail...)
	}
	encoding["detail"] = detail
}

// narrow lets a channel show the greatest values of its column, if that has too
// many.
func narrow(ctx context.Context, f frame.Frame, encoding map[string]any, channel string) (*greatest, error) {
	c, _ := encoding[channel].(map[string]any)
	column, ok := named(f, c)
	if !ok || column.Type != frame.Text {
		return nil, nil
	}
	most, kept := mostNames, keptNames
	if channel == "color" {
		most, kept = mostColors, keptColors
	}
	if many, err := moreThan(ctx, f, frame.Find(f, column.Name), most); err != nil || !many {
		return nil, err
	}
	r := weighing(f, encoding, channel)
	r.Column, r.Most = column.Name, kept
	counts, err := query.Values(ctx, f, r, nil)
	if err != nil || counts.Distinct <= most {
		return nil, err
	}
	g := &greatest{field: column.Name, as: column.Name + " ", all: counts.Distinct, kept: slices.Clone(counts.Labels[:kept])}
	for frame.Find(f, g.as) >= 0 {
		g.as += " "
	}
	g.others = "others (" + thousands(counts.Others) + ")"
	for slices.Contains(g.kept, g.others) {
		g.others = "the " + g.others
	}
	g.show(encoding, channel, c)
	return g, nil
}

// Before the values of all rows are counted, some rows are looked at: so many, in
// so many places.
const sampleRows, samplePlaces = 1 << 10, 48

// moreThan reports whether a column has more than some values, as far as a look
// at some of the rows tells: where it has fewer there, all are drawn as they are.
func moreThan(ctx context.Context, f frame.Frame, column, most int) (bool, error) {
	seen := map[string]bool{}
	look := func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if !v.IsNull(i) && !seen[string(v.Bytes(i))] {
				seen[string(v.Bytes(i))] = true
			}
		}
		if len(seen) > most {
			return frame.ErrStop
		}
		return ctx.Err()
	}
	step := max(f.Len()/samplePlaces, sampleRows)
	for from := 0; from < f.Len(); from += step {
		if err := f.Scan(ctx, []int{column}, from, min(from+sampleRows, f.Len()), look); err != nil && !errors.Is(err, frame.ErrStop) {
			return false, err
		}
		if len(seen) > most {
			return true, nil
		}
	}
	return false, nil
}

// named is the column that a channel shows as it is: one of names, whose order
// and colours are not said one by one.
func named(f frame.Frame, c map[string]any) (frame.Column, bool) {
	kind, _ := c["type"].(string)
	field, _ := c["field"].(string)
	scale, _ := c["scale"].(map[string]any)
	_, listed := c["sort"].([]any)
	if field == "" || listed || scale["domain"] != nil || scale["range"] != nil || c["aggregate"] != nil || c["bin"] != nil || c["timeUnit"] != nil || kind != "" && kind != "nominal" && kind != "ordinal" {
		return frame.Column{}, false
	}
	for _, column := range f.Columns() {
		if vegalite.Field(column.Name) == field {
			return column, true
		}
	}
	return frame.Column{}, false
}

// weighing says by what the greatest values of a channel are found: by the figure
// that is drawn, or by how many rows they have.
func weighing(f frame.Frame, encoding map[string]any, channel string) query.Request {
	for _, other := range []string{"y", "x", "size", "theta"} {
		c, _ := encoding[other].(map[string]any)
		if other == channel || c == nil {
			continue
		}
		field, _ := c["field"].(string)
		at := slices.IndexFunc(f.Columns(), func(col frame.Column) bool { return vegalite.Field(col.Name) == field })
		if at < 0 || !f.Columns()[at].Type.Numeric() {
			continue
		}
		fn, ok := map[any]query.Fn{nil: query.Sum, "sum": query.Sum, "mean": query.Mean, "average": query.Mean, "median": query.Median, "min": query.Min, "max": query.Max, "count": query.Count}[c["aggregate"]]
		if ok {
			return query.Request{Fn: fn, Of: f.Columns()[at].Name}
		}
	}
	return query.Request{}
}

// show lets the channels of the column show the one that stands in its place, in
// the order that was asked for, the others last.
func (g *greatest) show(encoding map[string]any, channel string, c map[string]any) {
	order := slices.Clone(g.kept)
	by, given := c["sort"]
	switch o, _ := by.(map[string]any); {
	case !given && channel != "color", by == "ascending":
		slices.Sort(order)
	case by == "descending":
		slices.Sort(order)
		slices.Reverse(order)
	case by == "x", by == "y", o["order"] == "ascending", o != nil && o["order"] == nil:
		slices.Reverse(order)
	}
	order = append(order, g.others)
	old := c["field"]
	for _, name := range []string{channel, channel + "Offset", "xOffset", "yOffset"} {
		o, _ := encoding[name].(map[string]any)
		if o == nil || o["field"] != old {
			continue
		}
		if _, titled := o["title"]; !titled {
			o["title"] = g.field
		}
		o["field"], o["type"], o["sort"] = vegalite.Field(g.as), "nominal", order
	}
}

// gatheredRows are rows with the columns that stand in the place of others.
type gatheredRows struct {
	frame.Frame
	columns []frame.Column
	of      []*greatest
	at      []int // the columns that these stand for
}

func newGatheredRows(f frame.Frame, of []*greatest) *gatheredRows {
	r := &gatheredRows{Frame: f, columns: slices.Clone(f.Columns()), of: of}
	for _, g := range of {
		r.at = append(r.at, frame.Find(f, g.field))
		r.columns = append(r.columns, frame.Column{Name: g.as})
	}
	return r
}

// Columns are those of the rows, and those that stand in the place of others.
func (r *gatheredRows) Columns() []frame.Column { return r.columns }

// Scan implements frame.Frame.
func (r *gatheredRows) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	own := len(r.columns) - len(r.of)
	below := make([]int, len(columns))
	for i, c := range columns {
		if below[i] = c; c >= own {
			below[i] = r.at[c-own]
		}
	}
	return r.Frame.Scan(ctx, below, from, to, func(b *frame.Batch) error {
		out := &frame.Batch{First: b.First, Len: b.Len, Columns: slices.Clone(b.Columns)}
		for i, c := range columns {
			if c >= own {
				out.Columns[i] = r.of[c-own].column(&b.Columns[i], b.Len)
			}
		}
		return visit(out)
	})
}

// column is a column with the others in one.
func (g *greatest) column(from *frame.Vector, n int) frame.Vector {
	kept := make(map[string]bool, len(g.kept))
	for _, k := range g.kept {
		kept[k] = true
	}
	v := frame.Vector{Type: frame.Text}
	for i := range n {
		switch {
		case from.IsNull(i):
			v.AppendNull()
		case kept[string(from.Bytes(i))]:
			v.AppendFrom(from, i)
		default:
			v.AppendString(g.others)
		}
	}
	return v
}
