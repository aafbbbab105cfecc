package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// builder makes the instances of views.
type builder struct {
	*transformer
	tables map[*js.Object]*table // of views, after their transforms
}

// instance is a view with its data. A facet has an instance of its view for
// each cell.
type instance struct {
	n        node
	kind     string // unit, layer, facet, concat
	parent   *instance
	children []*instance
	place    int // among the parent's children

	wide  *table // after transforms, of all cells of a facet
	table *table // of this cell
	keys  []facetKey

	unit    *unit
	headers []Header
	empty   bool
	columns int // of a concat

	width, height float64
	groups        map[string]*scaleGroup // of scales that this view owns
}

func (c builder) build(n node, parent *instance, keys []facetKey) *instance {
	in := &instance{n: n, parent: parent, keys: keys, groups: map[string]*scaleGroup{}}
	if r := n.child("resolve"); r.ok() {
		for _, name := range []string{"x", "y"} {
			if n.has("layer") && r.child("axis").text(name) == "independent" && r.child("scale").text(name) != "independent" {
				refuse(r.at("axis."+name), "%q is not supported: the layers share the scale", "independent")
			}
		}
		for _, guide := range []string{"axis", "legend"} {
			for _, g := range []node{r.child(guide)} {
				if g.ok() {
					for _, k := range g.o.Keys {
						g.mark(k)
					}
				}
			}
		}
		if s := r.child("scale"); s.ok() {
			for _, k := range s.o.Keys {
				s.mark(k)
			}
		}
	}
	in.wide = c.tableOf(in)
	in.table = in.wide.matching(in.keys)
	switch {
	case n.has("mark"):
		in.kind = "unit"
		in.unit = newUnit(c.context, in)
	case n.has("layer"):
		in.kind = "layer"
		c.buildAll(in, "layer")
	case n.has("facet"):
		in.kind = "facet"
		c.buildCells(in)
	default:
		in.kind = "concat"
		in.columns = int(n.or("columns", 0))
		for _, name := range []string{"concat", "hconcat", "vconcat"} {
			if n.has(name) {
				c.buildAll(in, name)
			}
		}
	}
	return in
}

func (c builder) buildAll(in *instance, name string) {
	for i, child := range in.n.items(name) {
		made := c.build(child, in, in.keys)
		made.place = i
		in.children = append(in.children, made)
	}
}

// tableOf reads and transforms the data of a view, once for all cells.
func (c builder) tableOf(in *instance) *table {
	n := in.n
	t := newTable(1)
	own := n.has("data") && n.o.Values["data"] != nil
	if in.parent != nil && !own {
		t = in.parent.wide
	}
	if n.has("data") && n.o.Values["data"] == nil {
		n.get("data")
		t = newTable(1)
	}
	if done, ok := c.tables[n.o]; ok {
		if own {
			in.keys = nil
		}
		return done
	}
	if own {
		t = loader{c.context}.source(n.child("data"), c.implied(n, map[string]bool{}))
		in.keys = nil
	}
	if n.has("transform") {
		before := c.splitting
		for _, k := range in.keys {
			c.splitting = append(c.splitting, k.col)
		}
		t = c.transform(n.items("transform"), t)
		c.splitting = before
	}
	c.tables[n.o] = t
	return t
}

// matching returns the rows of a cell.
func (t *table) matching(keys []facetKey) *table {
	for _, k := range keys {
		col, ok := t.cols[k.col]
		if !ok {
			continue
		}
		want := key(k.value)
		rows := make([]int, 0, t.n)
		for i, v := range col.list() {
			if key(v) == want {
				rows = append(rows, i)
			}
		}
		t = t.gather(rows)
	}
	return t
}

// leaves returns the units below in, in order.
func (in *instance) leaves() (all []*unit) {
	if in.unit != nil {
		return []*unit{in.unit}
	}
	for _, child := range in.children {
		all = append(all, child.leaves()...)
	}
	return all
}

// plot returns the topmost layer that a unit is in: what has one rectangle.
func (in *instance) plot() *instance {
	for in.parent != nil && in.parent.kind == "layer" {
		in = in.parent
	}
	return in
}
