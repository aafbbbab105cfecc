package chart

import "github.com/authtabs/tabgate/tui/canvas"

// clip cuts a line to the dots 0..w, 0..h and reports whether any of it is
// left.
func clip(x0, y0, x1, y1, w, h int) (ax, ay, bx, by int, ok bool) {
	vec := func(x, y int) canvas.Vec { return canvas.Vec{X: float64(x), Y: float64(y)} }
	a, b, ok := canvas.Clip(vec(x0, y0), vec(x1, y1), float64(w), float64(h))
	if !ok {
		return 0, 0, 0, 0, false
	}
	dot := func(v float64, most int) int { return min(max(int(v+0.5), 0), most) }
	return dot(a.X, w), dot(a.Y, h), dot(b.X, w), dot(b.Y, h), true
}
