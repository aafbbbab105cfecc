package deck

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega/js"
)

// part is one point, line or polygon of a geometry.
type part struct {
	kind  string // Point, LineString, Polygon
	rings [][]Place
}

// parts takes a geometry apart. Fault is why it cannot be drawn.
func parts(geometry any, depth int) (out []part, fault string) {
	g, ok := geometry.(*js.Object)
	if !ok || depth > 20 {
		return nil, noPosition
	}
	kind, _ := g.Get("type").(string)
	if kind == "GeometryCollection" {
		list, _ := g.Get("geometries").([]any)
		for _, one := range list {
			more, fault := parts(one, depth+1)
			if fault != "" {
				return nil, fault
			}
			out = append(out, more...)
		}
		if len(out) == 0 {
			return nil, noPosition
		}
		return out, ""
	}
	coordinates, _ := g.Get("coordinates").([]any)
	if len(coordinates) == 0 {
		return nil, noPosition
	}
	single, multi := strings.CutPrefix(kind, "Multi")
	if !multi {
		p, fault := one(single, coordinates)
		return []part{p}, fault
	}
	for _, c := range coordinates {
		p, fault := one(single, c)
		if fault != "" {
			return nil, fault
		}
		out = append(out, p)
	}
	return out, ""
}

// one reads a geometry that is not of several.
func one(kind string, coordinates any) (p part, fault string) {
	p.kind = kind
	var ring []Place
	switch kind {
	case "Point":
		var at Place
		at, fault = place(coordinates)
		p.rings = [][]Place{{at}}
	case "LineString":
		ring, fault = places(coordinates, 1)
		p.rings = [][]Place{ring}
	case "Polygon":
		list, _ := coordinates.([]any)
		if len(list) == 0 {
			return p, noPosition
		}
		for _, l := range list {
			if ring, fault = places(l, 1); fault != "" {
				return p, fault
			}
			p.rings = append(p.rings, open(ring))
		}
	default:
		return p, noPosition
	}
	return p, fault
}

// geometry finds all places of a feature.
func (b *builder) geometry() func(row any) ([]Place, string) {
	return func(row any) ([]Place, string) {
		o, _ := row.(*js.Object)
		list, fault := parts(o.GetOr("geometry"), 0)
		var all []Place
		for _, p := range list {
			for _, ring := range p.rings {
				all = append(all, ring...)
			}
		}
		return all, fault
	}
}

// features makes the polygons, lines and points of GeoJSON.
func (b *builder) features(at [][]Place) {
	a := b.area()
	radius := b.accessor("getPointRadius", 1.0)
	if _, ok := b.get("getRadius"); ok {
		radius = b.accessor("getRadius", 1.0)
	}
	b.l.Radius, b.l.Width = b.size("pointRadius", "meters"), b.l.Line
	kind := b.word("pointType", "circle")
	for _, k := range strings.Split(kind, "+") {
		if k != "circle" {
			b.fail("pointType", "%.40q is not supported: circle", kind)
		}
	}
	stroked := b.truth("stroked", true)
	for i := range at {
		row, it := b.row(i), b.item(i)
		list, _ := parts(row.(*js.Object).Get("geometry"), 0)
		for _, p := range list {
			switch p.kind {
			case "Polygon":
				shape := b.polygon(a, it, row, p.rings)
				shape.Feature = true
				b.l.Polygons = append(b.l.Polygons, shape)
			case "LineString":
				b.l.Paths = append(b.l.Paths, Path{Item: it, Points: p.rings[0], Color: color(a.line.call(row)), Width: value(a.width.call(row), 1), Feature: true})
			default:
				b.l.Circles = append(b.l.Circles, Circle{it, p.rings[0][0], value(radius.call(row), 1), color(a.fill.call(row)), color(a.line.call(row)), value(a.width.call(row), 1)})
			}
		}
	}
	b.l.Stroked = stroked
}
