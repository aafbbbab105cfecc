package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// maxViews bounds the views that a specification makes by layers and repeats.
const maxViews = 1000

// normalize rewrites a specification so that what follows need not know its
// short forms: a mark is an object, row, column and facet of an encoding are a
// facet, overlays and composite marks are layers, a repeat is a list of views,
// and each view has the whole encoding that it inherits.
func (c *context) normalize(root node) *js.Object {
	top := copied(root.o, "config", "datasets")
	n := &normalizer{c: c}
	return n.view(node{top, "", c.used}, nil)
}

type normalizer struct {
	c     *context
	views int
}

// copied returns o without some names.
func copied(o *js.Object, without ...string) *js.Object {
	out := js.NewObject()
	for _, k := range o.Keys {
		skip := false
		for _, w := range without {
			skip = skip || k == w
		}
		if !skip {
			out.Set(k, o.Values[k])
		}
	}
	return out
}

// view normalizes one view; encoding is what it inherits.
func (z *normalizer) view(n node, encoding *js.Object) *js.Object {
	if z.views++; z.views > maxViews {
		refuse(n.path, "makes more than %d views", maxViews)
	}
	switch {
	case n.has("layer"):
		return z.layer(n, encoding)
	case n.has("facet") && n.has("spec"):
		out := copied(n.o)
		out.Set("spec", z.view(n.child("spec"), nil))
		return out
	case n.has("repeat"):
		return z.repeat(n, encoding)
	case n.has("concat"), n.has("hconcat"), n.has("vconcat"):
		out := copied(n.o)
		for _, name := range []string{"concat", "hconcat", "vconcat"} {
			if n.has(name) {
				out.Set(name, z.views2(n.items(name), nil))
			}
		}
		return out
	case n.has("mark"):
		return z.unit(n, encoding)
	}
	refuse(n.path, "has no mark, layer, facet, concat or repeat")
	return nil
}

func (z *normalizer) views2(items []node, encoding *js.Object) []any {
	list := make([]any, len(items))
	for i, item := range items {
		list[i] = z.view(item, encoding)
	}
	return list
}

// merged puts a view's encoding over the one that it inherits.
func merged(parent, own *js.Object) *js.Object {
	if parent == nil {
		if own == nil {
			return js.NewObject()
		}
		return copied(own)
	}
	out := copied(parent)
	if own == nil {
		return out
	}
	for _, name := range own.Keys {
		mine, isObject := own.Values[name].(*js.Object)
		theirs, inherits := parent.Values[name].(*js.Object)
		if !isObject || !inherits {
			out.Set(name, own.Values[name])
			continue
		}
		_, field := mine.Values["field"]
		_, datum := mine.Values["datum"]
		_, aggregate := mine.Values["aggregate"]
		if !field && !datum && !aggregate {
			if _, value := mine.Values["value"]; value {
				out.Set(name, mine)
				continue
			}
		}
		both := copied(theirs)
		for _, k := range mine.Keys {
			both.Set(k, mine.Values[k])
		}
		out.Set(name, both)
	}
	return out
}

func object(v any) *js.Object {
	o, _ := v.(*js.Object)
	return o
}

func (z *normalizer) layer(n node, encoding *js.Object) *js.Object {
	enc := merged(encoding, object(n.o.Get("encoding")))
	if f := facetOf(enc); f != nil {
		inner := copied(n.o, "encoding", "data", "transform", "title", "resolve")
		inner.Set("encoding", copied(enc, "row", "column", "facet"))
		return z.facet(n, enc, f, inner)
	}
	out := copied(n.o, "encoding")
	var list []any
	for _, child := range n.items("layer") {
		made := z.view(child, enc)
		// The size of a layer is its children's too.
		for _, side := range []string{"width", "height"} {
			if v, ok := n.o.Values[side]; ok && v != 0.0 { // as Streamlit writes what is not decided
				if _, own := made.Values[side]; !own {
					made.Set(side, v)
				}
			}
		}
		list = append(list, made)
	}
	out.Set("layer", list)
	return out
}

// facetOf returns the facet of an encoding: {row, column} or a definition;
// nil if it has none.
func facetOf(enc *js.Object) *js.Object {
	if f := object(enc.Get("facet")); f != nil {
		return f
	}
	out := js.NewObject()
	for _, name := range []string{"row", "column"} {
		if f := object(enc.Get(name)); f != nil {
			out.Set(name, f)
		}
	}
	if len(out.Keys) == 0 {
		return nil
	}
	return out
}

// overlaidPlain reports whether a mark stays one mark.
func overlaidPlain(mark *js.Object, kind string) bool {
	return isMark(kind) && len(copied(mark, "point", "line").Keys) == len(mark.Keys)
}

// facet makes a facet of a view that has row, column or facet in its encoding.
func (z *normalizer) facet(n node, enc, f, inner *js.Object) *js.Object {
	out := js.NewObject()
	for _, k := range []string{"data", "transform", "title", "resolve", "name", "params"} {
		if v, ok := n.o.Values[k]; ok && k != "params" {
			out.Set(k, v)
		}
	}
	out.Set("facet", f)
	if columns, ok := f.Values["columns"]; ok {
		out.Set("columns", columns)
	}
	out.Set("spec", z.view(node{inner, n.path, n.used}, nil))
	return out
}

func (z *normalizer) unit(n node, encoding *js.Object) *js.Object {
	enc := merged(encoding, object(n.o.Get("encoding")))
	if f := facetOf(enc); f != nil {
		inner := copied(n.o, "encoding", "data", "transform", "title", "resolve")
		inner.Set("encoding", copied(enc, "row", "column", "facet"))
		return z.facet(n, enc, f, inner)
	}
	mark := object(n.o.Get("mark"))
	if mark == nil {
		text, ok := n.o.Get("mark").(string)
		if !ok {
			refuse(n.at("mark"), "must be text or an object")
		}
		mark = js.NewObject()
		mark.Set("type", text)
	}
	kind, _ := mark.Get("type").(string)
	out := copied(n.o)
	out.Set("mark", mark)
	out.Set("encoding", enc)
	if r := n.child("resolve"); r.ok() && !overlaidPlain(mark, kind) {
		for _, name := range []string{"x", "y"} {
			if r.child("scale").text(name) == "independent" {
				refuse(r.at("scale."+name), "%q is not supported: the parts of a mark share it", "independent")
			}
		}
	}
	switch kind {
	case "boxplot", "errorbar", "errorband":
		return z.composite(node{out, n.path, n.used}, kind)
	}
	if overlaid(kind) {
		return z.overlay(out, mark, kind)
	}
	return out
}
