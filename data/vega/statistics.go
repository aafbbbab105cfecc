package vega

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

func (c *transformer) density(n node, t *table) *table {
	field, groupby, as := n.text("density"), n.texts("groupby"), n.texts("as")
	if len(as) == 0 {
		as = []string{"value", "density"}
	}
	bandwidth, counts, cumulative := n.or("bandwidth", 0), n.flag("counts", false), n.flag("cumulative", false)
	steps := n.or("steps", 0)
	if n.has("minsteps") {
		refuse(n.at("minsteps"), "is not supported")
	}
	if steps == 0 {
		steps = n.or("maxsteps", 200)
	}
	if !(steps >= 1 && steps <= 100_000) {
		refuse(n.at("steps"), "must be 1 to 100,000")
	}
	low, high := extent(t.column(field))
	if list, ok := n.get("extent").([]any); ok && len(list) == 2 {
		low, high = js.Number(list[0]), js.Number(list[1])
	}
	shared := n.text("resolve") != "independent"
	if !shared {
		refuse(n.at("resolve"), "%q is not supported", "independent")
	}
	read := t.reader(field)
	var parts []*table
	for _, g := range t.groupsBy(groupby) {
		values := make([]any, 0, len(g.rows))
		for _, r := range g.rows {
			values = append(values, read(r))
		}
		v := make([]float64, 0, len(values))
		for _, value := range values { // null is 0 here
			if f := js.Number(value); f == f {
				v = append(v, f)
			}
		}
		from, to := low, high
		if !shared && !n.has("extent") {
			from, to = extent(values)
		}
		h := bandwidth
		if h <= 0 {
			h = kernelWidth(numbers(values))
		}
		size := int(steps) + 1
		xs, ys := make([]any, size), make([]any, size)
		for i := range size {
			x := from + (to-from)*float64(i)/steps
			y := kernel(v, h, x, cumulative)
			if counts {
				y *= float64(len(v))
			}
			xs[i], ys[i] = x, y
		}
		parts = append(parts, t.constants(newTable(size).with(as[0], xs).with(as[1], ys), groupby, g.rows[0]))
	}
	return concat(parts...)
}

// kernelWidth is Scott's rule, as vega-statistics has it.
func kernelWidth(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	d := deviation(v)
	spread := (quantile(v, 0.75) - quantile(v, 0.25)) / 1.34
	h := min(d, spread)
	if h == 0 || h != h {
		if h = d; h == 0 || h != h {
			if h = math.Abs(v[0]); h == 0 {
				h = 1
			}
		}
	}
	return 1.06 * h * math.Pow(float64(len(v)), -0.2)
}

func kernel(v []float64, h, x float64, cumulative bool) float64 {
	s := 0.0
	for _, f := range v {
		z := (x - f) / h
		if cumulative {
			s += 0.5 * math.Erfc(-z/math.Sqrt2)
		} else {
			s += math.Exp(-0.5*z*z) / math.Sqrt(2*math.Pi)
		}
	}
	if !cumulative {
		s /= h
	}
	return s / float64(len(v))
}
