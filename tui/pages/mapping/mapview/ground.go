package mapview

import "github.com/authtabs/tabgate/tui/canvas"

// paintGround paints the water, and where the map ends, what is beyond.
func (b *brush) paintGround(f *Frame) {
	if b.insideEdge(f.Scene.edge) {
		b.raster.Clear(f.Look.water)
		return
	}
	b.raster.Clear(f.Look.beyond)
	if cap(b.ring) < 2*len(f.Scene.edge) {
		b.ring = make([]canvas.Vec, 0, 2*len(f.Scene.edge))
	}
	b.ring = b.ring[:0]
	b.ring = b.clipRing(b.ring, f.Scene.edge)
	if len(b.ring) >= 3 {
		b.raster.Convex(b.ring, f.Look.water, 1)
	}
}

// paintLand fills the rings of the land, cut at the near plane.
func (b *brush) paintLand(f *Frame) {
	b.rings = b.rings[:0]
	b.ring = b.ring[:0]
	total := 0
	for _, ring := range f.Scene.land {
		total += 2 * len(ring)
	}
	if cap(b.ring) < total {
		b.ring = make([]canvas.Vec, 0, total)
	}
	for _, ring := range f.Scene.land {
		start := len(b.ring)
		b.ring = b.clipRing(b.ring, ring)
		if out := b.ring[start:]; len(out) >= 3 {
			b.rings = append(b.rings, out)
		}
	}
	b.raster.Polygon(b.rings, f.Look.Land, 1)
}

// dotCoast draws the shore in dots where keep allows it: not where a column
// stands in front of it.
func (b *brush) dotCoast(f *Frame, keep func(x, y int) bool) {
	for _, edge := range f.Scene.coast {
		if from, to, ok := b.shore(edge); ok {
			b.dots.LineWhere(b.dotAt(from), b.dotAt(to), f.Look.coast, zCoast, keep)
		}
	}
}

// paintShore draws the shore in pixels, before what may stand in front of it.
func (b *brush) paintShore(f *Frame) {
	for _, edge := range f.Scene.coast {
		if from, to, ok := b.shore(edge); ok {
			b.path = append(b.path[:0], b.sample(from), b.sample(to))
			b.raster.Stroke(b.path, 2, f.Look.coast, 0.8)
		}
	}
}
