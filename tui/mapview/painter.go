package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// brush paints the layers. It keeps its buffers, so that a frame of the same
// size allocates next to nothing.
type brush struct {
	projection
	raster canvas.Raster
	dots   canvas.Dots
	ring   []canvas.Vec
	rings  [][]canvas.Vec
	path   []canvas.Vec
	spots  []spot
	cuts   [2][]spot
}

// aim takes the projection that the next frame is painted with.
func (b *brush) aim(p projection, ascii bool) {
	b.projection = p
	b.raster.Resize(p.area.W, p.area.H, p.sx, p.sy)
	b.dots.Resize(p.area.W, p.area.H)
	b.dots.ASCII = ascii
}

// The z-order of dots.
const (
	zCoast uint8 = iota + 1
	zMark
	zPicked
)

// markShape tags the samples that a shape was painted on.
const markShape = 1

// Painter draws frames. It keeps its buffers.
type Painter struct {
	brush
	free mask
}

// Paint draws a frame on the part area of g.
func (p *Painter) Paint(g *cell.Grid, area cell.Rect, f *Frame) {
	if area.W <= 0 || area.H <= 0 {
		return
	}
	p.aim(newProjection(area, f), f.Look.ASCII)
	if f.Look.Plain {
		p.paintPlain(g, f)
		return
	}
	p.raster.Clear(f.Look.water)
	p.paintLand(f)
	if f.Look.mode == canvas.Octant {
		p.paintShore(f, nil)
	}
	p.raster.Mark = markShape
	p.paintLayers(f)
	p.raster.Mark = 0
	if f.Look.mode != canvas.Octant {
		p.paintShore(f, func(x, y int) bool {
			return p.raster.MarkAt((float64(x)+.5)*p.k/p.dot, (float64(y)+.5)*p.ky/p.dot) == 0
		})
	}
	p.raster.Encode(g, area.X, area.Y, f.Look.mode)
	p.dots.Draw(g, area.X, area.Y, func(c *cell.Cell, z uint8) { flatten(c, z, f.Look) })
	canvas.LengthenRuns(g, area.X, area.Y, area.W, area.H, sameColor)
}

// sameColor is how far apart colours may be (sum of squares, 10 of 255 each)
// that count as one in the small shapes of a map.
const sameColor = 300

// flatten makes a cell's background one colour before dots go over it.
func flatten(c *cell.Cell, z uint8, l Look) {
	if l.smooth || z > zCoast {
		c.BG = cell.FromRGB(canvas.Mean(c))
	} else {
		c.BG = cell.FromRGB(l.ground(c.BG.RGB()))
	}
}

// ground gives land or water for what is a mix of the two, else c.
func (l Look) ground(c cell.RGB) cell.RGB {
	span, toLand, toWater := apart(l.land, l.water), apart(c, l.land), apart(c, l.water)
	switch {
	case toLand+toWater > span+span/8: // On the line between the two the sum is at most their distance.
		return c
	case toLand < toWater:
		return l.land
	}
	return l.water
}

// apart is the sum of the squares by which two colours differ.
func apart(a, b cell.RGB) (sum int) {
	for i := range a {
		d := int(a[i]) - int(b[i])
		sum += d * d
	}
	return sum
}

// paintLayers paints the shapes of the layers that are shown.
func (b *brush) paintLayers(f *Frame) {
	for i := range f.Scene.layers {
		if f.shown(i) {
			b.paintDiscs(f, i)
		}
	}
	if p := f.Picked; p.OK && f.shown(p.Layer) {
		b.encircle(f)
	}
}

// leastCells is the least radius of a circle, in cells, and smallCells that
// below which it is drawn as dots.
const leastCells, smallCells = 0.5, 0.8

// reach is the radius of a disc in pixels, and whether it is seen.
func (b *projection) reach(l *layer, d *disc) (float64, bool) {
	r := b.pixelsOf(l.of.Radius, d.radius)
	if r <= 0 {
		return 0, false
	}
	r = max(r, leastCells*b.cam.w/float64(b.area.W)) // a dot that nobody sees is none
	return r, b.near(d.at, r/b.cam.scale)
}

func (b *brush) paintDiscs(f *Frame, i int) {
	l := &f.Scene.layers[i]
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
			b.stroke(ring, max(b.pixelsOf(l.of.Line, d.width)*b.k, 1), d.line, d.lineness)
		}
	}
}

// stroke draws the outline of a ring.
func (b *brush) stroke(ring []canvas.Vec, width float64, c cell.RGB, alpha float64) {
	b.path = append(append(b.path[:0], ring...), ring[0], ring[1])
	b.raster.Stroke(b.path, width, c, alpha)
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

// encircle draws the rim of the picked disc, about half a cell wide.
func (b *brush) encircle(f *Frame) {
	l := &f.Scene.layers[f.Picked.Layer]
	if f.Picked.Index >= len(l.discs) {
		return
	}
	d := &l.discs[f.Picked.Index]
	r, _ := b.reach(l, d)
	if ring := b.circle(b.ring[:0], d.at, r+2); ring != nil {
		b.ring = ring
		b.stroke(ring, 3, f.Look.picked, 1)
	}
}

// Under returns what a frame shows in a cell of the map: of several things the
// one that is drawn last, of circles the smallest.
func (p *Painter) Under(area cell.Rect, f *Frame, col, row int) Pick {
	if area.W <= 0 || area.H <= 0 {
		return Pick{}
	}
	q := newProjection(area, f)
	px := canvas.Vec{X: (float64(col) + .5) * q.cam.w / float64(area.W), Y: (float64(row) + .5) * q.cam.h / float64(area.H)}
	x, y := q.cam.unproject(px.X, px.Y)
	slack := q.cam.w / float64(area.W) * .75 // a cell is coarse
	for i := len(f.Scene.layers) - 1; i >= 0; i-- {
		if !f.shown(i) {
			continue
		}
		if k := q.discAt(&f.Scene.layers[i], x, y, slack); k >= 0 {
			return Pick{true, i, k}
		}
	}
	return Pick{}
}

// discAt finds the disc that a place of common space lies in, or near by.
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

// paintPlain draws with signs instead of shades, for terminals of 16 colours
// and of none: the coast and the outlines of circles as dots.
func (b *brush) paintPlain(g *cell.Grid, f *Frame) {
	g.Rect(b.area.X, b.area.Y, b.area.W, b.area.H, f.Look.halo)
	b.paintPlainShore(f)
	for i := range f.Scene.layers {
		if !f.shown(i) {
			continue
		}
		l := &f.Scene.layers[i]
		for k := range l.discs {
			b.plainDisc(l, &l.discs[k], f.Picked.Is(i, k), f.Look)
		}
	}
	b.dots.Draw(g, b.area.X, b.area.Y, func(c *cell.Cell, _ uint8) { c.BG = cell.FromRGB(f.Look.halo) })
}

func (b *brush) paintPlainShore(f *Frame) {
	b.coast(f, func(from, to canvas.Vec) { b.dots.LineWhere(b.dotAt(from), b.dotAt(to), f.Look.coast, zCoast, nil) })
}

func (b *brush) plainDisc(l *layer, d *disc, picked bool, look Look) {
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
	b.dots.Set(int(math.Floor(dot.X)), int(math.Floor(dot.Y)), color, z)
	for k := range ring {
		from, to := ring[k], ring[(k+1)%len(ring)]
		b.dots.Line(b.toDots(from), b.toDots(to), color, z)
	}
}

// toDots gives the place in dots of a place in samples.
func (b *brush) toDots(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X / b.k * b.dot, Y: at.Y / b.ky * b.dot}
}
