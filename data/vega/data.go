package vega

import (
	"math"
	"path"
	"strings"

	"github.com/authtabs/tabgate/data/vega/d3"
	"github.com/authtabs/tabgate/data/vega/js"
)

// maxRows bounds the rows that one source gives and one transform makes.
const maxRows = 5_000_000

// loader reads data.
type loader struct{ *context }

// parses are the types that fields of a source are parsed to: "number",
// "boolean", "string", "date", or date:'…' and utc:'…' with a pattern; ""
// switches the implied parsing off.
type parses map[string]string

// source reads the data property of a view.
func (c loader) source(d node, implied parses) *table {
	if t := c.generator(d); t != nil {
		return c.parse(t, implied)
	}
	format := d.child("format")
	kinds := explicitParse(format, implied)
	var rows *table
	switch {
	case d.has("values"):
		rows = c.inline(d, format, kinds)
	case d.has("url"):
		rows = c.fetched(d, format, kinds)
	case d.has("name"):
		name := d.text("name")
		v, ok := c.datasets[name]
		if !ok {
			t, err := c.opts.Named(name)
			if err != nil {
				refuse(d.at("name"), "%v", err)
			}
			rows = t
			break
		}
		rows = records(listOf(v, d.at("name")))
	default:
		refuse(d.path, "names no data")
	}
	if name := d.text("name"); name != "" && d.has("values") {
		c.datasets[name] = d.get("values")
	}
	return c.parse(rows, kinds)
}

// generator makes the rows of data.sequence; nil if there is none.
func (c loader) generator(d node) *table {
	for _, name := range []string{"graticule", "sphere"} {
		if d.has(name) {
			refuse(d.at(name), "is not supported")
		}
	}
	s := d.child("sequence")
	if !s.ok() {
		return nil
	}
	start, stop, step := s.or("start", 0), s.or("stop", 0), s.or("step", 1)
	n := math.Ceil((stop - start) / step)
	if !(n <= maxRows) {
		refuse(s.path, "makes more than %d rows", maxRows)
	}
	as := s.text("as")
	if as == "" {
		as = "data"
	}
	col := make([]any, max(0, int(n)))
	for i := range col {
		col[i] = start + float64(i)*step
	}
	return newTable(len(col)).with(as, col)
}

func (c loader) inline(d, format node, kinds parses) *table {
	switch v := d.get("values").(type) {
	case string:
		kind := format.text("type")
		if kind == "" {
			kind = "json"
		}
		return c.decoded([]byte(v), kind, format, kinds, d.at("values"))
	default:
		if kind := format.text("type"); kind == "topojson" {
			refuse(format.at("type"), `"topojson" is not supported`)
		}
		return records(listOf(property(v, format, d), d.at("values")))
	}
}

func (c loader) fetched(d, format node, kinds parses) *table {
	address := d.text("url")
	kind := format.text("type")
	if kind == "" {
		kind = strings.TrimPrefix(path.Ext(address), ".")
		if kind != "csv" && kind != "tsv" && kind != "dsv" {
			kind = "json"
		}
	}
	text, err := c.opts.Load(address)
	if err != nil {
		refuse(d.at("url"), "cannot be read: %v", err)
	}
	return c.decoded(text, kind, format, kinds, d.at("url"))
}

func (c loader) decoded(text []byte, kind string, format node, kinds parses, where string) *table {
	switch kind {
	case "json":
		v, err := decode(text)
		if err != nil {
			refuse(where, "holds %v", err)
		}
		return records(listOf(property(v, format, format), where))
	case "csv", "tsv", "dsv":
		comma := ','
		if kind == "tsv" {
			comma = '\t'
		}
		if s := format.text("delimiter"); kind == "dsv" && s != "" {
			comma = []rune(s)[0]
		}
		t, err := c.delimited(text, comma, kinds)
		if err != nil {
			refuse(where, "cannot be read: %v", err)
		}
		return t
	}
	refuse(format.at("type"), "%q is not supported", kind)
	return nil
}

// property picks a list out of JSON by format.property.
func property(v any, format, d node) any {
	for _, name := range []string{"feature", "mesh"} {
		if format.has(name) {
			refuse(format.at(name), "is not supported")
		}
	}
	if p := format.text("property"); p != "" {
		for _, name := range fieldPath(p) {
			o, ok := v.(*js.Object)
			if !ok {
				refuse(d.path, "has no property %s", p)
			}
			v = o.Get(name)
		}
	}
	return v
}

func listOf(v any, where string) []any {
	switch v := v.(type) {
	case []any:
		return v
	case *js.Object:
		return []any{v}
	case nil:
		return nil
	}
	if v == js.Undefined {
		refuse(where, "has no rows")
	}
	return []any{v}
}

// explicitParse merges format.parse into the implied types.
func explicitParse(format node, implied parses) parses {
	v := format.get("parse")
	if v == nil { // null: nothing is parsed
		return nil
	}
	p := format.child("parse")
	if !p.ok() {
		return implied
	}
	all := parses{}
	for f, kind := range implied {
		all[f] = kind
	}
	for _, f := range p.o.Keys {
		kind, _ := p.get(f).(string)
		all[f] = kind
	}
	return all
}

// parse converts the fields of a table.
func (c loader) parse(t *table, p parses) *table {
	for field, kind := range p {
		path := fieldPath(field)
		col, ok := t.cols[path[0]]
		if !ok || len(path) > 1 || kind == "" {
			continue
		}
		convert := c.converter(kind)
		if convert == nil {
			refuse("data.format.parse", "%q is not supported", kind)
		}
		if col.parsed(kind) {
			continue
		}
		out := make([]any, t.n)
		for i, v := range col.list() {
			if v == nil || v == js.Undefined || v == "" {
				out[i] = nil
				continue
			}
			out[i] = convert(v)
		}
		t = t.with(path[0], out)
	}
	return t
}

// parsed reports whether the values are of a kind already.
func (v *vector) parsed(kind string) bool {
	switch {
	case kind == "date":
		return v.typed() && v.dates
	case kind == "number":
		return v.typed() && !v.dates
	}
	return false
}

func (c loader) converter(kind string) func(any) any {
	switch kind {
	case "number":
		return func(v any) any { return js.Number(v) }
	case "boolean":
		return func(v any) any { return v != "false" && v != "0" && js.Bool(v) }
	case "string":
		return func(v any) any { return js.String(v) }
	case "date":
		return func(v any) any { return js.ToDate(v, c.zone) }
	}
	for prefix, zone := range map[string]bool{"date:": false, "utc:": true} {
		pattern, ok := strings.CutPrefix(kind, prefix)
		if !ok {
			continue
		}
		if len(pattern) > 1 && (pattern[0] == '\'' || pattern[0] == '"') {
			pattern = pattern[1 : len(pattern)-1]
		}
		where := c.zone
		if zone {
			where = utc
		}
		return func(v any) any { return js.Date(d3.ParseTime(pattern, js.String(v), where)) }
	}
	return nil
}
