package deck

import (
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

func (b *builder) hexagons(at [][]Place) {
	size := b.number("radius", 1000)
	b.bins(at, size, newHexLattice(size*unitsPerMeter(middle(at))))
	b.l.Bins.Hexagons = true
}

// Hexagons puts places together in hexagons of a radius in metres, each as high
// as it has places: from 0 to 1000 metres.
func Hexagons(at []Place, radius float64) *Bins {
	b := &builder{props: &props{o: js.NewObject(), kind: "HexagonLayer"}, l: &Layer{Extruded: true}, rows: make([]any, len(at))}
	b.o.Set("radius", radius)
	lists := make([][]Place, len(at))
	for i := range at {
		lists[i], b.index = at[i:i+1], append(b.index, i)
	}
	b.hexagons(lists)
	return b.l.Bins
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
