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
}

func newProjection(area cell.Rect, f *Frame) projection {
	w, h := Picture(area.W, area.H)
	sx, sy := f.Look.mode.Samples(area.W * area.H)
	return projection{
		cam: newCamera(f.View, w, h), area: area, sx: sx, sy: sy, w: area.W * sx, h: area.H * sy,
		k: float64(area.W*sx) / w, ky: float64(area.H*sy) / h, dot: float64(area.H*4) / h,
	}
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

// dotOf gives the place in dots of a place in samples.
func (p *projection) dotOf(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X / p.k * p.dot, Y: at.Y / p.ky * p.dot}
}

// insideEdge reports whether all that is seen lies inside the box of the map.
func (p *projection) insideEdge(edge []spot) bool {
	if len(edge) < 4 {
		return false
	}
	for _, at := range [4]canvas.Vec{{}, {X: p.cam.w}, {Y: p.cam.h}, {X: p.cam.w, Y: p.cam.h}} {
		x, y := p.cam.unproject(at.X, at.Y)
		if x < edge[0].x || x > edge[2].x || y < edge[0].y || y > edge[2].y {
			return false
		}
	}
	return true
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

func (p *projection) shore(edge [2]spot) (a, b canvas.Vec, ok bool) {
	a, da := p.cam.project(edge[0].x, edge[0].y, 0)
	b, db := p.cam.project(edge[1].x, edge[1].y, 0)
	return a, b, da > p.cam.near && db > p.cam.near
}

// circle gives a stop's circle as a polygon in samples.
func (p *projection) circle(st *Stop) (ring [48]canvas.Vec, ok bool) {
	right, away := p.cam.ground(st.at.x, st.at.y)
	r := st.RadiusM * p.cam.meter
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

// rise is the height of an arc, in units of its chord's length, at a part r
// of the way: a half circle that stands on the chord.
func rise(r float64) float64 { return math.Sqrt(max(r*(1-r), 0)) }

// arcPath appends the pixels of a flow's arc to out. Points too near to the eye are
// left out; ok is false when nothing is left.
func (p *projection) arcPath(out []canvas.Vec, fl *Flow) (path []canvas.Vec, ok bool) {
	path = out
	for i := range arcSteps {
		r := smooth(float64(i) / (arcSteps - 1))
		x, y := fl.from.x+(fl.to.x-fl.from.x)*r, fl.from.y+(fl.to.y-fl.from.y)*r
		at, depth := p.cam.project(x, y, rise(r)*fl.length*p.cam.scale)
		if depth > p.cam.near {
			path = append(path, at)
		}
	}
	return path, len(path) > 1
}
