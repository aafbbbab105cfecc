package mapview

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// prism is an upright column over a ring of corners.
type prism struct {
	at      spot
	corners []spot
	up      float64 // metres
	color   cell.RGB
	alpha   float64
	class   int // of an aggregation's colours, -1 = none
}

// newPrisms makes the bins, the columns and the extruded areas of a layer.
func newPrisms(l *deck.Layer, opacity float64) (out []prism) {
	if b := l.Bins; b != nil {
		for i := range b.Bins {
			out = append(out, binPrism(b, &b.Bins[i], opacity))
		}
	}
	for i := range l.Columns {
		out = append(out, columnPrism(l, &l.Columns[i], opacity))
	}
	if l.Extruded {
		for i := range l.Polygons {
			c := &l.Polygons[i]
			p := prism{corners: spotsOf(c.Rings[0]), up: c.Elevation, class: -1}
			p.at = middleOf(p.corners)
			p.color, p.alpha = paint(c.Fill, opacity)
			out = append(out, p)
		}
	}
	return out
}

func binPrism(b *deck.Bins, c *deck.Bin, opacity float64) prism {
	p := prism{at: spotOf(c.At), corners: spotsOf(c.Corners), up: c.Elevation, class: c.Class}
	from := p.at
	if !b.Hexagons && len(p.corners) > 0 { // squares shrink towards their south-west corner
		from = p.corners[0]
	}
	if b.Coverage > 0 && b.Coverage < 1 {
		for i, k := range p.corners {
			p.corners[i] = spot{from.x + (k.x-from.x)*b.Coverage, from.y + (k.y-from.y)*b.Coverage}
		}
	}
	var color deck.RGBA
	for i, v := range c.Color {
		color[i] = uint8(v + .5)
	}
	p.color, p.alpha = paint(color, opacity)
	return p
}

func columnPrism(l *deck.Layer, c *deck.Column, opacity float64) prism {
	p := prism{at: spotOf(c.At), up: c.Elevation, class: -1}
	r := l.Column.Radius * l.Column.Coverage
	if l.Column.Units == "meters" {
		r *= unitsPerMeter(min(max(c.At.Lat, -89.9), 89.9))
	}
	sides := min(max(l.Column.Sides, 3), 24) // more are not seen
	for i := range sides {
		sin, cos := math.Sincos(float64(i)*2*math.Pi/float64(sides) + l.Column.Angle*math.Pi/180)
		p.corners = append(p.corners, spot{p.at.x + r*cos, p.at.y + r*sin})
	}
	p.color, p.alpha = paint(c.Fill, opacity)
	return p
}

// middleOf is the middle of the box around places.
func middleOf(list []spot) spot {
	lo, hi := list[0], list[0]
	for _, s := range list {
		lo, hi = spot{min(lo.x, s.x), min(lo.y, s.y)}, spot{max(hi.x, s.x), max(hi.y, s.y)}
	}
	return spot{(lo.x + hi.x) / 2, (lo.y + hi.y) / 2}
}

// prismItem is the row behind a prism of a layer.
func prismItem(l *deck.Layer, i int) (deck.Item, deck.Place) {
	if l.Bins != nil {
		if i < len(l.Bins.Bins) {
			return l.Bins.Bins[i].Item, l.Bins.Bins[i].At
		}
		i -= len(l.Bins.Bins)
	}
	if i < len(l.Columns) {
		return l.Columns[i].Item, l.Columns[i].At
	}
	c := &l.Polygons[i-len(l.Columns)]
	return c.Item, c.Rings[0][0]
}

// solid is a prism in samples: its corners on the ground and on top.
type solid struct {
	base, top  []canvas.Vec
	flat, tall bool
	across     float64 // its width on the ground
	lo, hi     canvas.Vec
}

// tallPx is the height in pixels from which a prism stands out of circles on the
// ground.
const tallPx = 2

// solidOf projects a prism into b's buffers; ok is false when it is not seen.
func (b *brush) solidOf(p *prism) (s solid, ok bool) {
	_, away := b.cam.ground(p.at.x, p.at.y)
	depth := b.cam.dist + away*b.cam.sin
	if depth < 2*b.cam.near || len(p.corners) < 3 {
		return s, false
	}
	up := min(p.up*b.cam.meter, (depth-1.5*b.cam.near)/max(b.cam.cos, 1e-3))
	s.flat, s.tall = up < 0.5, up >= tallPx
	s.base, s.top = b.solids[0][:0], b.solids[1][:0]
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	west, east := left, right
	for _, k := range p.corners {
		r, a := b.cam.ground(k.x, k.y)
		foot, _ := b.cam.tilt(r, a, 0)
		head, _ := b.cam.tilt(r, a, up)
		foot, head = b.sample(foot), b.sample(head)
		s.base, s.top = append(s.base, foot), append(s.top, head)
		west, east = min(west, foot.X), max(east, foot.X)
		left, right = min(left, foot.X, head.X), max(right, foot.X, head.X)
		top, bottom = min(top, foot.Y, head.Y), max(bottom, foot.Y, head.Y)
	}
	b.solids = [2][]canvas.Vec{s.base, s.top}
	s.across, s.lo, s.hi = east-west, canvas.Vec{X: left, Y: top}, canvas.Vec{X: right, Y: bottom}
	return s, right > 0 && bottom > 0 && left < float64(b.w) && top < float64(b.h)
}

