package vega

import (
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

type unit struct {
	c    *context
	in   *instance
	n    node
	mark node
	kind string // of the mark: bar, line, point, …

	channels map[string]*channel
	detail   []*channel
	order    []*channel

	wasArea  bool // it is a line in the place of an area
	ofArea   bool // it is the line or the points over an area
	vertical bool // the orientation of bars, areas, lines, rules and ticks
	oriented bool

	wide *table // with bins and units of time, of all cells of a facet
	raw  *table // the same of this cell
	main *table // aggregated, imputed, stacked, without invalid rows
	full *table // the same with hidden series; nil if none are hidden
	kept *table // raw without them; nil likewise

	stack *stacking
}

// stacking is how a measure is piled.
type stacking struct {
	channel    string // x, y, theta or radius
	offset     string // zero, normalize or center
	start, end string
	by         []*channel
}

// markKinds are the marks that can be drawn.
var markKinds = []string{"bar", "line", "area", "point", "circle", "square", "tick", "rect", "rule", "text", "trail", "arc"}

// channelNames are the channels that can be drawn, and those that do not
// change a picture.
var channelNames = []string{
	"x", "y", "x2", "y2", "xOffset", "yOffset", "theta", "theta2", "radius", "radius2", "color", "fill", "stroke",
	"opacity", "fillOpacity", "strokeOpacity", "strokeWidth", "strokeDash", "size", "angle", "shape", "text", "tooltip", "href",
	"url", "description", "key",
}

// drawnBy are the marks of the channels that not all marks have.
var drawnBy = map[string][]string{
	"size":       {"point", "tick", "rule", "circle", "square", "bar", "text", "line", "trail"},
	"strokeDash": {"line", "point", "tick", "rule", "bar"},
	"shape":      {"point"},
	"text":       {"text"},
	"angle":      {"point", "square", "text"},
	"theta":      {"arc", "text"},
	"theta2":     {"arc", "text"},
	"radius":     {"arc", "text"},
	"radius2":    {"arc", "text"},
}

func newUnit(c *context, in *instance) *unit {
	u := &unit{c: c, in: in, n: in.n, channels: map[string]*channel{}}
	u.mark = u.n.child("mark")
	u.kind = u.mark.text("type")
	if c.lines && u.kind == "area" {
		u.kind, u.wasArea = "line", true
	}
	if !slices.Contains(markKinds, u.kind) {
		refuse(u.mark.path, "%q is not supported", u.kind)
	}
	for _, refused := range []string{"projection"} {
		if u.n.has(refused) {
			refuse(u.n.at(refused), "is not supported")
		}
	}
	enc := u.n.child("encoding")
	if enc.ok() {
		for _, name := range enc.o.Keys {
			u.encode(enc, name)
		}
	}
	u.orient()
	checkBands(u)
	return u
}

// encode reads one channel of the encoding.
func (u *unit) encode(enc node, name string) {
	if enc.o.Values[name] == nil {
		enc.get(name)
		return
	}
	switch name {
	case "tooltip", "href", "url", "description", "key":
		if name == "url" {
			refuse(enc.at(name), "is not supported")
		}
		enc.get(name)
		u.inert(enc, name)
		return
	case "detail", "order":
		u.several(enc, name)
		return
	}
	if !slices.Contains(channelNames, name) {
		refuse(enc.at(name), "is not supported")
	}
	ch := u.c.channelOf(name, enc.child(name), u.kind)
	if kinds := drawnBy[name]; kinds != nil && !slices.Contains(kinds, u.kind) && !(u.kind == "line" && u.wasArea) {
		refuse(enc.at(name), "is not for the mark %s", u.kind)
	}
	if strings.HasSuffix(name, "Offset") {
		if ch.op != "" {
			refuse(ch.n.at("aggregate"), "is not supported")
		}
		if v, ok := ch.n.o.Values["scale"]; ok && v == nil {
			refuse(ch.n.at("scale"), "must be an object")
		}
	}
	if !ch.isField() && !ch.hasDatum && !ch.hasValue && ch.conditions == nil {
		for _, k := range ch.own.o.Keys { // it says how, but not what
			ch.own.mark(k)
		}
		u.c.whole(ch.own.o)
		return
	}
	u.channels[name] = ch
}

// whole remembers that all of a value was read.
func (c *context) whole(v any) {
	switch v := v.(type) {
	case *js.Object:
		for _, k := range v.Keys {
			node{v, "", c.used}.mark(k)
			c.whole(v.Values[k])
		}
	case []any:
		for _, e := range v {
			c.whole(e)
		}
	}
}

// inert marks a channel that changes no picture, unless it has an aggregate:
// that decides whether rows are put together.
func (u *unit) inert(enc node, name string) {
	list := []node{}
	if _, ok := enc.o.Values[name].([]any); ok {
		list = enc.items(name)
	} else if n := enc.child(name); n.ok() {
		list = append(list, n)
	}
	for _, n := range list {
		ch := u.c.channelOf(name, n, u.kind)
		for _, k := range n.o.Keys {
			n.mark(k)
		}
		if ch.isField() {
			ch.name = name
			u.detail = append(u.detail, ch)
		}
	}
}

// several reads detail or order, which may be lists.
func (u *unit) several(enc node, name string) {
	var list []node
	if _, ok := enc.o.Values[name].([]any); ok {
		list = enc.items(name)
	} else {
		list = []node{enc.child(name)}
	}
	for _, n := range list {
		ch := u.c.channelOf(name, n, u.kind)
		if name == "order" {
			n.get("sort")
			u.order = append(u.order, ch)
			continue
		}
		u.detail = append(u.detail, ch)
	}
}

func (u *unit) fields() []*channel {
	var all []*channel
	for _, name := range channelNames {
		if ch := u.channels[name]; ch != nil && ch.isField() {
			all = append(all, ch)
		}
	}
	for _, ch := range append(append([]*channel{}, u.detail...), u.order...) {
		if ch.isField() {
			all = append(all, ch)
		}
	}
	return all
}

func (u *unit) has(name string) bool { return u.channels[name] != nil }

// prepare makes the main table of the unit.
func (u *unit) prepare() {
	u.wide = u.withParts(u.in.wide, u.in.wide)
	u.raw = u.wide
	if u.in.table != u.in.wide {
		u.raw = u.withParts(u.in.table, u.in.wide)
	}
	u.c.alive()
	u.main = finished(u, u.raw)
	if kept := unhidden(u, u.raw); kept != u.raw {
		u.full, u.kept, u.main = u.main, kept, finished(u, kept)
	}
}

// finished aggregates, imputes and stacks rows, and leaves out invalid ones.
func finished(u *unit, t *table) *table {
	t = u.aggregated(t)
	t = u.imputed(t)
	t = stacker{u}.piled(t)
	return u.valid(t)
}
