package vega

import (
	"math"
)

func (c *transformer) loess(n node, t *table) *table {
	y, x := n.text("loess"), n.text("on")
	bandwidth, groupby, as := n.or("bandwidth", 0.3), n.texts("groupby"), n.texts("as")
	if len(as) == 0 {
		as = []string{flatName(x), flatName(y)}
	}
	var parts []*table
	for _, g := range t.groupsBy(groupby) {
		xs, ys := loess(t, g.rows, x, y, bandwidth)
		part := newTable(len(xs)).with(as[0], boxed(xs)).with(as[1], boxed(ys))
		parts = append(parts, t.constants(part, groupby, g.rows[0]))
	}
	return concat(parts...)
}

func loess(t *table, rows []int, x, y string, bandwidth float64) (outX, outY []float64) {
	xs, ys := points(t, rows, x, y)
	n := len(xs)
	if n == 0 {
		return nil, nil
	}
	mx, my := mean(xs), mean(ys)
	for i := range xs {
		xs[i] -= mx
		ys[i] -= my
	}
	width := max(2, int(bandwidth*float64(n)))
	fitted, weights := make([]float64, n), make([]float64, n)
	for i := range weights {
		weights[i] = 1
	}
	for round := range 3 {
		from, to := 0, width-1
		for i, dx := range xs {
			for to < n-1 && xs[to+1]-dx < dx-xs[from] {
				from++
				to++
			}
			to = min(to, n-1)
			edge := from
			if dx-xs[from] <= xs[to]-dx {
				edge = to
			}
			var w, sx, sy, sxy, sxx float64
			denominator := 1 / math.Abs(orOne(xs[edge]-dx))
			for k := from; k <= to; k++ {
				wk := tricube(math.Abs(dx-xs[k])*denominator) * weights[k]
				xkw := xs[k] * wk
				w += wk
				sx += xkw
				sy += ys[k] * wk
				sxy += ys[k] * xkw
				sxx += xs[k] * xkw
			}
			a, b := line(sx/w, sy/w, sxy/w, sxx/w)
			fitted[i] = a + b*dx
		}
		if round == 2 {
			break
		}
		residuals := make([]float64, n)
		for i := range xs {
			residuals[i] = math.Abs(ys[i] - fitted[i])
		}
		median := quantile(residuals, 0.5)
		if median < 1e-12 {
			break
		}
		for i := range weights {
			u := residuals[i] / (6 * median)
			weights[i] = 1e-12
			if u < 1 {
				u = 1 - u*u
				weights[i] = u * u
			}
		}
	}
	return averaged(xs, fitted, mx, my)
}

func orOne(f float64) float64 {
	if f == 0 {
		return 1
	}
	return f
}

func tricube(v float64) float64 {
	v = 1 - v*v*v
	return v * v * v
}

func line(x, y, xy, xx float64) (a, b float64) {
	d := xx - x*x
	if math.Abs(d) >= 1e-24 {
		b = (xy - x*y) / d
	}
	return y - b*x, b
}

// averaged returns one point for each x, the mean of those that have it.
func averaged(xs, ys []float64, mx, my float64) (outX, outY []float64) {
	count := 0.0
	for i := range xs {
		x := xs[i] + mx
		if k := len(outX) - 1; k >= 0 && outX[k] == x {
			count++
			outY[k] += (ys[i] - outY[k]) / count
			continue
		}
		if k := len(outY) - 1; k >= 0 {
			outY[k] += my
		}
		count = 1
		outX, outY = append(outX, x), append(outY, ys[i])
	}
	if k := len(outY) - 1; k >= 0 {
		outY[k] += my
	}
	return outX, outY
}
