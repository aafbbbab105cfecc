package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

func (c *transformer) lookup(n node, t *table) *table {
	from := n.child("from")
	if from.has("param") {
		refuse(from.at("param"), "is not supported")
	}
	other := loader{c.context}.source(from.child("data"), nil)
	keys := other.column(from.text("key"))
	rows := map[string]int{}
	for i, v := range keys {
		rows[key(v)] = i
	}
	local := t.column(n.text("lookup"))
	find := func(i int) (int, bool) { r, ok := rows[key(local[i])]; return r, ok }
	var other0 any
	if v := n.get("default"); js.Bool(v) {
		other0 = v
	}
	as := n.texts("as")
	fields := from.texts("fields")
	if len(fields) == 0 {
		if len(as) != 1 {
			refuse(n.at("as"), "must name one field for the row")
		}
		col := make([]any, t.n)
		for i := range col {
			if col[i] = other0; true {
				if r, ok := find(i); ok {
					col[i] = other.row(r)
				}
			}
		}
		return t.with(as[0], col)
	}
	for j, f := range fields {
		read := other.reader(f)
		col := make([]any, t.n)
		for i := range col {
			col[i] = other0
			if r, ok := find(i); ok {
				col[i] = read(r)
			}
		}
		name := flatName(f)
		if j < len(as) {
			name = as[j]
		}
		t = t.with(name, col)
	}
	return t
}
