package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// projection places a scene on a part of a grid: in pixels of the web, in
// samples of the raster, in dots and in cells.
type projection struct {
	cam    camera
	area   cell.Rect
	sx, sy int     // samples a cell
	w, h   int     // of the area, in samples
	k, ky  float64 // samples a pixel, across and down
	dot    float64 // dots a pixel
	lo, hi spot    // the box of common space that is seen
}

func newProjection(area cell.Rect, f *Frame) projection {
	w, h := Picture(area.W, area.H)
	sx, sy := f.Look.mode.Samples(area.W * area.H)
	p := projection{
		cam: newCamera(f.View, w, h), area: area, sx: sx, sy: sy, w: area.W * sx, h: area.H * sy,
		k: float64(area.W*sx) / w, ky: float64(area.H*sy) / h, dot: float64(area.H*4) / h,
	}
	p.lo, p.hi = p.seen()
	return p
}

// seen is the box of common space that is seen, and a little around it.
func (p *projection) seen() (lo, hi spot) {
	lo, hi = spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}
	for _, at := range [4]canvas.Vec{{}, {X: p.cam.w}, {Y: p.cam.h}, {X: p.cam.w, Y: p.cam.h}} {
		x, y := p.cam.unproject(at.X, at.Y)
		lo, hi = spot{min(lo.x, x), min(lo.y, y)}, spot{max(hi.x, x), max(hi.y, y)}
	}
	dx, dy := (hi.x-lo.x)*.02, (hi.y-lo.y)*.02
	return spot{lo.x - dx, lo.y - dy}, spot{hi.x + dx, hi.y + dy}
}

// near reports whether a place is seen, or no farther than a margin from it.
func (p *projection) near(s spot, margin float64) bool {
	return s.x >= p.lo.x-margin && s.x <= p.hi.x+margin && s.y >= p.lo.y-margin && s.y <= p.hi.y+margin
}

// sample gives the place in the raster of a pixel.
func (p *projection) sample(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X * p.k, Y: at.Y * p.ky}
}

func (p *projection) dotAt(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X * p.dot, Y: at.Y * p.dot}
}

// cell gives the cell of the map that shows a pixel.
func (p *projection) cell(at canvas.Vec) (col, row int) {
	return int(math.Floor(at.X / p.cam.w * float64(p.area.W))), int(math.Floor(at.Y / p.cam.h * float64(p.area.H)))
}

// clipRing appends a ring to out, in samples, leaving out what is behind the near
// plane (Sutherland-Hodgman with one edge).
func (p *projection) clipRing(out []canvas.Vec, ring []spot) []canvas.Vec {
	c := &p.cam
	if len(ring) == 0 {
		return out
	}
	pr, pa := c.ground(ring[len(ring)-1].x, ring[len(ring)-1].y)
	before := c.dist + pa*c.sin - c.near
	for _, s := range ring {
		r, a := c.ground(s.x, s.y)
		d := c.dist + a*c.sin - c.near
		if (d >= 0) != (before >= 0) {
			t := before / (before - d)
			at, _ := c.tilt(pr+(r-pr)*t, pa+(a-pa)*t, 0)
			out = append(out, p.sample(at))
		}
		if d >= 0 {
			at, _ := c.tilt(r, a, 0)
			out = append(out, p.sample(at))
		}
		pr, pa, before = r, a, d
	}
	return out
}

// circle appends a circle on the ground of a radius in pixels to out, as a
// polygon in samples, of as many corners as can be seen; nil if it is not seen.
func (p *projection) circle(out []canvas.Vec, at spot, radius float64) []canvas.Vec {
	right, away := p.cam.ground(at.x, at.y)
	if p.cam.dist+(away-radius)*p.cam.sin < p.cam.near {
		return nil
	}
	n := int(min(max(4*math.Sqrt(radius*p.k), 8), 48))
	for i := range n {
		sin, cos := math.Sincos(float64(i) * 2 * math.Pi / float64(n))
		v, _ := p.cam.tilt(right+radius*cos, away+radius*sin, 0)
		out = append(out, p.sample(v))
	}
	return out
}
