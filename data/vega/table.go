package vega

import (
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/vega/expr"
	"github.com/authtabs/tabgate/data/vega/js"
)

// table is rows of data by columns. It never changes: what changes it makes
// another, which shares columns with it. A value that a row lacks is
// js.Undefined.
type table struct {
	names []string
	cols  map[string]*vector
	n     int
}

func newTable(n int) *table { return &table{cols: map[string]*vector{}, n: n} }

// records makes a table of JSON records; a value that is no object becomes a
// field "data".
func records(rows []any) *table {
	t := newTable(len(rows))
	at := func(name string) []any {
		c, ok := t.cols[name]
		if !ok {
			c = boxedVector(absent(t.n))
			t.names = append(t.names, name)
			t.cols[name] = c
		}
		return c.boxed
	}
	for i, row := range rows {
		o, ok := row.(*js.Object)
		if !ok {
			at("data")[i] = row
			continue
		}
		for _, k := range o.Keys {
			at(k)[i] = o.Values[k]
		}
	}
	return t
}

// absent is n values that rows lack.
func absent(n int) []any {
	list := make([]any, n)
	for i := range list {
		list[i] = js.Undefined
	}
	return list
}

// with returns t with another column, or with that of the same name replaced.
func (t *table) with(name string, col []any) *table { return t.withVector(name, boxedVector(col)) }

func (t *table) withVector(name string, col *vector) *table {
	out := &table{names: t.names, cols: make(map[string]*vector, len(t.cols)+1), n: t.n}
	for k, c := range t.cols {
		out.cols[k] = c
	}
	if _, ok := t.cols[name]; !ok {
		out.names = append(slices.Clip(slices.Clone(t.names)), name)
	}
	out.cols[name] = col
	return out
}

// gather returns rows of t by their places.
func (t *table) gather(rows []int) *table {
	out := &table{names: t.names, cols: make(map[string]*vector, len(t.cols)), n: len(rows)}
	for k, c := range t.cols {
		out.cols[k] = c.pick(rows)
	}
	return out
}

// concat returns the rows of several tables, one after the other.
func concat(tables ...*table) *table {
	if len(tables) == 1 {
		return tables[0]
	}
	n := 0
	for _, t := range tables {
		n += t.n
	}
	out := newTable(n)
	at := 0
	for _, t := range tables {
		for _, name := range t.names {
			col, ok := out.cols[name]
			if !ok {
				col = boxedVector(absent(n))
				out.names = append(out.names, name)
				out.cols[name] = col
			}
			copy(col.boxed[at:], t.cols[name].list())
		}
		at += t.n
	}
	return out
}

// row returns row i as an object.
func (t *table) row(i int) *js.Object {
	o := js.NewObject()
	for _, name := range t.names {
		if v := t.cols[name].at(i); v != js.Undefined {
			o.Set(name, v)
		}
	}
	return o
}

// value returns what a column has in row i, Undefined if there is none.
func (t *table) value(name string, i int) any {
	if c, ok := t.cols[name]; ok {
		return c.at(i)
	}
	if name == "__count" {
		name = "count"
	}
	if c, ok := t.cols["\x00"+name]; ok { // sum_x, yearmonth_t
		return c.at(i)
	}
	return js.Undefined
}

// fieldPath splits a field's name: a.b and a[1] are paths, a\.b is one name.
func fieldPath(field string) (path []string) {
	var b strings.Builder
	quote := byte(0)
	end := func() {
		if b.Len() > 0 {
			path = append(path, b.String())
			b.Reset()
		}
	}
	for i := 0; i < len(field); i++ {
		c := field[i]
		switch {
		case c == '\\' && i+1 < len(field):
			i++
			b.WriteByte(field[i])
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			b.WriteByte(c)
		case (c == '"' || c == '\'') && i > 0 && field[i-1] == '[':
			quote = c
		case c == '.' || c == '[':
			end()
		case c == ']':
			end()
		default:
			b.WriteByte(c)
		}
	}
	end()
	if path == nil {
		path = []string{field}
	}
	return path
}

// flatName is a field's name without the escapes.
func flatName(field string) string { return strings.Join(fieldPath(field), ".") }

// exact returns the column of just that name. A path is read from the column
// that it begins with, if there is one.
func (t *table) exact(field string, path []string) (*vector, bool) {
	c, ok := t.cols[field]
	if ok && len(path) > 1 {
		if _, nested := t.cols[path[0]]; nested {
			return nil, false
		}
	}
	return c, ok
}

// reader returns a function that reads a field of t's rows.
func (t *table) reader(field string) func(i int) any {
	path := fieldPath(field)
	if c, ok := t.exact(field, path); ok {
		return c.at
	}
	c, ok := t.cols[path[0]]
	if !ok {
		return func(int) any { return js.Undefined }
	}
	rest := path[1:]
	if len(rest) == 0 {
		return c.at
	}
	return func(i int) any {
		v := c.at(i)
		for _, key := range rest {
			v = expr.Member(v, key)
		}
		return v
	}
}

// vector returns the values of a field.
func (t *table) vector(field string) *vector {
	path := fieldPath(field)
	if c, ok := t.exact(field, path); ok {
		return c
	}
	if c, ok := t.cols[path[0]]; ok && len(path) == 1 {
		return c
	}
	read := t.reader(field)
	all := make([]any, t.n)
	for i := range all {
		all[i] = read(i)
	}
	return boxedVector(all)
}

// column returns the values of a field, boxed.
func (t *table) column(field string) []any { return t.vector(field).list() }

// key is a value as part of a map's key: values of different types differ.
func key(v any) string {
	switch v := v.(type) {
	case string:
		return "s" + v
	case float64:
		return "n" + strconv.FormatFloat(v, 'g', -1, 64)
	case js.Date:
		return "n" + strconv.FormatFloat(float64(v), 'g', -1, 64)
	}
	return "o" + js.String(v)
}

// group is the rows that agree in some columns.
type group struct {
	rows []int
}

// groups returns the groups of rows of equal values, in the order of their
// first rows. Without columns all rows are one group, and none if there are
// none.
func (t *table) groups(columns []*vector) []group {
	if len(columns) == 0 {
		if t.n == 0 {
			return nil
		}
		all := group{rows: make([]int, t.n)}
		for i := range all.rows {
			all.rows[i] = i
		}
		return []group{all}
	}
	codes, n := columns[0].coded()
	for _, c := range columns[1:] {
		more, kinds := c.coded()
		codes, n = pairKinds(codes, n, more, kinds)
	}
	return gathered(codes, n)
}

// firstRows are the first rows of groups.
func firstRows(groups []group) []int {
	rows := make([]int, len(groups))
	for i, g := range groups {
		rows[i] = g.rows[0]
	}
	return rows
}

// distinct is the number of different values.
func distinct(values []any) int {
	_, n := boxedVector(values).coded()
	return n
}
