package mapview

import (
	"github.com/authtabs/tabgate/data/land"
	"github.com/authtabs/tabgate/tui/canvas"
)

// outlines are the rings of land that are seen.
func (b *brush) outlines(f *Frame, visit func(r *land.Ring, shift float64)) {
	rings := b.nearby(f.View.Zoom)
	for i := range rings {
		if r := &rings[i]; r.Hi.X+r.shift >= b.lo.x && r.Lo.X+r.shift <= b.hi.x && r.Hi.Y >= b.lo.y && r.Lo.Y <= b.hi.y {
			visit(&r.Ring, r.shift)
		}
	}
}

// paintLand fills the rings of the land, cut to what is seen.
func (b *brush) paintLand(f *Frame) {
	if f.Ground.covers(&b.projection) {
		return
	}
	b.rings, b.ring = b.rings[:0], b.ring[:0]
	var ends []int
	b.outlines(f, func(r *land.Ring, shift float64) {
		b.spots = b.cut(r.Points, shift)
		b.ring = b.clipRing(b.ring, b.spots)
		ends = append(ends, len(b.ring))
	})
	from := 0
	for _, end := range ends {
		if end-from >= 3 {
			b.rings = append(b.rings, b.ring[from:end])
		}
		from = end
	}
	b.raster.Polygon(b.rings, f.Look.land, 1)
}

// cut is a ring cut at the box that is seen: what lies outside is moved onto
// its border, side by side (Sutherland-Hodgman).
func (b *brush) cut(points []land.Point, shift float64) []spot {
	in := b.cuts[0][:0]
	for _, p := range points {
		in = append(in, spot{p.X + shift, p.Y})
	}
	out := b.cuts[1][:0]
	for side := range 4 {
		out = out[:0]
		if len(in) == 0 {
			break
		}
		last := in[len(in)-1]
		lastIn := b.inside(last, side)
		for _, s := range in {
			is := b.inside(s, side)
			if is != lastIn {
				out = append(out, b.cross(last, s, side))
			}
			if is {
				out = append(out, s)
			}
			last, lastIn = s, is
		}
		in, out = out, in
	}
	b.cuts[0], b.cuts[1] = in, out
	return in
}

// inside reports whether a place is on the inner side of a border of the box:
// west, east, south, north.
func (b *brush) inside(s spot, side int) bool {
	switch side {
	case 0:
		return s.x >= b.lo.x
	case 1:
		return s.x <= b.hi.x
	case 2:
		return s.y >= b.lo.y
	}
	return s.y <= b.hi.y
}

// cross is where a line crosses a border of the box.
func (b *brush) cross(from, to spot, side int) spot {
	switch side {
	case 0, 1:
		x := b.lo.x
		if side == 1 {
			x = b.hi.x
		}
		return spot{x, from.y + (to.y-from.y)*(x-from.x)/(to.x-from.x)}
	}
	y := b.lo.y
	if side == 3 {
		y = b.hi.y
	}
	return spot{from.x + (to.x-from.x)*(y-from.y)/(to.y-from.y), y}
}

// coast visits the pieces of the shore that are seen, in pixels.
func (b *brush) coast(f *Frame, visit func(from, to canvas.Vec)) {
	if f.Ground.covers(&b.projection) {
		return
	}
	b.outlines(f, func(r *land.Ring, shift float64) {
		for i := 1; i < len(r.Points); i++ {
			p, q := r.Points[i-1], r.Points[i]
			from, to := spot{p.X + shift, p.Y}, spot{q.X + shift, q.Y}
			if !b.touches(from, to) || !land.Coast(p, q) || f.Ground.holds(p) && f.Ground.holds(q) {
				continue
			}
			a, da := b.cam.project(from.x, from.y, 0)
			z, dz := b.cam.project(to.x, to.y, 0)
			if da > b.cam.near && dz > b.cam.near {
				visit(a, z)
			}
		}
	})
}

// touches reports whether the box around a line meets the box that is seen.
func (b *brush) touches(p, q spot) bool {
	return max(p.x, q.x) >= b.lo.x && min(p.x, q.x) <= b.hi.x && max(p.y, q.y) >= b.lo.y && min(p.y, q.y) <= b.hi.y
}

// paintShore draws the shore: in pixels where they are as fine as dots, else as
// dots where keep allows it.
func (b *brush) paintShore(f *Frame, keep func(x, y int) bool) {
	if f.Look.mode == canvas.Octant {
		b.coast(f, func(from, to canvas.Vec) {
			b.path = append(b.path[:0], b.sample(from), b.sample(to))
			b.raster.Stroke(b.path, 2, f.Look.coast, 0.8)
		})
		return
	}
	b.coast(f, func(from, to canvas.Vec) { b.dots.LineWhere(b.dotAt(from), b.dotAt(to), f.Look.coast, zCoast, keep) })
}
