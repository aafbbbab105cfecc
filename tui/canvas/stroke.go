package canvas

import "math"

// strokePath calls visit with the spans of a line of some width along path.
// Spans may overlap. Segments that are wholly off the picture cost nothing.
func strokePath(s *scanner, path []Vec, width float64, visit func(y, x0, x1 int)) {
	half := max(width, 1) / 2
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		if offside(a, b, half, float64(s.w), float64(s.h)) {
			continue
		}
		quad := ribbon(a, b, half)
		visitConvex(s, quad[:], visit)
		if width > 2 && (i+1 == len(path) || gapes(a, b, path[i+1], half)) {
			disc := around(b, half)
			visitConvex(s, disc[:], visit)
		}
	}
}

// gapes reports whether two ribbons leave a wedge of half a square or more open
// on the outside of the bend between them. Along a curve most do not.
func gapes(a, b, c Vec, half float64) bool {
	ux, uy, vx, vy := b.X-a.X, b.Y-a.Y, c.X-b.X, c.Y-b.Y
	cross, dot := ux*vy-uy*vx, ux*vx+uy*vy
	return dot <= 0 || half*math.Abs(cross) > 0.5*dot
}

// offside reports whether a segment cannot touch the picture.
func offside(a, b Vec, half, w, h float64) bool {
	return !(max(a.X, b.X)+half >= 0 && min(a.X, b.X)-half <= w && max(a.Y, b.Y)+half >= 0 && min(a.Y, b.Y)-half <= h)
}

func visitConvex(s *scanner, pts []Vec, visit func(y, x0, x1 int)) {
	from, to := s.convex(pts)
	for y := from; y < to; y++ {
		if x0, x1 := s.span(float64(s.left[y]), float64(s.right[y])); x0 < x1 {
			visit(y, x0, x1)
		}
	}
}

// ribbon is the rectangle along a segment, half wide to each side and a
// little longer than the segment so that neighbours join.
func ribbon(a, b Vec, half float64) [4]Vec {
	dx, dy := b.X-a.X, b.Y-a.Y
	n := math.Hypot(dx, dy)
	if n < 1e-9 {
		dx, n = 1, 1
	}
	ux, uy := dx/n*half, dy/n*half
	ex, ey := dx/n*0.25, dy/n*0.25
	return [4]Vec{
		{a.X - uy - ex, a.Y + ux - ey},
		{b.X - uy + ex, b.Y + ux + ey},
		{b.X + uy + ex, b.Y - ux + ey},
		{a.X + uy - ex, a.Y - ux - ey},
	}
}

func around(c Vec, radius float64) [8]Vec {
	var out [8]Vec
	for i := range out {
		out[i] = Vec{c.X + radius*octagon[i].X, c.Y + radius*octagon[i].Y}
	}
	return out
}

var octagon = func() (o [8]Vec) {
	for i := range o {
		a := float64(i) * math.Pi / 4
		o[i] = Vec{math.Cos(a), math.Sin(a)}
	}
	return o
}()
