package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

func (c *transformer) regression(n node, t *table) *table {
	y, x := n.text("regression"), n.text("on")
	method, groupby, as := n.text("method"), n.texts("groupby"), n.texts("as")
	if method == "" {
		method = "linear"
	}
	if len(as) == 0 {
		as = []string{flatName(x), flatName(y)}
	}
	order := int(n.or("order", 3))
	if n.flag("params", false) {
		return c.regressionParams(t, n, groupby, x, y, method, order)
	}
	var parts []*table
	for _, g := range t.groupsBy(groupby) {
		xs, ys := points(t, g.rows, x, y)
		f, _, _ := fit(method, order, xs, ys, n)
		if f == nil {
			continue
		}
		from, to := slices.Min(xs), slices.Max(xs)
		if list, ok := n.get("extent").([]any); ok && len(list) == 2 {
			from, to = js.Number(list[0]), js.Number(list[1])
		}
		px, py := []float64{from, to}, []float64{f(from), f(to)}
		if method != "linear" {
			px, py = sampled(f, from, to)
		}
		part := newTable(len(px)).with(as[0], boxed(px)).with(as[1], boxed(py))
		parts = append(parts, t.constants(part, groupby, g.rows[0]))
	}
	return concat(parts...)
}

func boxed(v []float64) []any {
	out := make([]any, len(v))
	for i, f := range v {
		out[i] = f
	}
	return out
}

func (c *transformer) regressionParams(t *table, n node, groupby []string, x, y, method string, order int) *table {
	var parts []*table
	for _, g := range t.groupsBy(groupby) {
		xs, ys := points(t, g.rows, x, y)
		f, coef, r2 := fit(method, order, xs, ys, n)
		if f == nil {
			continue
		}
		part := newTable(1).with("coef", []any{boxed(coef)}).with("rSquared", []any{r2})
		parts = append(parts, t.constants(part, groupby, g.rows[0]))
	}
	return concat(parts...)
}

// fit returns the curve of a regression, its coefficients and R². It is nil
// where there are too few points.
func fit(method string, order int, xs, ys []float64, n node) (f func(float64) float64, coef []float64, r2 float64) {
	if len(xs) == 0 {
		return nil, nil, 0
	}
	transformed := func(fx, fy func(float64) float64) (a, b float64) {
		var mx, my, sxx, sxy float64
		for i := range xs {
			mx += (fx(xs[i]) - mx) / float64(i+1)
			my += (fy(ys[i]) - my) / float64(i+1)
		}
		for i := range xs {
			dx := fx(xs[i]) - mx
			sxx += dx * dx
			sxy += dx * (fy(ys[i]) - my)
		}
		b = sxy / sxx
		if sxx == 0 {
			b = 0
		}
		return my - b*mx, b
	}
	same := func(v float64) float64 { return v }
	switch method {
	case "linear":
		a, b := transformed(same, same)
		f, coef = func(x float64) float64 { return a + b*x }, []float64{a, b}
	case "log":
		a, b := transformed(math.Log, same)
		f, coef = func(x float64) float64 { return a + b*math.Log(x) }, []float64{a, b}
	case "exp":
		f, coef = fitExp(xs, ys)
	case "pow":
		a, b := transformed(math.Log, math.Log)
		a = math.Exp(a)
		f, coef = func(x float64) float64 { return a * math.Pow(x, b) }, []float64{a, b}
	case "quad":
		f, coef = polynomial(xs, ys, 2)
	case "poly":
		switch {
		case order == 0:
			m := mean(ys)
			f, coef = func(float64) float64 { return m }, []float64{m}
		case order > 20:
			refuse(n.at("order"), "must be 20 at most")
		default:
			f, coef = polynomial(xs, ys, order)
		}
	default:
		refuse(n.at("method"), "%q is not supported", method)
	}
	m := mean(ys)
	var residual, total float64
	for i := range xs {
		residual += (ys[i] - f(xs[i])) * (ys[i] - f(xs[i]))
		total += (ys[i] - m) * (ys[i] - m)
	}
	return f, coef, 1 - residual/total
}