// side is the wall below the edge from corner i to the next, and whether it
// faces the eye.
func (s *solid) side(i int) (quad [4]canvas.Vec, faces bool) {
	j := (i + 1) % len(s.base)
	quad = [4]canvas.Vec{s.base[i], s.base[j], s.top[j], s.top[i]}
	return quad, signedArea(quad[:]) > 0
}

// holds reports whether a place in samples is within the outline.
func (s *solid) holds(at canvas.Vec) bool {
	if inside(at, s.top) {
		return true
	}
	for i := range s.base {
		if quad, faces := s.side(i); faces && inside(at, quad[:]) {
			return true
		}
	}
	return false
}

// signedArea is twice the signed area of a polygon.
func signedArea(pts []canvas.Vec) (sum float64) {
	a := pts[len(pts)-1]
	for _, b := range pts {
		sum += b.X*a.Y - a.X*b.Y
		a = b
	}
	return sum
}

// inside is the even-odd rule for one place.
func inside(at canvas.Vec, pts []canvas.Vec) bool {
	in := false
	a := pts[len(pts)-1]
	for _, b := range pts {
		if (a.Y > at.Y) != (b.Y > at.Y) && at.X < a.X+(b.X-a.X)*(at.Y-a.Y)/(b.Y-a.Y) {
			in = !in
		}
		a = b
	}
	return in
}

// farToNear orders the prisms of a layer so that nearer ones hide what is
// behind them.
func (b *brush) farToNear(l *layer) []int32 {
	n := len(l.prisms)
	if cap(b.depths) < n {
		b.order, b.depths = make([]int32, n), make([]float64, n)
	}
	b.order, b.depths = b.order[:n], b.depths[:n]
	for i := range l.prisms {
		b.order[i], b.depths[i] = int32(i), b.cam.fromFoot(l.prisms[i].at)
	}
	slices.SortFunc(b.order, func(i, j int32) int { return cmp.Compare(b.depths[j], b.depths[i]) })
	return b.order
}

func (b *brush) paintPrisms(f *Frame, i int) {
	l := &f.Scene.layers[i]
	order := b.farToNear(l)
	if f.Look.rim > 0 && l.of.Bins != nil {
		b.paintRims(l, order, &f.Look)
	}
	across := 0.0
	for _, k := range order {
		p := &l.prisms[k]
		if p.up < 0 || p.alpha == 0 {
			continue
		}
		s, ok := b.solidOf(p)
		if !ok {
			continue
		}
		color, alpha := p.colorIn(l, &f.Look), p.alpha
		if f.is(i, Prism, int(k)) {
			color, alpha = f.Look.picked, 1
		}
		across = max(across, s.across)
		// Neighbours in a lattice are never a multiple of a prime apart in the
		// list, or so seldom that a missing seam is not seen.
		b.raster.Mark = markShape + uint8(k%127)
		if s.tall {
			b.raster.Mark += markTall - markShape
		}
		b.paintSolid(&s, color, alpha, &f.Look)
	}
	b.raster.Mark = markShape
	// A line takes much of a small shape, so it is faint there.
	seam := f.Look.seam * min(max((across/(float64(b.raster.SX)/2)-4)/8, 0), 1)
	b.raster.Seams(f.Look.mode, 1-seam)
}

// colorIn is the colour of a prism: of bins, that of their class.
func (p *prism) colorIn(l *layer, look *Look) cell.RGB {
	if p.class < 0 || l.of.Bins == nil {
		return p.color
	}
	return look.Class(l.of.Bins.Range, p.class)
}

// paintRims paints the ground around each bin darker, below all of them: on a
// light map the palest class is all but the land's colour, and a rim around its
// patches is what shows them.
func (b *brush) paintRims(l *layer, order []int32, look *Look) {
	wide, high := 0.325*float64(b.raster.SX), 0.225*float64(b.raster.SY) // samples, which are twice as high as wide
	for _, k := range order {
		p := &l.prisms[k]
		s, ok := b.solidOf(p)
		if !ok || p.alpha == 0 {
			continue
		}
		var mid canvas.Vec
		for _, v := range s.base {
			mid.X += v.X / float64(len(s.base))
			mid.Y += v.Y / float64(len(s.base))
		}
		for i, v := range s.base {
			s.base[i] = canvas.Vec{X: v.X + math.Copysign(wide, v.X-mid.X), Y: v.Y + math.Copysign(high, v.Y-mid.Y)}
		}
		b.raster.Convex(s.base, shade(p.colorIn(l, look), 1-look.rim), p.alpha)
	}
}

