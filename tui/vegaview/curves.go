package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
)

// curved returns the points of a path with those between them that its
// interpolation gives: corners of steps, and curves flattened by the formulas
// of d3-shape.
func curved(run []vega.Point, interpolate string) []vega.Point {
	if len(run) < 2 {
		return run
	}
	switch interpolate {
	case "step":
		return stepped(run, 0.5)
	case "step-after":
		return stepped(run, 1)
	case "step-before":
		return stepped(run, 0)
	}
	if len(run) < 3 && interpolate != "basis-closed" {
		return run
	}
	lower := make([]vega.Point, len(run)) // the other edge of an area is a curve too
	for i, p := range run {
		lower[i] = vega.Point{X: p.X2, Y: p.Y2}
	}
	switch interpolate {
	case "monotone":
		return joined(monotone(run), monotone(lower))
	case "natural":
		return joined(natural(run), natural(lower))
	case "basis":
		return joined(basis(run), basis(lower))
	case "cardinal", "cardinal-open", "catmull-rom":
		return joined(cardinal(run), cardinal(lower))
	case "bundle":
		return joined(basis(bundled(run)), basis(bundled(lower)))
	case "linear-closed", "cardinal-closed", "basis-closed":
		return append(run[:len(run):len(run)], run[0])
	}
	return run
}

// joined puts the edges of an area together.
func joined(upper, lower []vega.Point) []vega.Point {
	for i := range upper {
		upper[i].X2, upper[i].Y2 = lower[i].X, lower[i].Y
	}
	return upper
}

// stepped adds the corners of a path that goes in steps.
func stepped(run []vega.Point, share float64) []vega.Point {
	out := run[:1:1]
	for i := 1; i < len(run); i++ {
		a, b := run[i-1], run[i]
		x, x2 := a.X+(b.X-a.X)*share, a.X2+(b.X2-a.X2)*share
		out = append(out, vega.Point{X: x, Y: a.Y, X2: x2, Y2: a.Y2, Size: a.Size}, vega.Point{X: x, Y: b.Y, X2: x2, Y2: b.Y2, Size: b.Size}, b)
	}
	return out
}

// pieces is into how many lines a piece of a curve is flattened.
const pieces = 8

// bezier adds the piece of a curve from the last point.
func bezier(out []vega.Point, x1, y1, x2, y2, x3, y3 float64) []vega.Point {
	p := out[len(out)-1]
	for i := 1; i <= pieces; i++ {
		t := float64(i) / pieces
		u := 1 - t
		out = append(out, vega.Point{
			X: u*u*u*p.X + 3*u*u*t*x1 + 3*u*t*t*x2 + t*t*t*x3,
			Y: u*u*u*p.Y + 3*u*u*t*y1 + 3*u*t*t*y2 + t*t*t*y3,
		})
	}
	return out
}

// monotone is curveMonotoneX: no value goes beyond those of its neighbours.
func monotone(run []vega.Point) []vega.Point {
	n := len(run)
	slopes := make([]float64, n)
	slope3 := func(a, b, c vega.Point) float64 {
		h0, h1 := b.X-a.X, c.X-b.X
		s0, s1 := (b.Y-a.Y)/orSigned(h0, h1 < 0), (c.Y-b.Y)/orSigned(h1, h0 < 0)
		p := (s0*h1 + s1*h0) / (h0 + h1)
		t := (sign01(s0) + sign01(s1)) * min(math.Abs(s0), math.Abs(s1), 0.5*math.Abs(p))
		if t != t {
			return 0
		}
		return t
	}
	slope2 := func(a, b vega.Point, t float64) float64 {
		if h := b.X - a.X; h != 0 {
			return (3*(b.Y-a.Y)/h - t) / 2
		}
		return t
	}
	for i := 1; i < n-1; i++ {
		slopes[i] = slope3(run[i-1], run[i], run[i+1])
	}
	slopes[0] = slope2(run[0], run[1], slopes[1])
	slopes[n-1] = slope2(run[n-2], run[n-1], slopes[n-2])
	out := []vega.Point{run[0]}
	for i := 1; i < n; i++ {
		a, b := run[i-1], run[i]
		dx := (b.X - a.X) / 3
		out = bezier(out, a.X+dx, a.Y+dx*slopes[i-1], b.X-dx, b.Y-dx*slopes[i], b.X, b.Y)
	}
	return out
}

