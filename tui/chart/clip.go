package chart

// clip cuts a line to 0..w, 0..h (Liang and Barsky) and reports whether any of
// it is left.
func clip(x0, y0, x1, y1, w, h int) (ax, ay, bx, by int, ok bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := float64(x1-x0), float64(y1-y0)
	edges := [4][2]float64{
		{-dx, float64(x0)}, {dx, float64(w - x0)}, {-dy, float64(y0)}, {dy, float64(h - y0)},
	}
	for _, e := range edges {
		p, q := e[0], e[1]
		switch {
		case p == 0:
			if q < 0 {
				return 0, 0, 0, 0, false
			}
		case p < 0:
			t0 = max(t0, q/p)
		default:
			t1 = min(t1, q/p)
		}
	}
	if t0 > t1 {
		return 0, 0, 0, 0, false
	}
	at := func(from int, d, t float64, most int) int {
		return min(max(int(float64(from)+d*t+0.5), 0), most)
	}
	return at(x0, dx, t0, w), at(y0, dy, t0, h), at(x0, dx, t1, w), at(y0, dy, t1, h), true
}
