package vega

import (
	"github.com/authtabs/tabgate/data/vega/js"
)

func (z *normalizer) overlay(unit, mark *js.Object, kind string) *js.Object {
	setting := func(name string) any {
		if v, ok := mark.Values[name]; ok {
			return v
		}
		if conf := object(z.c.config.o.GetOr(kind)); conf != nil {
			z.c.config.mark(kind)
			if v, ok := conf.Values[name]; ok {
				node{conf, "config." + kind, z.c.used}.mark(name)
				return v
			}
		}
		return nil
	}
	point := setting("point")
	if shape := object(unit.Get("encoding")).Get("shape"); point == nil && shape != js.Undefined && shape != nil {
		point = true
	}
	var line any
	if kind == "area" {
		line = setting("line")
	}
	on := func(v any) bool { _, isObject := v.(*js.Object); return isObject || v == true || v == "transparent" }
	if !on(point) && !on(line) {
		if len(mark.Keys) > 1 {
			unit.Set("mark", copied(mark, "point", "line"))
		}
		return unit
	}
	base := copied(mark, "point", "line")
	if kind == "area" && on(line) {
		if _, ok := base.Values["opacity"]; !ok {
			base.Set("opacity", 0.7)
		}
	}
	outer := copied(unit, "mark", "encoding", "params")
	first := js.NewObject()
	first.Set("mark", base)
	enc := object(unit.Get("encoding"))
	// The overlay is piled as the mark is, and the shape of points is not its.
	first.Set("encoding", copied(enc, "shape"))
	if params, ok := unit.Values["params"]; ok {
		first.Set("params", params)
	}
	layers := []any{first}
	more := copied(enc)
	stackAs(more, enc, kind)
	interpolate := func(m *js.Object) {
		for _, name := range []string{"interpolate", "tension"} {
			if v, ok := mark.Values[name]; ok {
				m.Set(name, v)
			}
		}
	}
	if on(line) {
		m := js.NewObject()
		m.Set("type", "line")
		for _, name := range []string{"color", "clip", "tooltip"} {
			if v, ok := mark.Values[name]; ok {
				m.Set(name, v)
			}
		}
		interpolate(m)
		over(m, line)
		layer := js.NewObject()
		layer.Set("mark", m)
		layer.Set("encoding", copied(more, "shape"))
		layers = append(layers, layer)
	}
	if on(point) {
		m := js.NewObject()
		m.Set("type", "point")
		m.Set("opacity", 1.0)
		if point == "transparent" {
			m.Set("opacity", 0.0)
		}
		m.Set("filled", true)
		for _, name := range []string{"color", "clip", "tooltip"} {
			if v, ok := mark.Values[name]; ok {
				m.Set(name, v)
			}
		}
		over(m, point)
		layer := js.NewObject()
		layer.Set("mark", m)
		layer.Set("encoding", more)
		layers = append(layers, layer)
	}
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

func over(m *js.Object, def any) {
	if o := object(def); o != nil {
		for _, k := range o.Keys {
			m.Set(k, o.Values[k])
		}
	}
}

func stackAs(more, enc *js.Object, kind string) {
	if kind != "area" {
		return
	}
	for _, name := range []string{"y", "x"} {
		def := object(enc.Get(name))
		if def == nil {
			continue
		}
		if _, ok := def.Values["stack"]; ok {
			continue
		}
		stacked := copied(def)
		stacked.Set("\x00stack", true) // stacked if an area would be
		more.Set(name, stacked)
	}
}
