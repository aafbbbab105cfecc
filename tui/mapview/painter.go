package mapview

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// brush paints the layers. It keeps its buffers, so that a frame of the same
// size allocates next to nothing.
type brush struct {
	projection
	raster canvas.Raster
	dots   canvas.Dots
	order  []int32
	depths []float64
	solids [2][]canvas.Vec
	ring   []canvas.Vec
	rings  [][]canvas.Vec
	path   []canvas.Vec
	spots  []spot
	cuts   [2][]spot
	land   landCut
	colors overs
	ends   []int    // of the rings of an area
	bare   []uint32 // the ground's samples, before shapes were painted on them
}

// plain draws with signs instead of shades, and finder finds what is drawn.
type (
	plain  struct{ *brush }
	finder struct{ *brush }
)

// aim takes the projection that the next frame is painted with.
func (b *brush) aim(p projection, ascii bool) {
	b.projection = p
	b.raster.Resize(p.area.W, p.area.H, p.sx, p.sy)
	b.dots.Resize(p.area.W, p.area.H)
	b.dots.ASCII = ascii
}

// The z-order of dots.
const (
	zRoad  uint8 = iota + 1 // the least of the roads
	zCoast uint8 = iota + zRoad + roadLevels
	zMark
	zOver // on a casing, over everything
	zPicked
)

// Shapes tag the samples that they were painted on, so that no shore is dotted
// over them: markShape, and from there on those that lie all but flat, from
// markTall on those that stand in front of circles on the ground.
const (
	markShape = 1
	markTall  = 128
)

// Painter draws frames. It keeps its buffers.
type Painter struct {
	brush
	labels labels
	ground groundMask
}

// Paint draws a frame on the part area of g.
func (p *Painter) Paint(g *cell.Grid, area cell.Rect, f *Frame) {
	if area.W <= 0 || area.H <= 0 {
		return
	}
	p.aim(newProjection(area, f), f.Look.ASCII)
	if f.Look.Plain {
		plain{&p.brush}.paintPlain(g, f)
	} else {
		p.paintFull(g, f)
	}
	p.labels.arrange(&p.brush, f)
	p.labels.draw(g, p.area, f)
	if f.Ground.Tiles() == 0 {
		p.drawPlaces(g, f)
	} else {
		p.groundNames(g, f)
	}
}

func (p *Painter) paintFull(g *cell.Grid, f *Frame) {
	p.raster.Clear(f.Look.water)
	p.paintLand(f)
	floor{&p.brush}.paintGround(f)
	if f.Look.mode == canvas.Octant {
		p.paintShore(f, nil)
	}
	p.raster.Mark = markShape
	p.paintLayers(f)
	p.raster.Mark = 0
	floor{&p.brush}.paintRoads(f)
	if f.Look.mode != canvas.Octant {
		p.paintShore(f, func(x, y int) bool {
			return p.raster.MarkAt((float64(x)+.5)*p.k/p.dot, (float64(y)+.5)*p.ky/p.dot) == 0
		})
	}
	p.raster.Encode(g, p.area.X, p.area.Y, f.Look.mode)
	floor{&p.brush}.snap(g, f)
	p.dots.Draw(g, p.area.X, p.area.Y, func(c *cell.Cell, z uint8) { flatten(c, z, &f.Look) })
	near := sameColor
	if f.Ground.Tiles() > 0 {
		near = sameGround
	}
	canvas.LengthenRuns(g, p.area.X, p.area.Y, p.area.W, p.area.H, near)
}

// sameColor is how far apart colours may be (sum of squares, 10 of 255 each)
// that count as one in the small shapes of a map.
const sameColor = 300

// sameGround is sameColor where the ground has areas that are hardly told apart.
const sameGround = 30

// flatten makes a cell's background one colour before dots go over it: the mean
// of what is there, shaded where that keeps lines readable over everything. With
// few colours means are greys; then the background stays, which has the larger
// part of the cell, and along the shore is land or water.
func flatten(c *cell.Cell, z uint8, l *Look) {
	if l.smooth {
		c.BG = cell.FromRGB(canvas.Mean(c))
	} else if z == zCoast {
		c.BG = cell.FromRGB(l.ground(c.BG.RGB()))
	}
	if z >= zOver {
		c.BG = cell.FromRGB(cell.Mix(c.BG.RGB(), l.casing, casingShare))
	}
}

