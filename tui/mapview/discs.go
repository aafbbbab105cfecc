package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// disc is a circle that lies on the ground.
type disc struct {
	at       spot
	radius   float64 // units of common space, or pixels
	fill     cell.RGB
	alpha    float64
	line     cell.RGB
	lineness float64 // alpha of the line
	width    float64 // of the line, as radius
}

func newDiscs(l *deck.Layer, opacity float64) []disc {
	out := make([]disc, len(l.Circles))
	for i := range l.Circles {
		c := &l.Circles[i]
		d := disc{at: spotOf(c.At), radius: unitsOf(l.Radius, c.Radius, c.At.Lat)}
		if l.Filled {
			d.fill, d.alpha = paint(c.Fill, opacity)
		}
		if l.Stroked {
			d.line, d.lineness = paint(c.Line, opacity)
			d.width = unitsOf(l.Line, c.LineWidth, c.At.Lat)
		}
		out[i] = d
	}
	return out
}

// leastCells is the least radius of a circle, in cells, and smallCells that
// below which it is drawn as dots.
const leastCells, smallCells = 0.5, 0.8

// reach is the radius of a disc in pixels, and whether it is seen.
func (p *projection) reach(l *layer, d *disc) (float64, bool) {
	r := p.pixelsOf(l.of.Radius, d.radius)
	if r <= 0 {
		return 0, false
	}
	r = max(r, leastCells*p.cam.w/float64(p.area.W)) // a dot that nobody sees is none
	return r, p.near(d.at, r/p.cam.scale)
}

// paintDiscs blends the circles, which lie on the ground: tall columns stand out
// of them.
func (b *brush) paintDiscs(l *layer, look *Look) {
	b.raster.Shield, b.raster.ShieldAlpha = markTall, look.tint
	defer func() { b.raster.Shield = 0 }()
	for k := range l.discs {
		d := &l.discs[k]
		r, ok := b.reach(l, d)
		if !ok {
			continue
		}
		if r < smallCells*b.cam.w/float64(b.area.W) && d.alpha > 0 {
			b.speck(d)
			continue
		}
		ring := b.circle(b.ring[:0], d.at, r)
		if ring == nil {
			continue
		}
		b.ring = ring
		if d.alpha > 0 {
			b.raster.Convex(ring, d.fill, d.alpha)
		}
		if d.lineness > 0 {
			b.outline(ring, max(b.pixelsOf(l.of.Line, d.width)*b.k, 1), d.line, d.lineness)
		}
	}
}

// speck draws a small circle as four dots: a part of a cell's colours would
// hardly be seen.
func (b *brush) speck(d *disc) {
	at, depth := b.cam.project(d.at.x, d.at.y, 0)
	if depth <= b.cam.near {
		return
	}
	dot := b.dotAt(at)
	x, y := int(math.Floor(dot.X-.5)), int(math.Floor(dot.Y-.5))
	for i := range 4 {
		b.dots.Set(x+i&1, y+i>>1, d.fill, zMark)
	}
}

// outline draws the outline of a ring.
func (b *brush) outline(ring []canvas.Vec, width float64, c cell.RGB, alpha float64) {
	b.path = append(append(b.path[:0], ring...), ring[0], ring[1])
	b.raster.Stroke(b.path, width, c, alpha)
}

// encircle draws the rim of the picked disc, about half a cell wide.
func (b *brush) encircle(l *layer, d *disc, c cell.RGB) {
	r, _ := b.reach(l, d)
	if ring := b.circle(b.ring[:0], d.at, r+2); ring != nil {
		b.ring = ring
		b.outline(ring, 3, c, 1)
	}
}

// discAt finds the smallest disc that a place of common space lies in, or near
// by.
func (p *projection) discAt(l *layer, x, y, slack float64) int {
	best, least := -1, math.Inf(1)
	for i := range l.discs {
		d := &l.discs[i]
		r := p.pixelsOf(l.of.Radius, d.radius)
		if away := math.Hypot(d.at.x-x, d.at.y-y) * p.cam.scale; away <= max(r, slack) && r+away*.01 < least {
			best, least = i, r+away*.01
		}
	}
	return best
}

func (b plain) plainDisc(l *layer, d *disc, picked bool, look *Look, free func(x, y int) bool) {
	r, ok := b.reach(l, d)
	if !ok {
		return
	}
	ring := b.circle(b.ring[:0], d.at, r)
	if ring == nil {
		return
	}
	b.ring = ring
	color, z := cell.Readable(d.fill, look.halo, 3), zMark
	if picked {
		color, z = look.picked, zPicked
	}
	at, _ := b.cam.project(d.at.x, d.at.y, 0)
	dot := b.dotAt(at)
	if x, y := int(math.Floor(dot.X)), int(math.Floor(dot.Y)); free(x, y) {
		b.dots.Set(x, y, color, z)
	}
	b.dotRing(ring, color, z, free)
}

// dotRing draws a closed ring in dots, where there is room for them.
func (b plain) dotRing(ring []canvas.Vec, c cell.RGB, z uint8, free func(x, y int) bool) {
	for k := range ring {
		b.dots.LineWhere(b.toDots(ring[k]), b.toDots(ring[(k+1)%len(ring)]), c, z, free)
	}
}