func sign01(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

// orSigned is h, or a zero with a sign that the other side gives.
func orSigned(h float64, negative bool) float64 {
	if h == 0 && negative {
		return math.Copysign(0, -1)
	}
	return h
}

// natural is curveNatural: a cubic spline.
func natural(run []vega.Point) []vega.Point {
	xs, ys := make([]float64, len(run)), make([]float64, len(run))
	for i, p := range run {
		xs[i], ys[i] = p.X, p.Y
	}
	ax, bx := controls(xs)
	ay, by := controls(ys)
	out := []vega.Point{run[0]}
	for i := 1; i < len(run); i++ {
		out = bezier(out, ax[i-1], ay[i-1], bx[i-1], by[i-1], xs[i], ys[i])
	}
	return out
}

// controls solves for the control points of a natural spline.
func controls(x []float64) (a, b []float64) {
	n := len(x) - 1
	a, b = make([]float64, n), make([]float64, n)
	r := make([]float64, n)
	a[0], b[0], r[0] = 0, 2, x[0]+2*x[1]
	for i := 1; i < n-1; i++ {
		a[i], b[i], r[i] = 1, 4, 4*x[i]+2*x[i+1]
	}
	a[n-1], b[n-1], r[n-1] = 2, 7, 8*x[n-1]+x[n]
	for i := 1; i < n; i++ {
		m := a[i] / b[i-1]
		b[i] -= m
		r[i] -= m * r[i-1]
	}
	a[n-1] = r[n-1] / b[n-1]
	for i := n - 2; i >= 0; i-- {
		a[i] = (r[i] - a[i+1]) / b[i]
	}
	b[n-1] = (x[n] + a[n-1]) / 2
	for i := range n - 1 {
		b[i] = 2*x[i+1] - a[i+1]
	}
	return a, b
}

// basis is curveBasis: a B-spline, which passes near its points.
func basis(run []vega.Point) []vega.Point {
	n := len(run)
	out := []vega.Point{run[0]}
	x0, y0, x1, y1 := run[0].X, run[0].Y, run[1].X, run[1].Y
	out = append(out, vega.Point{X: (5*x0 + x1) / 6, Y: (5*y0 + y1) / 6})
	piece := func(x, y float64) {
		out = bezier(out, (2*x0+x1)/3, (2*y0+y1)/3, (x0+2*x1)/3, (y0+2*y1)/3, (x0+4*x1+x)/6, (y0+4*y1+y)/6)
		x0, y0, x1, y1 = x1, y1, x, y
	}
	for i := 2; i < n; i++ {
		piece(run[i].X, run[i].Y)
	}
	piece(x1, y1)
	return append(out, vega.Point{X: run[n-1].X, Y: run[n-1].Y})
}

// bundled pulls points halfway to the straight line between the ends of a
// path: the strength 0.85 of curveBundle.
func bundled(run []vega.Point) []vega.Point {
	const beta = 0.85
	n := len(run) - 1
	out := make([]vega.Point, len(run))
	for i, p := range run {
		t := float64(i) / float64(n)
		out[i].X = beta*p.X + (1-beta)*(run[0].X+t*(run[n].X-run[0].X))
		out[i].Y = beta*p.Y + (1-beta)*(run[0].Y+t*(run[n].Y-run[0].Y))
	}
	return out
}

// cardinal is curveCardinal with a tension of 0, which curveCatmullRom is too
// where points are equally far apart.
func cardinal(run []vega.Point) []vega.Point {
	const k = 1.0 / 6
	at := func(i int) vega.Point { return run[max(0, min(i, len(run)-1))] }
	out := []vega.Point{run[0]}
	for i := 1; i < len(run); i++ {
		a, b, c, d := at(i-2), at(i-1), at(i), at(i+1)
		out = bezier(out, b.X+k*(c.X-a.X), b.Y+k*(c.Y-a.Y), c.X-k*(d.X-b.X), c.Y-k*(d.Y-b.Y), c.X, c.Y)
	}
	return out
}