// fitExp weighs the points by y, as vega-statistics does.
func fitExp(xs, ys []float64) (func(float64) float64, []float64) {
	m := mean(xs)
	var sy, sly, sxy, sxly, sxxy float64
	for i := range xs {
		x, y, ly := xs[i]-m, ys[i], math.Log(ys[i])
		k := float64(i + 1)
		sy += (y - sy) / k
		sxy += (x*y - sxy) / k
		sly += (y*ly - sly) / k
		sxly += (x*y*ly - sxly) / k
		sxxy += (x*x*y - sxxy) / k
	}
	d := sxxy*sy - sxy*sxy
	b := (sy*sxly - sxy*sly) / d
	if d == 0 {
		b = 0
	}
	a := (sly - b*sxy) / sy
	return func(x float64) float64 { return math.Exp(a + b*(x-m)) }, []float64{math.Exp(a - b*m), b}
}

// polynomial fits by the normal equations, about the means.
func polynomial(xs, ys []float64, order int) (func(float64) float64, []float64) {
	mx, my := mean(xs), mean(ys)
	k := order + 1
	m := make([][]float64, k)
	for i := range m {
		m[i] = make([]float64, k+1)
		for l := range xs {
			x := xs[l] - mx
			m[i][k] += math.Pow(x, float64(i)) * (ys[l] - my)
			for j := range k {
				m[i][j] += math.Pow(x, float64(i+j))
			}
		}
	}
	coef := solve(m)
	f := func(x float64) float64 {
		x -= mx
		y := my
		p := 1.0
		for _, c := range coef {
			y += c * p
			p *= x
		}
		return y
	}
	return f, uncentred(coef, -mx, my)
}

// uncentred returns the coefficients of the same curve about zero.
func uncentred(a []float64, x, y float64) []float64 {
	z := make([]float64, len(a))
	for i := range a {
		c := a[i]
		binomial := 1.0
		for j := i; j >= 0; j-- {
			z[j] += c * binomial * math.Pow(x, float64(i-j))
			binomial = binomial * float64(j) / float64(i-j+1)
		}
	}
	z[0] += y
	return z
}

// solve solves a system of linear equations by Gauss's elimination; each row
// ends with its right side.
func solve(m [][]float64) []float64 {
	n := len(m)
	for i := range n {
		r := i
		for j := i + 1; j < n; j++ {
			if math.Abs(m[j][i]) > math.Abs(m[r][i]) {
				r = j
			}
		}
		m[i], m[r] = m[r], m[i]
		for j := i + 1; j < n; j++ {
			f := m[j][i] / m[i][i]
			for k := n; k >= i; k-- {
				m[j][k] -= m[i][k] * f
			}
		}
	}
	x := make([]float64, n)
	for j := n - 1; j >= 0; j-- {
		s := 0.0
		for k := j + 1; k < n; k++ {
			s += m[j][k] * x[k]
		}
		x[j] = (m[j][n] - s) / m[j][j]
	}
	return x
}

// sampled returns points of a curve: 25 equal steps, each halved while its
// middle lies off the chord by more than half a degree.
func sampled(f func(float64) float64, from, to float64) (xs, ys []float64) {
	const minSteps, maxSteps = 25, 200
	minRadians := 0.5 * math.Pi / 180
	type point struct{ x, y float64 }
	var todo []point
	start := point{from, f(from)}
	low, high := start.y, start.y
	stop := (to - from) / maxSteps
	for i := 1; i <= minSteps; i++ {
		x := from + float64(i)/minSteps*(to-from)
		p := point{x, f(x)}
		todo = append(todo, p)
		low, high = min(low, p.y), max(high, p.y)
	}
	slices.Reverse(todo)
	sx, sy := 1/(to-from), 1/(high-low)
	angle := func(a, b point) float64 { return math.Atan2(sy*(b.y-a.y), sx*(b.x-a.x)) }
	done := []point{start}
	for len(todo) > 0 {
		p1 := todo[len(todo)-1]
		p0 := done[len(done)-1]
		pm := point{(p0.x + p1.x) / 2, 0}
		pm.y = f(pm.x)
		if pm.x-p0.x >= stop && math.Abs(angle(p0, pm)-angle(p0, p1)) > minRadians && len(done) < maxRows {
			todo = append(todo, pm)
			continue
		}
		done = append(done, p1)
		todo = todo[:len(todo)-1]
	}
	for _, p := range done {
		xs, ys = append(xs, p.x), append(ys, p.y)
	}
	return xs, ys
}
