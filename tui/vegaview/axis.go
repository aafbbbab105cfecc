package vegaview

import (
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// guide is an axis with the ticks that are in view.
type guide struct {
	*vega.Axis
	ticks  []any
	labels []string
	title  string
}

// guides are the axes of a plot as they are looked at: ticks of the part in
// view, whole ones where all values are whole, and no title that only repeats
// what dates and names say themselves.
func (v *view) guides(c *vega.Cell, axes []*vega.Axis) []guide {
	out := make([]guide, len(axes))
	for i, a := range axes {
		g := guide{a, a.Ticks, a.Labels, a.Title}
		if !a.Titled && (a.Scale.Timed() || a.Scale.Discrete()) {
			g.title = ""
		}
		if w, ok := v.seen.Windows[a.Scale]; ok && a.Scale.Continuous() {
			from, to := w.From, w.To
			if a.Channel == "y" {
				from, to = to, from
			}
			g.ticks, g.labels = a.Within(a.Scale.Invert(from), a.Scale.Invert(to))
		}
		if v.whole[a] {
			g.wholes()
		}
		out[i] = g
	}
	return out
}

// whole reports whether all values on an axis are whole numbers.
func whole(c *vega.Cell, a *vega.Axis) bool {
	if !a.Scale.Continuous() || a.Scale.Timed() {
		return false
	}
	any := false
	for _, m := range c.Marks {
		if m.Reading == nil {
			continue
		}
		for _, s := range m.Reading.Channels {
			if s.Scale != a.Scale {
				continue
			}
			if s.Binned {
				return false
			}
			for row := range m.Reading.Rows {
				f := s.Number(row)
				if f != f {
					continue
				}
				if any = true; f != math.Trunc(f) {
					return false
				}
			}
		}
	}
	return any
}

// wholes leaves out the ticks between whole numbers.
func (g *guide) wholes() {
	var ticks []any
	var labels []string
	for i, t := range g.ticks {
		f, ok := t.(float64)
		if !ok || len(g.labels) != len(g.ticks) {
			return
		}
		if math.Abs(f-math.Round(f)) > 1e-9 {
			continue
		}
		label := g.labels[i]
		if digits, zeros, found := strings.Cut(label, "."); found && strings.Trim(zeros, "0") == "" {
			label = digits
		}
		ticks, labels = append(ticks, t), append(labels, label)
	}
	if len(ticks) > 0 {
		g.ticks, g.labels = ticks, labels
	}
}

// rows is how many rows an axis at the top or bottom takes.
func (g *guide) rows() (n int) {
	if len(g.labels) > 0 {
		n++
	}
	if g.title != "" {
		n++
	}
	return n
}

// width is the width of the labels of an axis at the left or right.
func (g *guide) width(most int) int {
	w := 0
	for _, label := range g.labels {
		w = max(w, cell.Width(oneLine(label)))
	}
	if numeric(g.Axis) {
		return w // a number is never cut
	}
	return min(w, max(3, most))
}

// numeric reports whether the labels of an axis are numbers or dates.
func numeric(a *vega.Axis) bool { return !a.Scale.Discrete() }

// edges are the cells around a plot that its words take.
func (v *view) edges(c *vega.Cell, axes []*vega.Axis, room rect) (e edge) {
	for _, g := range v.guides(c, axes) {
		switch width := g.width(room.w / 3); g.Orient {
		case "left":
			if len(g.labels) > 0 {
				e.left = width + 1
			}
		case "right":
			if len(g.labels) > 0 {
				e.right = width + 1
			}
		case "top":
			e.top += g.rows()
		case "bottom":
			e.bottom += g.rows()
		}
		if g.title != "" && (g.Orient == "left" || g.Orient == "right") && room.h >= 6 {
			e.top = max(e.top, 1)
		}
	}
	e.top += len(v.headings(c))
	return e
}

// slack is how far, in cells, what stands between two cells may be off and still
// comes to the second: bars are rounded to pixels, and their labels are not.
const slack = 0.06

// placed is a label at its column.
type placed struct {
	x    int
	text string
}

// across draws the labels of an axis that lies.
func (v *view) across(g *guide, p rect, l lens, y int) {
	for _, a := range v.lying(g, p, l) {
		v.g.Text(v.start(a, p), y, a.text, v.look.Muted, 0)
	}
}

// lying returns the labels of an axis that lies, each with its column. Names
// that are too long for their bands are cut; those that would touch are left
// out: every second, every third, and so on.
func (v *view) lying(g *guide, p rect, l lens) (shown []placed) {
	var all []placed
	room := 0
	if g.Scale.Step > 0 {
		room = int(g.Scale.Step * l.sx)
	}
	for i := range g.labels {
		at, ok := tick(g.Axis, g.ticks[i], l.x0, l.x1)
		if !ok || g.labels[i] == "" {
			continue
		}
		col, _ := l.cell(at, 0)
		all = append(all, placed{int(math.Floor(min(col+slack, float64(p.w)-0.01))), oneLine(g.labels[i])})
	}
	if len(all) > 1 && all[0].x > all[len(all)-1].x {
		slices.Reverse(all)
	}
	if cut := max(3, room-1); room >= 4 && !v.fits(all, p, 1) {
		for i := range all {
			if !figures(all[i].text) {
				all[i].text = cell.Cut(all[i].text, cut)
			}
		}
	}
	every := 1
	for every < len(all) && !v.fits(all, p, every) {
		every++
	}
	for i := 0; i < len(all); i += every {
		shown = append(shown, all[i])
	}
	return shown
}

// figures reports whether a text is a number, which is another one when it is cut.
func figures(text string) bool {
	return strings.ContainsAny(text, "0123456789") && strings.Trim(text, "0123456789.,-−+%$€ ") == ""
}

// columns are where an axis that lies has lines of the grid: at its labels.
func (v *view) columns(g *guide, p rect, l lens) (at []int) {
	if len(g.labels) > 0 {
		for _, a := range v.lying(g, p, l) {
			at = append(at, a.x)
		}
		return at
	}
	for _, t := range g.ticks {
		if px, ok := tick(g.Axis, t, l.x0, l.x1); ok {
			col, _ := l.cell(px, 0)
			if x := min(int(col+slack), p.w-1); len(at) == 0 || abs(x-at[len(at)-1]) >= 6 {
				at = append(at, x)
			}
		}
	}
	return at
}

func abs(n int) int { return max(n, -n) }

// start is where a label begins that stands in the middle of its place, inside
// the grid.
func (v *view) start(a placed, p rect) int {
	w := cell.Width(a.text)
	return max(0, min(p.x+a.x-(w-1)/2, p.x+p.w-w+1, v.g.W-w))
}

// fits reports whether labels, every so many of them, have a gap between them.
func (v *view) fits(all []placed, p rect, every int) bool {
	end := -1 << 30
	for i := 0; i < len(all); i += every {
		x := v.start(all[i], p)
		if x <= end {
			return false
		}
		end = x + cell.Width(all[i].text)
	}
	return true
}

// tick is where a tick stands, in pixels; not ok outside of a window.
func tick(a *vega.Axis, t any, from, to float64) (float64, bool) {
	at := a.Scale.Map(t) + a.Scale.Bandwidth/2
	near := min(0.5, math.Abs(to-from)/500)
	if at != at || at < min(from, to)-near || at > max(from, to)+near {
		return 0, false
	}
	return at, true
}

// standing returns the places of the ticks of an axis that stands, of which
// every so many have a label, each with its row.
func standing(g *guide, p rect, l lens, every int) (ticks, rows []int) {
	last, n := -1<<30, 0
	for _, i := range upward(g, l) {
		at, ok := tick(g.Axis, g.ticks[i], l.y0, l.y1)
		if !ok || i < len(g.labels) && g.labels[i] == "" {
			continue
		}
		_, row := l.cell(0, at)
		y := max(0, min(int(row+slack), p.h-1))
		if n++; (n-1)%every != 0 || y == last {
			continue
		}
		last = y
		ticks, rows = append(ticks, i), append(rows, y)
	}
	return ticks, rows
}

// down draws the labels of an axis that stands, and its title above it.
func (v *view) down(g *guide, p, room rect, l lens, every, width int) {
	ticks, rows := standing(g, p, l, every)
	for k, i := range ticks {
		if i >= len(g.labels) {
			break
		}
		text := oneLine(g.labels[i])
		if figures(text) && cell.Width(text) > width {
			continue
		}
		text = cell.Cut(text, width)
		if g.Orient == "left" {
			v.g.Text(p.x-1-cell.Width(text), p.y+rows[k], text, v.look.Muted, 0)
		} else {
			v.g.Text(p.x+p.w+1, p.y+rows[k], text, v.look.Muted, 0)
		}
	}
	if g.title == "" || p.y-1 < room.y { // there is no room above
		return
	}
	text := cell.Cut(oneLine(g.title), room.w)
	x := max(room.x, p.x-1-width)
	if g.Orient == "right" {
		x = room.x + room.w - cell.Width(text)
	}
	v.g.Text(x, p.y-1, text, v.look.Muted, 0)
}

// upward are the places of the ticks from the lowest to the highest, so that
// the lowest one is kept where some are left out.
func upward(g *guide, l lens) []int {
	order := make([]int, len(g.ticks))
	for i := range order {
		order[i] = i
	}
	if n := len(order); n > 1 {
		first, last := g.Scale.Map(g.ticks[0]), g.Scale.Map(g.ticks[n-1])
		if first < last && !g.Scale.Discrete() {
			for i, k := 0, n-1; i < k; i, k = i+1, k-1 {
				order[i], order[k] = order[k], order[i]
			}
		}
	}
	return order
}

// beat decides how high a plot is and how many of its ticks have labels, so
// that they stand evenly: in the middle of rows that are equally far apart.
func beat(g *guide, l lens, h int) (height, every int) {
	n := 0
	var first, last, step float64
	even := true
	for i, t := range g.ticks {
		at, ok := tick(g.Axis, t, l.y0, l.y1)
		if !ok || i < len(g.labels) && g.labels[i] == "" {
			continue
		}
		switch {
		case n == 0:
			first = at
		case n == 1:
			step = at - last
		case math.Abs(at-last-step) > 0.01*math.Abs(step):
			even = false
		}
		last = at
		n++
	}
	if n < 2 {
		return h, 1
	}
	least := 1.0
	if h >= 9 {
		least = 1.6
	}
	apart := func(h int) float64 { return math.Abs(step) * float64(h-1) / math.Abs(l.y1-l.y0) }
	every = max(1, int(math.Ceil(least/max(1e-9, apart(h))-1e-9)))
	if !even || math.Abs(math.Abs(last-first)-math.Abs(step)*float64(n-1)) > 1 {
		return h, every
	}
	exact := func(h, k int) bool {
		d := apart(h) * float64(k)
		return d >= least && math.Abs(d-math.Round(d)) < 0.02
	}
	for lost := 0; lost <= h/6; lost++ {
		if exact(h-lost, every) {
			return h - lost, every
		}
	}
	for lost := 0; lost <= h/8 && apart(h)*float64(every) < 2.5; lost++ {
		if exact(h-lost, every+1) {
			return h - lost, every + 1
		}
	}
	return h, every
}
