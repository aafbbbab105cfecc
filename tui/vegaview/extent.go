package vegaview

import (
	"math"
	"sort"

	"github.com/authtabs/tabgate/data/vega"
)

// Extent returns what the marks on one scale reach to, in pixels, as far as they
// are in view along another. It is not ok where nothing is in view.
func (d *Drawer) Extent(of, along *vega.Scale, w Window) (low, high float64, ok bool) {
	e := extent{of: of, along: along, w: w, low: math.Inf(1), high: math.Inf(-1)}
	for _, c := range d.s.Cells {
		for _, m := range c.Marks {
			if m.Reading == nil {
				continue
			}
			if s, t := scaleIn(m, of.Channel), scaleIn(m, along.Channel); s == of && t == along {
				e.mark(d, m)
			}
		}
	}
	return e.low, e.high, e.low <= e.high
}

// scaleIn is the scale of a channel of a mark.
func scaleIn(m *vega.Mark, channel string) *vega.Scale {
	if s := m.Reading.Find(channel); s != nil {
		return s.Scale
	}
	return nil
}

// extent gathers what marks reach to.
type extent struct {
	of, along *vega.Scale
	w         Window
	low, high float64
}

func (e *extent) add(values ...float64) {
	for _, v := range values {
		if v == v {
			e.low, e.high = min(e.low, v), max(e.high, v)
		}
	}
}

func (e *extent) mark(d *Drawer, m *vega.Mark) {
	for i := range m.Paths {
		p := &m.Paths[i]
		if q := d.dense[p]; q != nil && e.of.Channel == "y" {
			n := len(q.points)
			from := sort.Search(n, func(i int) bool { return q.points[i].X >= e.w.From })
			to := sort.Search(n, func(i int) bool { return q.points[i].X > e.w.To })
			if x := q.of(from, to); x[0] <= x[1] {
				e.add(x[0], x[1])
			}
			continue
		}
		e.path(p.Points, m.Type == "area")
	}
	for i := range m.Items {
		it := &m.Items[i]
		a, b, v, v2 := it.X, it.X2, it.Y, it.Y2
		if e.of.Channel == "x" {
			a, b, v, v2 = it.Y, it.Y2, it.X, it.X2
		}
		if m.Type != "rect" && m.Type != "rule" {
			b, v2 = a, v
		}
		if max(a, b) >= e.w.From && min(a, b) <= e.w.To {
			e.add(v, v2)
		}
	}
}

// path adds the points in view, and where the lines to those beside them enter
// and leave it.
func (e *extent) path(points []vega.Point, area bool) {
	at := func(p vega.Point) (pos, v, v2 float64) {
		if e.of.Channel == "x" {
			return p.Y, p.X, p.X2
		}
		return p.X, p.Y, p.Y2
	}
	for i, p := range points {
		pos, v, v2 := at(p)
		if pos >= e.w.From && pos <= e.w.To {
			if e.add(v); area {
				e.add(v2)
			}
		}
		if i == 0 {
			continue
		}
		last, from, from2 := at(points[i-1])
		for _, edge := range [2]float64{e.w.From, e.w.To} {
			if (last < edge) == (pos < edge) || last == pos {
				continue
			}
			t := (edge - last) / (pos - last)
			if e.add(from + (v-from)*t); area {
				e.add(from2 + (v2-from2)*t)
			}
		}
	}
}
