package vega

import (
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Made is what transforms make of the rows of named data.
type Made struct {
	Columns []Column
	Rows    int
	// From are the rows of the data that the rows came from; nil = rows were put
	// together, and what they hold is in Columns alone.
	From []uint32
	// Kept are the columns, of those in Columns, that hold in each row what they
	// hold in the row that it came from.
	Kept map[string]bool
}

// rowColumn is where the rows of the data are counted while they are
// transformed.
const rowColumn = "\x00row"

// Transform applies a list of transforms to named data, as a view does. Of
// Options the size and the selections do not matter. An error is an
// *[Unsupported] unless the text is no JSON or data cannot be read.
func Transform(list []byte, name string, o Options) (*Made, error) {
	v, err := decode(list)
	if err != nil {
		return nil, err
	}
	if _, ok := v.([]any); !ok {
		return nil, errors.New("transforms are a list")
	}
	m, err := transformNamed(v, name, o, false)
	if err == nil && m == nil { // rows were added that came from none
		m, err = transformNamed(v, name, o, true)
	}
	return m, err
}

// transformNamed reads the columns that the transforms name, or all. Without
// all it returns nil where some rows come from none of the data.
func transformNamed(list any, name string, o Options, all bool) (m *Made, err error) {
	defer func() {
		if r := recover(); r != nil {
			wrong, ok := r.(*Unsupported)
			if !ok {
				panic(r)
			}
			m, err = nil, wrong
		}
	}()
	top := js.NewObject()
	top.Set("transform", list)
	c := &context{
		opts: o.complete(top), zone: o.Zone, used: map[*js.Object]map[string]bool{},
		datasets: map[string]any{}, params: map[string]any{},
		selections: map[string]*selection{},
	}
	if c.zone == nil {
		c.zone = time.Local
	}
	c.opts.use.all = c.opts.use.all || all
	t, err := c.opts.Named(name)
	if err != nil {
		return nil, err
	}
	counted := make([]float64, t.n)
	for i := range counted {
		counted[i] = float64(i)
	}
	root := node{top, "", c.used}
	steps := root.items("transform")
	t = (&transformer{context: c}).transform(steps, t.withVector(rowColumn, &vector{nums: counted}))
	if path := root.unread(); path != "" {
		refuse(path, "is not supported")
	}
	return t.made(steps, all), nil
}

// made is what a table holds after transforms.
func (t *table) made(steps []node, all bool) *Made {
	m := &Made{Rows: t.n, Kept: map[string]bool{}}
	if v := t.cols[rowColumn]; v != nil {
		if m.From = v.rows(); m.From == nil && !all {
			return nil
		}
	}
	changed := changedBy(steps)
	for _, name := range t.names {
		if strings.HasPrefix(name, "\x00") || isHelper(name, steps) {
			continue
		}
		m.Columns = append(m.Columns, t.cols[name].column(name))
		m.Kept[name] = m.From != nil && !changed[name]
	}
	return m
}

// rows are the values as rows of the data; nil where one is none.
func (v *vector) rows() []uint32 {
	out := make([]uint32, v.len())
	if v.nums != nil && v.null == nil {
		for i, f := range v.nums {
			out[i] = uint32(f)
		}
		return out
	}
	for i := range out {
		f, ok := v.at(i).(float64)
		if !ok || math.IsNaN(f) {
			return nil
		}
		out[i] = uint32(f)
	}
	return out
}

// isHelper reports whether a field is the end of a unit of time, which nobody
// has named.
func isHelper(name string, steps []node) bool {
	as, ok := strings.CutSuffix(name, "_end")
	return ok && slices.ContainsFunc(steps, func(n node) bool {
		return n.has("timeUnit") && !n.has("bin") && slices.Contains(n.texts2("as"), as)
	})
}

// changedBy are the fields that transforms make or make anew.
func changedBy(steps []node) map[string]bool {
	all := made(steps)
	for _, n := range steps {
		var fields []string
		switch {
		case n.has("lookup"):
			fields = n.child("from").texts("fields")
		case n.has("flatten"):
			fields = n.texts("flatten")
		case n.has("impute"):
			fields = []string{n.text("impute")}
		case n.has("bin"), n.has("stack"):
			if as := n.texts2("as"); len(as) == 1 {
				fields = []string{as[0] + "_end"}
			}
		}
		for _, f := range fields {
			all[flatName(f)] = true
		}
	}
	return all
}

// column is the vector as a column of a name.
func (v *vector) column(name string) Column {
	switch {
	case v.nums != nil:
		return Column{Name: name, Numbers: v.nums, Null: v.null, Dates: v.dates}
	case v.codes != nil && !slices.ContainsFunc(v.dict, func(d any) bool { _, ok := d.(string); return !ok }):
		c := Column{Name: name, Codes: v.codes, Texts: make([]string, len(v.dict))}
		for i, d := range v.dict {
			c.Texts[i] = d.(string)
		}
		return c
	}
	return Column{Name: name, Values: v.list()}
}
