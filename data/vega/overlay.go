package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

// overlaid are the marks that can have points, and the area a line too.
func overlaid(kind string) bool {
	return kind == "line" || kind == "area" || kind == "trail" || kind == "rule"
}

// fromArea is a property of the overlay's mark: it piles its measure as an area
// does.
const fromArea = "\x00area"

// overlay makes layers of a line with points, or an area with a line or
// points.
func (z *normalizer) overlay(unit, mark *js.Object, kind string) *js.Object {
	point, line := z.overlays(unit, mark, kind)
	if point == nil && line == nil {
		if len(mark.Keys) > 1 {
			unit.Set("mark", copied(mark, "point", "line"))
		}
		return unit
	}
	base := copied(mark, "point", "line")
	if kind == "area" && z.areaIsOpaque(mark) {
		base.Set("opacity", 0.7)
	}
	enc := object(unit.Get("encoding"))
	first := js.NewObject()
	first.Set("mark", base)
	first.Set("encoding", copied(enc, "shape")) // the shape is the points'
	if params, ok := unit.Values["params"]; ok {
		first.Set("params", params)
	}
	layers := []any{first}
	add := func(m, def *js.Object, taken ...string) {
		for _, name := range taken {
			if v, ok := mark.Values[name]; ok {
				m.Set(name, v)
			}
		}
		over(m, def)
		if kind == "area" {
			m.Set(fromArea, true)
		}
		layer := js.NewObject()
		layer.Set("mark", m)
		layer.Set("encoding", copied(enc, "x2", "y2"))
		layers = append(layers, layer)
	}
	if line != nil {
		m := js.NewObject()
		m.Set("type", "line")
		add(m, line, "clip", "interpolate", "tension", "tooltip")
	}
	if point != nil {
		m := js.NewObject()
		m.Set("type", "point")
		m.Set("opacity", 1.0)
		m.Set("filled", true)
		add(m, point, "clip", "tooltip")
	}
	outer := copied(unit, "mark", "encoding", "params")
	outer.Set("layer", layers)
	for _, l := range layers {
		for _, side := range []string{"width", "height"} {
			if v, ok := unit.Values[side]; ok {
				l.(*js.Object).Set(side, v)
			}
		}
	}
	return outer
}

// overlays returns what the definitions of the points and the line over a mark
// are; nil where there are none.
func (z *normalizer) overlays(unit, mark *js.Object, kind string) (point, line *js.Object) {
	conf := z.c.config.child(kind)
	setting := func(name string) *js.Object {
		v, own := mark.Values[name]
		if !own && conf.ok() {
			v = conf.get(name)
		}
		switch v := v.(type) {
		case *js.Object:
			return v
		case bool:
			if v {
				return js.NewObject()
			}
		case string:
			if v == "transparent" && own && name == "point" {
				o := js.NewObject()
				o.Set("opacity", 0.0)
				return o
			}
			if v != "" {
				return js.NewObject()
			}
		}
		return nil
	}
	point = setting("point")
	_, own := mark.Values["point"]
	if shape := object(unit.Get("encoding")).Get("shape"); point == nil && !own && object(shape) != nil {
		point = js.NewObject()
	}
	if kind == "area" {
		line = setting("line")
	}
	return point, line
}

// areaIsOpaque reports whether nothing says how opaque an area is.
func (z *normalizer) areaIsOpaque(mark *js.Object) bool {
	u := &unit{c: z.c, mark: node{mark, "mark", z.c.used}, kind: "area"}
	return u.prop("opacity") == js.Undefined && u.prop("fillOpacity") == js.Undefined
}

// over sets the properties of a part's definition.
func over(m *js.Object, def any) {
	if o := object(def); o != nil {
		for _, k := range o.Keys {
			m.Set(k, o.Values[k])
		}
	}
}