// paintSolid paints the walls that face the eye, and the top. The light stands
// in the east: seen from the south, the right-hand wall is the brighter.
func (b *brush) paintSolid(s *solid, c cell.RGB, alpha float64, look *Look) {
	if !s.flat {
		for i := range s.base {
			quad, faces := s.side(i)
			if !faces {
				continue
			}
			dx, dy := quad[1].X-quad[0].X, quad[1].Y-quad[0].Y
			light := 0.7 - 0.2*dy/max(math.Hypot(dx, dy), 1e-9)
			lit := shade(c, 1-(1-light)*look.depth)
			if alpha >= 1 {
				b.raster.ConvexRamp(quad[:], b.wall(&quad, lit, shade(lit, 1-look.foot)))
			} else {
				b.raster.Convex(quad[:], lit, alpha)
			}
		}
	}
	if convex(s.top) {
		b.raster.Convex(s.top, c, alpha)
		return
	}
	b.rings = append(b.rings[:0], s.top)
	b.raster.Polygon(b.rings, c, alpha)
}

// convex reports whether a ring of corners is convex.
func convex(ring []canvas.Vec) bool {
	sign := 0.0
	for i := range ring {
		a, b, c := ring[i], ring[(i+1)%len(ring)], ring[(i+2)%len(ring)]
		turn := (b.X-a.X)*(c.Y-b.Y) - (b.Y-a.Y)*(c.X-b.X)
		if turn*sign < 0 {
			return false
		}
		if turn != 0 {
			sign = turn
		}
	}
	return true
}

// wall is the light on a wall: less towards the foot, which gives depth. One
// that is hardly higher than a cell has no room for it.
func (b *brush) wall(quad *[4]canvas.Vec, lit, foot cell.RGB) canvas.Ramp {
	y0, y1 := min(quad[2].Y, quad[3].Y), max(quad[0].Y, quad[1].Y)
	if y1-y0 < 1.6*float64(b.raster.SY) {
		foot = lit
	}
	return canvas.Ramp{Top: lit, Bottom: foot, Y0: y0, Y1: y1}
}

// prismAt finds the nearest prism whose outline holds a pixel; -1 = none.
func (b finder) prismAt(l *layer, px canvas.Vec) int {
	at, best, nearest := b.sample(px), -1, math.Inf(1)
	for i := range l.prisms {
		s, ok := b.solidOf(&l.prisms[i])
		if !ok || !s.holds(at) {
			continue
		}
		if d := b.cam.fromFoot(l.prisms[i].at); d <= nearest {
			best, nearest = i, d
		}
	}
	return best
}

// plainPrisms draws prisms with signs: a pile of blocks with the number of its
// class on top.
func (b plain) plainPrisms(g *cell.Grid, f *Frame, i int) {
	l := &f.Scene.layers[i]
	for _, k := range b.farToNear(l) {
		p := &l.prisms[k]
		s, ok := b.solidOf(p)
		if !ok || p.up < 0 || p.alpha == 0 {
			continue
		}
		color := p.colorIn(l, &f.Look)
		if f.is(i, Prism, int(k)) {
			color = f.Look.picked
		}
		sign := '#'
		if p.class >= 0 && p.class < 9 {
			sign = '1' + rune(p.class)
		}
		b.plainSolid(g, &s, sign, color, &f.Look)
	}
}

// plainSolid sets the cells whose middles lie in a prism, and at least the one
// in the middle of its top.
func (b plain) plainSolid(g *cell.Grid, s *solid, sign rune, color cell.RGB, l *Look) {
	wall := cell.New('▒', color, l.halo, 0)
	if l.ASCII {
		wall.Set('|')
	}
	top := cell.New(sign, cell.Readable(l.halo, color, 4.5), color, 0)
	lo, hi := s.lo, s.hi
	var mid canvas.Vec
	for i := range s.base {
		mid.X += s.top[i].X / float64(len(s.top))
		mid.Y += s.top[i].Y / float64(len(s.top))
	}
	sx, sy := float64(b.sx), float64(b.sy)
	for row := max(int(lo.Y/sy), 0); row <= min(int(hi.Y/sy), b.area.H-1); row++ {
		for col := max(int(lo.X/sx), 0); col <= min(int(hi.X/sx), b.area.W-1); col++ {
			at := g.At(b.area.X+col, b.area.Y+row)
			middle := canvas.Vec{X: (float64(col) + .5) * sx, Y: (float64(row) + .5) * sy}
			switch {
			case inside(middle, s.top):
				*at = top
			case s.holds(middle):
				*at = wall
			}
		}
	}
	if col, row := int(mid.X/sx), int(mid.Y/sy); mid.X >= 0 && mid.Y >= 0 && col < b.area.W && row < b.area.H {
		*g.At(b.area.X+col, b.area.Y+row) = top
	}
}
