package vega

import (
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// facetKey is a condition that a cell's rows meet.
type facetKey struct {
	col   string
	value any
}

type facetChannel struct {
	ch     *channel
	name   string // row, column or facet
	n      node
	values []any
}

// buildCells makes an instance of the facet's view for each of its cells.
func (c builder) buildCells(in *instance) {
	def := in.n.child("facet")
	var split []*facetChannel
	if def.has("row") || def.has("column") {
		for _, name := range []string{"row", "column"} {
			if f := def.child(name); f.ok() {
				split = append(split, c.facetChannel(in, name, f))
			}
		}
	} else {
		split = append(split, c.facetChannel(in, "facet", def))
	}
	in.columns = int(in.n.or("columns", 0))
	for _, n := range []node{in.n, def} {
		n.mark("columns")
	}
	place := 0
	var cross func(i int, keys []facetKey, headers []Header)
	cross = func(i int, keys []facetKey, headers []Header) {
		if i == len(split) {
			child := c.build(in.n.child("spec"), in, append(slices.Clone(in.keys), keys...))
			child.headers = headers
			child.empty = in.wide.matching(keys).n == 0
			child.place = place
			place++
			in.children = append(in.children, child)
			if len(in.children) > 10*maxViews {
				refuse(def.path, "makes more than %d cells", 10*maxViews)
			}
			return
		}
		f := split[i]
		for _, v := range f.values {
			h := Header{Channel: f.name, Label: c.headerLabel(f, v)}
			h.Title, h.NoTitle = c.headerTitle(f)
			if len(split) == 1 && f.n.has("header") && f.n.o.Values["header"] == nil {
				h.Channel = "facet"
			}
			cross(i+1, append(slices.Clone(keys), facetKey{f.ch.col, v}), append(slices.Clone(headers), h))
		}
	}
	cross(0, nil, nil)
}

func (c builder) facetChannel(in *instance, name string, n node) *facetChannel {
	ch := c.channelOf(name, n, "")
	if !ch.isField() {
		refuse(n.path, "names no field")
	}
	if ch.op != "" {
		refuse(n.at("aggregate"), "is not supported")
	}
	for _, cosmeticOnly := range []string{"columns", "spacing", "align", "center", "bounds"} {
		n.mark(cosmeticOnly)
	}
	if s := object(n.o.Get("sort")); s != nil && s.Get("field") != js.Undefined && s.Get("op") == js.Undefined {
		refuse(n.at("sort"), "needs an op")
	}
	if ch.binned && (ch.bin.has("anchor") || ch.bin.has("nice") || ch.bin.has("minstep")) {
		refuse(ch.bin.path, "with anchor, nice or minstep is not supported")
	}
	f := &facetChannel{ch: ch, name: name, n: n}
	if ch.binned {
		ch.bins = binOf(ch.bin, in.wide.vector(ch.field), 6)
		read := in.wide.reader(ch.field)
		starts, ends := make([]any, in.wide.n), make([]any, in.wide.n)
		for i := range starts {
			starts[i] = ch.bins.bin(read(i))
			ends[i] = ch.bins.end(starts[i])
		}
		in.wide = in.wide.with(ch.col, starts).with(ch.end, ends)
	} else if ch.unit != nil {
		in.wide = c.withTimeUnit(in.wide, ch.unit, ch.field, ch.col)
		if undated(in.wide, ch) {
			refuse(n.at("timeUnit"), "cuts values that are no dates")
		}
	} else if _, ok := in.wide.cols[ch.col]; !ok {
		in.wide = in.wide.withVector(ch.col, in.wide.vector(ch.col))
	}
	if f.values = c.sortedValues(ch, in.wide, in.wide, in.wide, nil); ch.binned {
		f.values = slices.DeleteFunc(f.starts(), func(v any) bool { return !js.IsValid(v) || math.IsInf(js.Number(v), 0) })
	}
	return f
}

// starts are the starts of the bins that the facet splits by, in order.
func (f *facetChannel) starts() []any {
	var out []any
	for _, e := range f.ch.bins.edges()[:max(0, len(f.ch.bins.edges())-1)] {
		out = append(out, e)
	}
	if s, _ := f.n.o.Get("sort").(string); s == "descending" {
		slices.Reverse(out)
	}
	return out
}

func (c builder) headerTitle(f *facetChannel) (string, bool) {
	header := f.n.child("header")
	if f.n.has("header") && !header.ok() {
		return "", true
	}
	title, given := c.titleOf(f.ch, header)
	for _, group := range []string{"header", "headerRow", "headerColumn", "headerFacet"} {
		if g := c.config.child(group); g.has("title") && !given {
			if v, ok := g.get("title").(string); ok {
				title = v
			} else {
				title = ""
			}
		}
	}
	return title, title == ""
}

// headerSetting is a property of a facet's header: its own, or of the
// configuration.
func (c builder) headerSetting(f *facetChannel, header node, name string) any {
	kind := "header" + strings.ToUpper(f.name[:1]) + f.name[1:]
	for _, n := range []node{header, c.config.child(kind), c.config.child("header")} {
		if n.has(name) {
			return n.get(name)
		}
	}
	return js.Undefined
}

func (c builder) headerLabel(f *facetChannel, v any) string {
	header := f.n.child("header")
	if header.ok() {
		header.mark("labelAngle")
		header.mark("labelOrient")
		header.mark("orient")
		if header.has("titleOrient") {
			refuse(header.at("titleOrient"), "is not supported")
		}
		if !header.flag("labels", true) {
			return ""
		}
	}
	setting := func(name string) any { return c.headerSetting(f, header, name) }
	checkFormat(f.ch, setting, "header")
	format, _ := setting("format").(string)
	label := c.valueText(f.ch, v, format)
	if header.ok() && header.has("labelExpr") {
		// Vega-Lite puts its expression for the label in the place of the name,
		// without brackets: what stands beside it binds tighter.
		expr := header.text("labelExpr")
		if format == "" && f.ch.unit == nil && f.ch.typ != temporal && !f.ch.binned {
			expr = strings.ReplaceAll(expr, "datum.label", `isValid(datum.value) ? datum.value : "" + datum.value`)
		}
		t := newTable(1).with("value", []any{v}).with("label", []any{label})
		label = js.String(c.eval(c.expression(expr, header.at("labelExpr")), t)(0))
	}
	return label
}
