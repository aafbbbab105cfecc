package mapping

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// Columns leave marks in the raster that tell them from each other and from
// the ground: from markFlat on those that lie all but flat, from markTall on
// those that stand in front of the circles on the ground.
const (
	markFlat = 1
	markTall = 128
	tallM    = 60
)

// markOf gives a column's mark. Neighbours in the lattice are never a multiple
// of a prime apart in the list, or so seldom that a missing seam is not seen.
func markOf(i int32, c *column) uint8 {
	if c.ElevationM >= tallM {
		return markTall + uint8(i%127)
	}
	return markFlat + uint8(i%127)
}

// paintColumns draws the hexagons from far to near, so that nearer ones hide
// what is behind them.
func (p *painter) paintColumns(f *frame) {
	p.sortColumns(f.scene)
	if f.look.rim > 0 {
		p.paintRims(f)
	}
	for _, i := range p.order {
		c := &f.scene.columns[i]
		p.raster.Mark = markOf(i, c)
		p.paintColumn(c, f, f.picked.is(bikes, int(i)))
	}
	p.raster.Mark = 0
	p.raster.Seams(f.look.mode, 1-p.seam(f))
}

// seam is how much darker the lines between columns are: a line takes much of
// a small hexagon, so it is faint there.
func (p *painter) seam(f *frame) float64 {
	across := 2 * hexRadiusM * 0.866 * p.cam.meter * p.k / (float64(p.raster.SX) / 2) // pixels a hexagon is wide
	return f.look.seam * min(max((across-4)/8, 0), 1)
}

// paintRims paints the ground around each hexagon darker, below all of them:
// on a light map the original's palest class is all but the land's colour, and
// a rim around its patches is what shows them.
func (p *painter) paintRims(f *frame) {
	wide, high := 0.325*float64(p.raster.SX), 0.225*float64(p.raster.SY) // samples, which are twice as high as wide
	for i := range f.scene.columns {
		c := &f.scene.columns[i]
		pr, ok := p.prismOf(c)
		if !ok {
			continue
		}
		var ring [6]canvas.Vec
		mid := canvas.Vec{X: (pr.base[0].X + pr.base[3].X) / 2, Y: (pr.base[0].Y + pr.base[3].Y) / 2}
		for k, v := range pr.base {
			ring[k] = canvas.Vec{X: v.X + math.Copysign(wide, v.X-mid.X), Y: v.Y + math.Copysign(high, v.Y-mid.Y)}
		}
		p.raster.Convex(ring[:], shade(f.look.classes[c.Class], 1-f.look.rim), 1)
	}
}

// sortColumns orders the columns from far to near.
func (p *painter) sortColumns(s *scene) {
	n := len(s.columns)
	if cap(p.depths) < n {
		p.order, p.depths = make([]int32, n), make([]float64, n)
	}
	p.order, p.depths = p.order[:n], p.depths[:n]
	for i := range s.columns {
		p.order[i], p.depths[i] = int32(i), p.cam.fromFoot(s.columns[i].at)
	}
	slices.SortFunc(p.order, func(a, b int32) int { return cmp.Compare(p.depths[b], p.depths[a]) })
}

// prism is a column's outline in samples: its corners on the ground and on
// top, and the middle of the top.
type prism struct {
	base, top [6]canvas.Vec
	middle    canvas.Vec
	flat      bool
}

// prismOf projects a column; ok is false when it cannot be seen.
func (p *painter) prismOf(c *column) (pr prism, ok bool) {
	_, away := p.cam.ground(c.at.x, c.at.y)
	depth := p.cam.dist + away*p.cam.sin
	if depth < 2*p.cam.near {
		return pr, false
	}
	up := min(c.ElevationM*p.cam.meter, (depth-1.5*p.cam.near)/max(p.cam.cos, 1e-3))
	pr.flat = up < 0.5
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for i, k := range c.corners {
		right2, away2 := p.cam.ground(k.x, k.y)
		at, _ := p.cam.tilt(right2, away2, 0)
		pr.base[i] = p.sample(at)
		at, _ = p.cam.tilt(right2, away2, up)
		pr.top[i] = p.sample(at)
		left, right = min(left, pr.base[i].X, pr.top[i].X), max(right, pr.base[i].X, pr.top[i].X)
		top, bottom = min(top, pr.base[i].Y, pr.top[i].Y), max(bottom, pr.base[i].Y, pr.top[i].Y)
	}
	at, _ := p.cam.project(c.at.x, c.at.y, up)
	pr.middle = p.sample(at)
	return pr, right > 0 && bottom > 0 && left < float64(p.raster.W) && top < float64(p.raster.H)
}

