package deck

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// ramp is the range of colours of all aggregations: ColorBrewer's YlOrRd.
var ramp = []RGBA{{255, 255, 178, 255}, {254, 217, 118, 255}, {254, 178, 76, 255}, {253, 141, 60, 255}, {240, 59, 32, 255}, {189, 0, 38, 255}}

// colorRange reads the colours of an aggregation.
func (b *builder) colorRange() []RGBA {
	list, _ := b.o.Get("colorRange").([]any)
	var out []RGBA
	for _, v := range list {
		if c, ok := v.([]any); ok && len(c) >= 3 {
			out = append(out, color(c))
		} else {
			b.fail("colorRange", "holds what is no colour")
		}
	}
	if len(out) == 0 {
		return ramp
	}
	return out
}

// lattice tells which bin of common space a place is in, and what it looks like.
type lattice interface {
	bin(x, y float64) [2]int
	center(bin [2]int) (x, y float64)
	corners(x, y float64) [][2]float64
}

// hexLattice is a lattice of pointy-topped hexagons that begins at the world's
// origin: the rule of d3-hexbin.
type hexLattice struct{ r, dx, dy float64 }

func newHexLattice(r float64) hexLattice { return hexLattice{r, 2 * r * math.Sin(math.Pi/3), 1.5 * r} }

func (h hexLattice) bin(x, y float64) [2]int {
	py := y / h.dy
	pj := math.Floor(py + .5)
	px := x/h.dx - odd(pj)/2
	pi := math.Floor(px + .5)
	if py1 := py - pj; math.Abs(py1)*3 > 1 {
		px1 := px - pi
		pi2, pj2 := pi+side(px < pi)/2, pj+side(py < pj)
		px2, py2 := px-pi2, py-pj2
		if px1*px1+py1*py1 > px2*px2+py2*py2 {
			pi, pj = pi2+(odd(pj)*2-1)/2, pj2
		}
	}
	return [2]int{int(pi), int(pj)}
}

func odd(v float64) float64 { return math.Abs(math.Mod(v, 2)) }

func side(less bool) float64 {
	if less {
		return -1
	}
	return 1
}

func (h hexLattice) center(b [2]int) (x, y float64) {
	return (float64(b[0]) + odd(float64(b[1]))/2) * h.dx, float64(b[1]) * h.dy
}

func (h hexLattice) corners(x, y float64) (out [][2]float64) {
	for i := range 6 {
		sin, cos := math.Sincos(float64(i)*math.Pi/3 - math.Pi/6)
		out = append(out, [2]float64{x + h.r*cos, y + h.r*sin})
	}
	return out
}

// squareLattice is a lattice of squares that begins at the world's origin.
type squareLattice float64

func (s squareLattice) bin(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / float64(s))), int(math.Floor(y / float64(s)))}
}

func (s squareLattice) center(b [2]int) (x, y float64) {
	return (float64(b[0]) + .5) * float64(s), (float64(b[1]) + .5) * float64(s)
}

func (s squareLattice) corners(x, y float64) [][2]float64 {
	h := float64(s) / 2
	return [][2]float64{{x - h, y - h}, {x + h, y - h}, {x + h, y + h}, {x - h, y + h}}
}

// middle is the latitude in the middle of the places' box.
func middle(at [][]Place) float64 {
	lo, hi := infinity, -infinity
	for _, p := range at {
		lo, hi = min(lo, p[0].Lat), max(hi, p[0].Lat)
	}
	return (lo + hi) / 2
}

func (b *builder) hexagons(at [][]Place) {
	size := b.number("radius", 1000)
	b.bins(at, size, newHexLattice(size*unitsPerMeter(middle(at))))
	b.l.Bins.Hexagons = true
}

func (b *builder) squares(at [][]Place) {
	size := b.number("cellSize", 1000)
	b.bins(at, size, squareLattice(size*unitsPerMeter(middle(at))))
}

