package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
)

// size is the pixels that a box would have.
func (v *view) size(b *vega.Box) (w, h float64) {
	if b.Cell >= 0 {
		c := v.s.Cells[b.Cell]
		return max(1, c.Width), max(1, c.Height)
	}
	columns, rows := v.tracks(b)
	for _, f := range columns {
		w += f
	}
	for _, f := range rows {
		h += f
	}
	return w, h
}

// tracks are the widths of a box's columns and the heights of its rows.
func (v *view) tracks(b *vega.Box) (columns, rows []float64) {
	columns = make([]float64, min(b.Columns, len(b.Boxes)))
	for i, child := range b.Boxes {
		w, h := v.size(child)
		col, row := i%b.Columns, i/b.Columns
		if row == len(rows) {
			rows = append(rows, 0)
		}
		columns[col], rows[row] = max(columns[col], w), max(rows[row], h)
	}
	return columns, rows
}

// edge is the cells around a plot that its words take.
type edge struct{ left, right, top, bottom int }

// box draws the plots of a box in a room. The plots of a column begin and end
// at the same columns of cells, those of a row at the same rows.
func (v *view) box(b *vega.Box, room rect) {
	if b.Cell >= 0 {
		c := v.s.Cells[b.Cell]
		v.plot(b.Cell, room, v.edges(c, c.Axes, room), c.Axes)
		return
	}
	columns, rows := v.tracks(b)
	n, m := len(columns), len(rows)
	lefts, rights, tops, bottoms := make([]int, n), make([]int, n), make([]int, m), make([]int, m)
	share := rect{0, 0, max(room.w/max(1, n), v.g.W*3/5), room.h / max(1, m)}
	axes := make([][]*vega.Axis, len(b.Boxes))
	for i, child := range b.Boxes {
		if child.Cell < 0 {
			continue
		}
		c := v.s.Cells[child.Cell]
		axes[i] = v.outer(b, i)
		e := v.edges(c, axes[i], share)
		col, row := i%b.Columns, i/b.Columns
		lefts[col], rights[col] = max(lefts[col], e.left), max(rights[col], e.right)
		tops[row], bottoms[row] = max(tops[row], e.top), max(bottoms[row], e.bottom)
	}
	xs := spans(columns, lefts, rights, room.x, room.w, min(2, share.w/8))
	ys := spans(rows, tops, bottoms, room.y, room.h, 0)
	for i, child := range b.Boxes {
		col, row := i%b.Columns, i/b.Columns
		x, y := xs[col], ys[row]
		if child.Cell < 0 {
			v.box(child, rect{x.from, y.from, x.to - x.from, y.to - y.from})
			continue
		}
		v.plot(child.Cell, rect{x.from, y.from, x.to - x.from, y.to - y.from}, edge{lefts[col], rights[col], tops[row], bottoms[row]}, axes[i])
	}
}

// outer returns the axes of a plot without those that its neighbour at the
// left, or below, shows already for the same scale.
func (v *view) outer(b *vega.Box, i int) (axes []*vega.Axis) {
	c := v.s.Cells[b.Boxes[i].Cell]
	beside := func(k int) *vega.Cell {
		if k < 0 || k >= len(b.Boxes) || b.Boxes[k].Cell < 0 {
			return nil
		}
		if other := v.s.Cells[b.Boxes[k].Cell]; !other.Empty {
			return other
		}
		return nil
	}
	for _, a := range c.Axes {
		var other *vega.Cell
		switch {
		case a.Orient == "left" && i%b.Columns > 0:
			other = beside(i - 1)
		case a.Orient == "bottom":
			other = beside(i + b.Columns)
		}
		if other == nil || !shows(other, a) {
			axes = append(axes, a)
		}
	}
	return axes
}

// shows reports whether a plot has the same axis.
func shows(c *vega.Cell, a *vega.Axis) bool {
	for _, o := range c.Axes {
		if o.Orient == a.Orient && o.Scale == a.Scale && o.Title == a.Title {
			return true
		}
	}
	return false
}

// span is the cells from one place up to another.
type span struct{ from, to int }

// spans divides a length among tracks: what stands around each plot, a gap
// between them, and the rest in proportion.
func spans(parts []float64, before, behind []int, from, length, gap int) []span {
	rest, total := length-gap*(len(parts)-1), 0.0
	for i, p := range parts {
		rest -= before[i] + behind[i]
		total += p
	}
	rest = max(0, rest)
	out := make([]span, len(parts))
	sum, at := 0.0, from
	for i, p := range parts {
		start := int(math.Round(sum / total * float64(rest)))
		sum += p
		end := int(math.Round(sum / total * float64(rest)))
		to := min(from+length, at+before[i]+behind[i]+end-start)
		out[i] = span{at, to}
		at = min(from+length, to+gap)
	}
	return out
}
