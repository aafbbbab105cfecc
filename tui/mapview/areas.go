package mapview

import (
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// area is a polygon that lies on the ground, with holes.
type area struct {
	rings    [][]spot
	lo, hi   spot
	fill     cell.RGB
	alpha    float64
	line     cell.RGB
	lineness float64
	width    float64
}

// newAreas makes the flat polygons of a layer.
func newAreas(l *deck.Layer, opacity float64) (out []area) {
	if l.Extruded {
		return nil
	}
	for i := range l.Polygons {
		c := &l.Polygons[i]
		a := area{}
		for _, r := range c.Rings {
			a.rings = append(a.rings, spotsOf(r))
		}
		a.lo, a.hi = boxOf(a.rings[0])
		if l.Filled {
			a.fill, a.alpha = paint(c.Fill, opacity)
		}
		if c.Outlined {
			a.line, a.lineness = paint(c.Line, opacity)
			a.width = unitsOf(l.Line, c.LineWidth, c.Rings[0][0].Lat)
		}
		out = append(out, a)
	}
	return out
}

// clipped are the rings of an area in samples, in b's buffers.
func (b *brush) clipped(a *area) [][]canvas.Vec {
	b.rings, b.ring = b.rings[:0], b.ring[:0]
	total := 0
	for _, r := range a.rings {
		total += 2*len(r) + 2
	}
	if cap(b.ring) < total {
		b.ring = make([]canvas.Vec, 0, total)
	}
	for _, r := range a.rings {
		from := len(b.ring)
		b.ring = b.clipRing(b.ring, r)
		if out := b.ring[from:]; len(out) >= 3 {
			b.rings = append(b.rings, out)
		}
	}
	return b.rings
}

func (b *brush) paintAreas(f *Frame, i int) {
	l := &f.Scene.layers[i]
	for k := range l.areas {
		a := &l.areas[k]
		if !b.visible(a.lo, a.hi) {
			continue
		}
		rings := b.clipped(a)
		picked := f.is(i, Area, k)
		if a.alpha > 0 {
			b.raster.Polygon(rings, a.fill, a.alpha)
		}
		if a.lineness == 0 && !picked {
			continue
		}
		c, alpha, width := a.line, a.lineness, max(b.pixelsOf(l.of.Line, a.width)*b.k, 1)
		if picked {
			c, alpha, width = f.Look.picked, 1, max(width, 3)
		}
		for _, r := range rings {
			b.outline(r, width, c, alpha)
		}
	}
}

// areaAt finds the last area that a pixel lies in; -1 = none.
func (b finder) areaAt(l *layer, px canvas.Vec) int {
	at := b.sample(px)
	for i := len(l.areas) - 1; i >= 0; i-- {
		if !b.visible(l.areas[i].lo, l.areas[i].hi) {
			continue
		}
		in := false
		for _, r := range b.clipped(&l.areas[i]) {
			in = in != inside(at, r)
		}
		if in {
			return i
		}
	}
	return -1
}

// plainAreas draws the outlines of areas in dots.
func (b plain) plainAreas(f *Frame, i int, free func(x, y int) bool) {
	l := &f.Scene.layers[i]
	for k := range l.areas {
		a := &l.areas[k]
		if !b.visible(a.lo, a.hi) {
			continue
		}
		c, z := cell.Readable(a.fill, f.Look.halo, 3), zMark
		if f.is(i, Area, k) {
			c, z = f.Look.picked, zPicked
		}
		for _, r := range b.clipped(a) {
			b.dotRing(r, c, z, free)
		}
	}
}
