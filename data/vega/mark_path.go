package vega

import (
	"sort"
)

func (u drawing) paths() *Mark {
	m := &Mark{Type: u.kind}
	columns := make([][]any, 0)
	for _, s := range u.series() {
		columns = append(columns, u.main.column(s.col))
	}
	paint := u.painter()
	interpolate, _ := u.prop("interpolate").(string)
	var from, to [2]placer
	from[0], to[0] = u.pathSide("x")
	from[1], to[1] = u.pathSide("y")
	size := u.numberOf("size", u.propOr("size", 1))
	for _, g := range u.main.groups(columns) {
		rows := u.pathOrder(g.rows, from)
		p := Path{Rows: rows, Style: paint(rows[0]), Interpolate: interpolate}
		for _, r := range rows {
			pt := Point{X: from[0](r), Y: from[1](r), X2: to[0](r), Y2: to[1](r), Size: size(r)}
			if u.kind == "trail" && pt.Size != pt.Size {
				pt.X = pt.Size
			}
			p.Points = append(p.Points, pt)
		}
		m.Paths = append(m.Paths, p)
	}
	return m
}

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
	at := make(map[int]float64, len(rows))
	for _, r := range rows {
		at[r] = along(r)
	}
	out := append([]int(nil), rows...)
	sort.SliceStable(out, func(i, j int) bool {
		a, b := at[out[i]], at[out[j]]
		return a < b || a != a && b == b
	})
	return out
}