// bins puts the rows together, and gives each bin its colour and its height.
func (b *builder) bins(at [][]Place, size float64, l lattice) {
	out := &Bins{Size: size, Coverage: b.number("coverage", 1), Range: b.colorRange(), ScaleType: b.word("colorScaleType", "quantize")}
	b.l.Bins = out
	if !(size > 0) {
		b.fail("radius", "must be more than 0")
	}
	if len(at) == 0 || b.bad != nil {
		return
	}
	groups := b.groups(at, l)
	colors, heights := b.totals(groups, "color"), b.totals(groups, "elevation")
	c := newRanking(b.props, "color", out.ScaleType, colors)
	e := newRanking(b.props, "elevation", b.word("elevationScaleType", "linear"), heights)
	out.ColorDomain, out.ElevationDomain = c.domain, e.domain
	rise := [2]float64{0, 1000}
	if r := b.pair("elevationRange"); r != nil {
		rise = *r
	}
	scale := b.number("elevationScale", 1)
	for i, g := range groups {
		cv, ev := c.of(colors[i]), e.of(heights[i])
		if !c.shows(cv) || !e.shows(ev) {
			out.Hidden++
			continue
		}
		x, y := l.center(g.bin)
		bin := Bin{Item: Item{Row: -1}, At: unproject(x, y), Count: len(g.rows), ColorValue: colors[i], ElevationValue: heights[i], Rows: g.rows}
		for _, k := range l.corners(x, y) {
			bin.Corners = append(bin.Corners, unproject(k[0], k[1]))
		}
		bin.Class, bin.Color = shade(out.Range, out.ScaleType, cv, c.domain)
		if b.l.Extruded {
			bin.Elevation = (rise[0] + (rise[1]-rise[0])*share(ev, e.domain)) * scale
		}
		if b.l.Pickable {
			bin.Hover = b.tip.fill(bin.row())
		}
		out.Bins = append(out.Bins, bin)
	}
}

// row is a bin as tooltips see it.
func (b *Bin) row() any {
	o := js.NewObject()
	o.Set("position", []any{b.At.Lon, b.At.Lat})
	o.Set("colorValue", b.ColorValue)
	o.Set("elevationValue", b.ElevationValue)
	o.Set("count", float64(b.Count))
	return o
}

// group is the rows in one bin.
type group struct {
	bin  [2]int
	rows []int // of the data
}

// groups puts the rows into bins, in the order in which these are met.
func (b *builder) groups(at [][]Place, l lattice) (out []group) {
	found := map[[2]int]int{}
	for i, p := range at {
		x, y := mercator(p[0].Lon, p[0].Lat)
		bin := l.bin(x, y)
		k, ok := found[bin]
		if !ok {
			k = len(out)
			found[bin] = k
			out = append(out, group{bin: bin})
		}
		out[k].rows = append(out[k].rows, b.index[i])
	}
	return out
}

// totals aggregates a weight over the rows of each bin. Which is "color" or
// "elevation".
func (b *builder) totals(groups []group, which string) []float64 {
	name := map[string]string{"color": "getColorWeight", "elevation": "getElevationWeight"}[which]
	weight, op := b.accessor(name, 1.0), b.word(which+"Aggregation", "SUM")
	if _, ok := aggregations[op]; !ok {
		b.l.Notes = append(b.l.Notes, which+"Aggregation "+op+" is not known: it is a sum, as in a browser")
	}
	out := make([]float64, len(groups))
	for i, g := range groups {
		values := make([]float64, len(g.rows))
		for k, row := range g.rows {
			values[k] = value(weight.call(b.rows[row]), 0)
		}
		out[i] = aggregate(op, values)
	}
	return out
}

// aggregations are the operations that bins know.
var aggregations = map[string]func(values []float64) float64{
	"SUM":   sum,
	"MEAN":  func(v []float64) float64 { return sum(v) / float64(len(v)) },
	"MIN":   func(v []float64) float64 { return slices.Min(v) },
	"MAX":   func(v []float64) float64 { return slices.Max(v) },
	"COUNT": func(v []float64) float64 { return float64(len(v)) },
}

func sum(values []float64) (s float64) {
	for _, v := range values {
		s += v
	}
	return s
}

func aggregate(op string, values []float64) float64 {
	f, ok := aggregations[op]
	if !ok {
		f = sum
	}
	return float64(float32(f(values)))
}

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