// side gives the wall below the edge from corner i to the next, and whether
// it faces the eye.
func (pr *prism) side(i int) (quad [4]canvas.Vec, faces bool) {
	j := (i + 1) % 6
	quad = [4]canvas.Vec{pr.base[i], pr.base[j], pr.top[j], pr.top[i]}
	return quad, area(quad[:]) > 0
}

// area is twice the signed area of a polygon.
func area(pts []canvas.Vec) (sum float64) {
	a := pts[len(pts)-1]
	for _, b := range pts {
		sum += b.X*a.Y - a.X*b.Y
		a = b
	}
	return sum
}

// wallLight is how bright the wall below each edge is. The light stands in
// the east: seen from the south, the right-hand wall is the brighter.
var wallLight = [6]float64{0.88, 0.79, 0.62, 0.53, 0.62, 0.79}

func (p *painter) paintColumn(c *column, f *frame, picked bool) {
	pr, ok := p.prismOf(c)
	if !ok {
		return
	}
	color := f.look.classes[c.Class]
	if picked {
		color = f.look.picked
	}
	if !pr.flat {
		for i := range 6 {
			if quad, faces := pr.side(i); faces {
				lit := shade(color, 1-(1-wallLight[i])*f.look.depth)
				p.raster.ConvexRamp(quad[:], p.wall(&quad, lit, shade(lit, 1-f.look.foot)))
			}
		}
	}
	p.raster.Convex(pr.top[:], color, 1)
}

// wall is the light on a wall: less towards the foot, which gives the columns
// depth. One that is hardly higher than a cell has no room for it.
func (p *painter) wall(quad *[4]canvas.Vec, lit, foot cell.RGB) canvas.Ramp {
	y0, y1 := min(quad[2].Y, quad[3].Y), max(quad[0].Y, quad[1].Y)
	if y1-y0 < 1.6*float64(p.raster.SY) {
		foot = lit
	}
	return canvas.Ramp{Top: lit, Bottom: foot, Y0: y0, Y1: y1}
}

func shade(c cell.RGB, light float64) cell.RGB { return cell.Mix(cell.RGB{}, c, light) }

// paintCircles blends the stops' circles, which lie on the ground: tall
// columns stand out of them.
func (p *painter) paintCircles(f *frame) {
	p.raster.Shield, p.raster.ShieldAlpha = markTall, f.look.tint
	for i := range f.scene.stops {
		st := &f.scene.stops[i]
		ring, ok := p.circle(st)
		if !ok {
			continue
		}
		p.raster.Convex(ring[:], f.look.exits, exitAlpha)
	}
	p.raster.Shield = 0
	if f.picked.ok && (f.picked.layer == exits || f.picked.layer == names) {
		p.encircle(&f.scene.stops[f.picked.index], f.look.picked)
	}
}

// encircle draws the rim of a stop's circle, about half a cell wide.
func (p *painter) encircle(st *stop, color cell.RGB) {
	ring, ok := p.circle(st)
	if !ok {
		return
	}
	p.path = append(append(p.path[:0], ring[:]...), ring[0], ring[1])
	p.raster.Stroke(p.path, 5, color, 1)
}

// exitAlpha is the original's 160 of 255.
const exitAlpha = 160.0 / 255

// circle gives a stop's circle as a polygon in samples.
func (p *painter) circle(st *stop) (ring [48]canvas.Vec, ok bool) {
	right, away := p.cam.ground(st.at.x, st.at.y)
	r := st.radiusM * p.cam.meter
	if p.cam.dist+(away-r)*p.cam.sin < p.cam.near {
		return ring, false
	}
	for i, u := range roundabout {
		at, _ := p.cam.tilt(right+r*u.X, away+r*u.Y, 0)
		ring[i] = p.sample(at)
	}
	return ring, true
}

var roundabout = func() (o [48]canvas.Vec) {
	for i := range o {
		s, c := math.Sincos(float64(i) * math.Pi / 24)
		o[i] = canvas.Vec{X: c, Y: s}
	}
	return o
}()