// ground gives land or water for what is a mix of the two, else c.
func (l *Look) ground(c cell.RGB) cell.RGB {
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

// paintLayers paints the shapes of the layers that are shown, in their order.
func (b *brush) paintLayers(f *Frame) {
	for i := range f.Scene.layers {
		if !f.shown(i) {
			continue
		}
		l := &f.Scene.layers[i]
		if l.of.Heat != nil {
			b.paintHeat(l.of.Heat)
		}
		if l.of.Screen != nil {
			b.paintScreen(l.of.Screen, f.View)
		}
		b.paintAreas(f, i)
		b.paintDiscs(l, &f.Look)
		if len(l.prisms) > 0 {
			b.paintPrisms(f, i)
		}
		b.paintStrokes(f, i)
		b.paintBows(f, i)
	}
	if p := f.Picked; p.OK && p.Kind == Disc && f.shown(p.Layer) {
		l := &f.Scene.layers[p.Layer]
		b.encircle(l, &l.discs[p.Index], f.Look.picked)
	}
}

// paintPlain draws with signs instead of shades, for terminals of 16 colours
// and of none: coast, lines and outlines as dots, prisms as piles.
func (b plain) paintPlain(g *cell.Grid, f *Frame) {
	g.Rect(b.area.X, b.area.Y, b.area.W, b.area.H, f.Look.halo)
	for i := range f.Scene.layers {
		if f.shown(i) {
			b.plainPrisms(g, f, i)
		}
	}
	free := func(x, y int) bool {
		c := g.At(b.area.X+x>>1, b.area.Y+y>>2)
		return x >= 0 && y >= 0 && c != nil && c.Blank()
	}
	b.coast(f, func(from, to canvas.Vec) {
		b.dots.LineWhere(b.dotAt(from), b.dotAt(to), f.Look.coast, zCoast, free)
	})
	floor(b).plainGround(f, free)
	for i := range f.Scene.layers {
		if !f.shown(i) {
			continue
		}
		l := &f.Scene.layers[i]
		b.plainAreas(f, i, free)
		for k := range l.discs {
			b.plainDisc(l, &l.discs[k], f.is(i, Disc, k), &f.Look, free)
		}
		b.paintStrokes(f, i)
		b.paintBows(f, i)
	}
	b.dots.Draw(g, b.area.X, b.area.Y, func(c *cell.Cell, z uint8) {
		if z >= zOver {
			c.BG = cell.FromRGB(f.Look.halo)
		}
	})
}

// toDots gives the place in dots of a place in samples.
func (b *brush) toDots(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X / b.k * b.dot, Y: at.Y / b.ky * b.dot}
}

// Under returns what a frame shows in a cell of the map: of several things the
// topmost, of circles the smallest. The frame is the one that was painted last.
func (p *Painter) Under(area cell.Rect, f *Frame, col, row int) Pick {
	if area.W <= 0 || area.H <= 0 {
		return Pick{}
	}
	p.projection = newProjection(area, f)
	p.labels.arrange(&p.brush, f)
	if k, ok := p.labels.at(col, row); ok {
		return k
	}
	px := canvas.Vec{X: (float64(col) + .5) * p.cam.w / float64(area.W), Y: (float64(row) + .5) * p.cam.h / float64(area.H)}
	slack := p.cam.w / float64(area.W) * .75 // a cell is coarse
	for i := len(f.Scene.layers) - 1; i >= 0; i-- {
		if f.shown(i) {
			if kind, k := (finder{&p.brush}).shapeAt(&f.Scene.layers[i], px, slack); k >= 0 {
				return Pick{true, i, kind, k}
			}
		}
	}
	return Pick{}
}

// shapeAt finds the topmost shape of a layer at a pixel; -1 = none.
func (b finder) shapeAt(l *layer, px canvas.Vec, slack float64) (Kind, int) {
	if k := b.bowAt(l, px, slack); k >= 0 {
		return Bow, k
	}
	if k := b.strokeAt(l, px, slack); k >= 0 {
		return Stroke, k
	}
	if k := b.prismAt(l, px); k >= 0 {
		return Prism, k
	}
	x, y := b.cam.unproject(px.X, px.Y)
	if k := b.discAt(l, x, y, slack); k >= 0 {
		return Disc, k
	}
	return Area, b.areaAt(l, px)
}
