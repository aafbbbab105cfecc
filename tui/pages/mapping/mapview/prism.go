package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
)

// prism is a column's outline in samples: its corners on the ground and on
// top, and the middle of the top.
type prism struct {
	base, top [6]canvas.Vec
	middle    canvas.Vec
	flat      bool
}

// prismOf projects a column; ok is false when it cannot be seen.
func (p *projection) prismOf(c *Column) (pr prism, ok bool) {
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
	return pr, right > 0 && bottom > 0 && left < float64(p.w) && top < float64(p.h)
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

// bounds is the box around a column, in samples.
func bounds(pr *prism) (left, right, up, down int) {
	lo, hi := pr.base[0], pr.base[0]
	for i := range 6 {
		for _, v := range [2]canvas.Vec{pr.base[i], pr.top[i]} {
			lo = canvas.Vec{X: min(lo.X, v.X), Y: min(lo.Y, v.Y)}
			hi = canvas.Vec{X: max(hi.X, v.X), Y: max(hi.Y, v.Y)}
		}
	}
	const far = 1 << 20
	clamp := func(v float64) int { return int(min(max(v, -far), far)) }
	return clamp(lo.X), clamp(hi.X), clamp(lo.Y), clamp(hi.Y)
}
func (pr *prism) holds(at canvas.Vec) bool {
	if inside(at, pr.top[:]) {
		return true
	}
	for i := range 6 {
		if quad, faces := pr.side(i); faces && inside(at, quad[:]) {
			return true
		}
	}
	return false
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
