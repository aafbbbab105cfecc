package vega

import (
	"slices"
	"sort"
)

// paths makes lines, areas and trails: one for each series.
func (u drawing) paths() *Mark {
	m := &Mark{Type: u.kind}
	var columns []*vector
	for _, s := range u.series() {
		columns = append(columns, u.main.vector(s.col))
	}
	paint := u.painter()
	interpolate, _ := u.prop("interpolate").(string)
	var from, to [2]placer
	from[0], to[0] = u.pathSide("x")
	from[1], to[1] = u.pathSide("y")
	size := u.numberOf("size", u.propOr("size", 2))
	for _, g := range u.main.groups(columns) {
		rows := u.pathOrder(g.rows, from)
		style := paint(rows[0])
		rows = u.seen(rows, from, to)
		p := Path{Rows: rows, Style: style, Interpolate: interpolate, Points: make([]Point, len(rows))}
		for k, r := range rows {
			pt := Point{X: from[0](r), Y: from[1](r), Size: size(r)}
			if pt.X2, pt.Y2 = pt.X, pt.Y; u.kind == "area" {
				pt.X2, pt.Y2 = to[0](r), to[1](r)
			}
			if u.kind == "trail" && pt.Size != pt.Size {
				pt.X = pt.Size
			}
			p.Points[k] = pt
		}
		m.Paths = append(m.Paths, p)
	}
	return m
}

// pathSide places the points of a path; an area has two edges.
func (u drawing) pathSide(name string) (from, to placer) {
	ch := u.channels[name]
	if u.kind == "area" && u.measureName() == name {
		if !ch.scaled() && !u.has(name+"2") && !ch.valued() {
			side := u.in.height
			if name == "x" {
				side = u.in.width
			}
			return func(int) float64 { return 0 }, func(int) float64 { return side }
		}
		return u.span(name)
	}
	p := u.middle(name)
	return p, p
}

func (ch *channel) valued() bool { return ch != nil && ch.hasValue }

// pathOrder sorts the points of a path: by the order channel, or along its
// dimension.
func (u drawing) pathOrder(rows []int, from [2]placer) []int {
	if len(u.order) > 0 {
		var fields []sortField
		for _, ch := range u.order {
			if ch.isField() {
				fields = append(fields, sortField{ch.col, ch.n.text("sort") == "descending"})
			}
		}
		if len(fields) == 0 {
			return rows
		}
		return u.main.sorted(rows, fields)
	}
	along := from[0]
	name := "x"
	if !u.vertical {
		along, name = from[1], "y"
	}
	ch := u.channels[name]
	if !ch.scaled() {
		return rows
	}
	at := make([]float64, len(rows))
	for k, r := range rows {
		at[k] = along(r)
	}
	before := func(a, b float64) bool { return a < b || a != a && b == b }
	order := make([]int, len(rows))
	sorted := true
	for k := range order {
		order[k] = k
		sorted = sorted && (k == 0 || !before(at[k], at[k-1]))
	}
	if sorted {
		return slices.Clone(rows)
	}
	sort.SliceStable(order, func(i, j int) bool { return before(at[order[i]], at[order[j]]) })
	for k, i := range order {
		order[k] = rows[i]
	}
	return order
}

// fewPoints is how many points of a path are not worth to be thinned out.
const fewPoints = 2000

// seen leaves out the points of a path that cannot be seen: of those in one
// column of dots the first and the last stay, and the least and the greatest of
// each edge.
func (u drawing) seen(rows []int, from, to [2]placer) []int {
	if !(u.c.opts.Dots > 0) || len(rows) <= fewPoints || u.kind == "trail" || len(u.order) > 0 {
		return rows
	}
	along, edges := from[0], [2]placer{from[1], to[1]}
	if !u.vertical {
		along, edges = from[1], [2]placer{from[0], to[0]}
	}
	if u.kind == "line" {
		edges[1] = nil
	}
	t := thinner{edges: edges}
	last, begun := 0, 0
	for k, r := range rows {
		x := along(r)
		column := int(x * u.c.opts.Dots)
		if x != x {
			column = -1 << 40
		}
		if k > 0 && column != last {
			t.column(rows[begun:k])
			begun = k
		}
		last = column
	}
	t.column(rows[begun:])
	return t.kept
}

// thinner keeps the points of a path that are seen.
type thinner struct {
	edges [2]placer
	kept  []int
}

// column keeps what is seen of the rows in one column of dots.
func (t *thinner) column(rows []int) {
	if len(rows) <= 4 {
		t.kept = append(t.kept, rows...)
		return
	}
	keep := []int{0, len(rows) - 1}
	for _, edge := range t.edges {
		if edge == nil {
			continue
		}
		least, most, first, last := -1, -1, -1, -1
		var low, high float64
		for k, r := range rows {
			v := edge(r)
			if v != v {
				continue
			}
			if last = k; first < 0 {
				first = k
			}
			if least < 0 || v < low {
				least, low = k, v
			}
			if most < 0 || v > high {
				most, high = k, v
			}
		}
		if least >= 0 {
			keep = append(keep, least, most, first, last)
		}
	}
	slices.Sort(keep)
	for _, k := range slices.Compact(keep) {
		t.kept = append(t.kept, rows[k])
	}
}
