package deck

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

func (b *builder) weighted(at [][]Place) []Weighted {
	weight := b.accessor("getWeight", 1.0)
	out := make([]Weighted, len(at))
	for i, p := range at {
		out[i] = Weighted{Item{Row: b.index[i]}, p[0], value(weight.call(b.row(i)), 0)}
	}
	return out
}

func (b *builder) screenGrid(at [][]Place) {
	b.l.Screen = &ScreenGrid{
		Cell: b.number("cellSizePixels", 100), Margin: b.number("cellMarginPixels", 2), ScaleType: b.word("colorScaleType", "linear"),
		Aggregation: b.word("aggregation", "SUM"), Domain: b.pair("colorDomain"), Range: b.colorRange(), Points: b.weighted(at),
	}
	if !(b.l.Screen.Cell >= 1) {
		b.fail("cellSizePixels", "must be at least 1")
	}
}

// ScreenCell is one square of a ScreenGrid, counted from the top left.
type ScreenCell struct {
	Col, Row, Count int
	Value           float64
	Color           [4]float64
	Rows            []int
}

// Cells counts the places that a view shows on a page of so many pixels, in
// squares, and returns them with the domain of their colours.
func (s *ScreenGrid) Cells(v View, width, height float64) (cells []ScreenCell, domain [2]float64) {
	p := newProjector(v, width, height)
	found := map[[2]int]int{}
	var weights [][]float64
	for _, w := range s.Points {
		x, y, ok := p.pixel(w.At)
		if !ok || x < 0 || y < 0 || x >= width || y >= height {
			continue
		}
		at := [2]int{int(math.Floor(x / s.Cell)), int(math.Floor(y / s.Cell))}
		i, ok := found[at]
		if !ok {
			i = len(cells)
			found[at] = i
			cells, weights = append(cells, ScreenCell{Col: at[0], Row: at[1]}), append(weights, nil)
		}
		cells[i].Count++
		cells[i].Rows = append(cells[i].Rows, w.Row)
		weights[i] = append(weights[i], w.Weight)
	}
	domain = [2]float64{infinity, -infinity}
	for i := range cells {
		cells[i].Value = aggregate(s.Aggregation, weights[i])
		domain[0], domain[1] = min(domain[0], cells[i].Value), max(domain[1], cells[i].Value)
	}
	if s.Domain != nil {
		domain = *s.Domain
	}
	for i := range cells {
		_, cells[i].Color = shade(s.Range, s.ScaleType, cells[i].Value, domain)
	}
	return cells, domain
}

// row is a cell as tooltips see it.
func (c *ScreenCell) row() any {
	o := js.NewObject()
	o.Set("col", float64(c.Col))
	o.Set("row", float64(c.Row))
	o.Set("value", c.Value)
	o.Set("count", float64(c.Count))
	return o
}

func (b *builder) heat(at [][]Place) {
	b.l.Heat = &Heat{
		RadiusPx: b.number("radiusPixels", 50), Intensity: b.number("intensity", 1), Threshold: b.number("threshold", .05),
		Mean: b.o.Get("aggregation") == "MEAN", Domain: b.pair("colorDomain"), Range: b.colorRange(), Points: b.weighted(at),
	}
	if b.o.Get("aggregation") == "@@=MEAN" {
		b.l.Notes = append(b.l.Notes, `aggregation "@@=MEAN" is a sum, as in a browser: pydeck needs pdk.types.String("MEAN")`)
	}
	if !(b.l.Heat.RadiusPx > 0) {
		b.fail("radiusPixels", "must be more than 0")
	}
}

// Kernel is the weight at a distance, in parts of the radius: deck.gl's gauss.
func Kernel(u float64) float64 {
	if u > 1 {
		return 0
	}
	return math.Pow(2.71828, -u*u/0.05555) / (1.77245385 * 0.166666)
}

// Densities are the densities at the places themselves, at a zoom.
func (h *Heat) Densities(zoom float64) []float64 {
	type dot struct {
		x, y float64
		i    int
	}
	reach := h.RadiusPx / math.Exp2(zoom) // in common space
	dots := make([]dot, len(h.Points))
	for i, p := range h.Points {
		dots[i].x, dots[i].y = mercator(p.At.Lon, p.At.Lat)
		dots[i].i = i
	}
	slices.SortFunc(dots, func(a, b dot) int { return cmp.Compare(a.x, b.x) })
	out := make([]float64, len(dots))
	from := 0
	for _, d := range dots {
		for dots[from].x < d.x-reach {
			from++
		}
		total, count := 0.0, 0.0
		for _, e := range dots[from:] {
			if e.x > d.x+reach {
				break
			}
			k := Kernel(math.Hypot(d.x-e.x, d.y-e.y) / reach)
			total += h.Points[e.i].Weight * k
			count += k
		}
		if h.Mean {
			total /= max(1, count)
		}
		out[d.i] = total
	}
	return out
}
