package deck

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// ranking is the scale of a colour or a height: from a bin's value to a place
// in a domain, with the ends beyond which a bin is hidden.
type ranking struct {
	of     func(v float64) float64
	domain [2]float64 // after percentiles
	show   [2]float64
}

func newRanking(p *props, which, kind string, values []float64) ranking {
	lower, upper := p.number(percentile(which, "lowerPercentile"), 0), p.number(percentile(which, "upperPercentile"), 100)
	r := ranking{of: func(v float64) float64 { return v }, domain: [2]float64{slices.Min(values), slices.Max(values)}}
	if d := p.pair(which + "Domain"); d != nil {
		r.domain = *d
	}
	cut := [2]float64{-infinity, infinity}
	switch kind {
	case "quantile":
		t := thresholds(values)
		r.of = func(v float64) float64 {
			n, _ := slices.BinarySearchFunc(t, v, func(t, v float64) int {
				if t <= v {
					return -1
				}
				return 1
			})
			return float64(n)
		}
		r.domain, cut = [2]float64{0, 99}, [2]float64{lower, upper - 1}
	case "ordinal":
		distinct := slices.Clone(values)
		slices.SortFunc(distinct, func(a, b float64) int { return cmp.Compare(js.FormatNumber(a), js.FormatNumber(b)) })
		distinct = slices.Compact(distinct)
		r.of = func(v float64) float64 { return float64(slices.Index(distinct, v)) }
		r.domain = [2]float64{0, float64(len(distinct) - 1)}
	case "quantize", "linear":
		if lower > 0 || upper < 100 {
			t := thresholds(values)
			if i := int(lower) - 1; i >= 0 && i < len(t) {
				cut[0] = t[i]
			}
			if i := int(upper) - 1; i >= 0 && i < len(t) {
				cut[1] = t[i]
			}
		}
	default:
		p.fail(which+"ScaleType", "%.40q is not supported: quantize, linear, quantile or ordinal", kind)
	}
	d := r.domain
	r.domain = [2]float64{max(d[0], cut[0]), min(d[1], cut[1])}
	r.show = [2]float64{max(d[0]-1, cut[0]), min(d[1]+1, cut[1])}
	return r
}

func percentile(which, name string) string {
	if which == "color" {
		return name
	}
	return "elevation" + string(name[0]-'a'+'A') + name[1:]
}

func (r ranking) shows(v float64) bool { return !math.IsNaN(v) && v >= r.show[0] && v <= r.show[1] }

// thresholds are the 99 percentiles of values, linear between ranks.
func thresholds(values []float64) []float64 {
	sorted := slices.Sorted(slices.Values(values))
	out := make([]float64, 99)
	for i := range out {
		h := float64(i+1) / 100 * float64(len(sorted)-1)
		k := int(h)
		out[i] = sorted[k]
		if k+1 < len(sorted) {
			out[i] += (sorted[k+1] - sorted[k]) * (h - float64(k))
		}
	}
	return out
}

// share is how far a value lies in a domain, 0 to 1; 0 where it has no length.
func share(v float64, domain [2]float64) float64 {
	if !(domain[1] > domain[0]) {
		return 0
	}
	return min(max((v-domain[0])/(domain[1]-domain[0]), 0), 1)
}

// shade is a value's colour: the nearest of the range, of which it tells the
// class, or for "linear" a blend between the middles of two, class -1.
func shade(colors []RGBA, kind string, v float64, domain [2]float64) (class int, c [4]float64) {
	n := len(colors)
	part := 0.0
	if domain[1] > domain[0] {
		part = (v - domain[0]) / (domain[1] - domain[0])
	}
	if kind != "linear" {
		class = int(min(max(math.Floor(part*float64(n)), 0), float64(n-1)))
		return class, parts4(colors[class])
	}
	x := min(max(part*float64(n)-.5, 0), float64(n-1))
	i := min(int(x), n-1)
	a, z := parts4(colors[i]), parts4(colors[min(i+1, n-1)])
	for k := range a {
		a[k] += (z[k] - a[k]) * (x - float64(i))
	}
	return -1, a
}

func parts4(c RGBA) (out [4]float64) {
	for i, v := range c {
		out[i] = float64(v)
	}
	return out
}
