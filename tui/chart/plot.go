package chart

import (
	"math"
	"unicode/utf8"

	"github.com/authtabs/tabgate/tui/cell"
)

// Rect is a part of a grid, in cells.
type Rect = cell.Rect

// Plot is where a chart put its data: the cells inside the axes; the values
// of x at the first and the last dot; the values of y in the middle of the
// last and of the first row, so that a tick's line, its label and the data lie
// at one height. A cell is two dots wide and four high.
type Plot struct {
	Rect
	XLo, XHi, YLo, YHi float64
}

// Contains reports whether a cell is inside the plot.
func (p Plot) Contains(x, y int) bool {
	return x >= p.X && x < p.X+p.W && y >= p.Y && y < p.Y+p.H
}

// scale maps v from lo..hi to 0..n-1, rounded; far off values stay bounded.
func scale(v, lo, hi float64, n int) int {
	if n <= 1 || hi <= lo {
		return 0
	}
	f := (v - lo) / (hi - lo) * float64(n-1)
	return int(math.Round(min(max(f, -1e6), 1e6)))
}

// dot returns the dot of a point, counted from the plot's top left.
func (p Plot) dot(x, y float64) (dx, dy int) {
	return scale(x, p.XLo, p.XHi, 2*p.W), int(math.Floor(4 * p.depth(y)))
}

// depth is how many rows, with their parts, y lies below the plot's top edge;
// far off values stay bounded.
func (p Plot) depth(y float64) float64 {
	if p.H <= 1 || p.YHi <= p.YLo {
		return 0.5
	}
	f := (p.YHi - y) / (p.YHi - p.YLo) * float64(p.H-1)
	return 0.5 + min(max(f, -1e6), 1e6)
}

// Column returns the grid column of x, which may be outside the plot.
func (p Plot) Column(x float64) int {
	return p.X + floorDiv(scale(x, p.XLo, p.XHi, 2*p.W), 2)
}

// Row returns the grid row of y, which may be outside the plot.
func (p Plot) Row(y float64) int {
	return p.Y + int(math.Floor(p.depth(y)))
}

// Value returns the x in the middle of a grid column.
func (p Plot) Value(column int) float64 {
	if p.W <= 0 {
		return p.XLo
	}
	return p.XLo + (float64(column-p.X)+0.5)/float64(p.W)*(p.XHi-p.XLo)
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }

// axis is the ticks of one axis and what they are called.
type axis struct {
	ticks  []float64
	labels []string
}

// width is the cells of the widest label.
func (a axis) width() (w int) {
	for _, s := range a.labels {
		w = max(w, utf8.RuneCountInString(s))
	}
	return w
}

// xAxis chooses ticks whose labels leave a blank between them, in the plot's
// columns, within bounds.
func xAxis(p Plot, bounds Rect, label func([]float64) []string) axis {
	for count := max(1, p.W/6); count > 0; count-- {
		ticks := Ticks(p.XLo, p.XHi, count)
		a := axis{ticks, label(ticks)}
		if a.fitsColumns(p, bounds) {
			return a
		}
	}
	return axis{}
}

// place returns the column where the label of tick i starts: centred, but
// inside bounds.
func (a axis) place(i int, p Plot, bounds Rect) int {
	w := utf8.RuneCountInString(a.labels[i])
	return max(bounds.X, min(p.Column(a.ticks[i])-w/2, bounds.X+bounds.W-w))
}

func (a axis) fitsColumns(p Plot, bounds Rect) bool {
	next := bounds.X
	for i, s := range a.labels {
		x := a.place(i, p, bounds)
		if w := utf8.RuneCountInString(s); x < next || w > bounds.W {
			return false
		}
		next = x + utf8.RuneCountInString(s) + 2
	}
	return true
}

// draw writes the grid lines and the labels of both axes. Labels of y end
// one cell before the plot, those of x stand in the row below it.
func (p Plot) draw(g *cell.Grid, x, y axis, bounds Rect, l Look) {
	for i, v := range y.ticks {
		row := p.Row(v)
		if !p.Contains(p.X, row) {
			continue
		}
		for col := p.X; col < p.X+p.W; col++ {
			c := g.At(col, row)
			if c != nil {
				c.Put('─', l.Grid, 0)
			}
		}
		s := y.labels[i]
		if left := p.X - 1 - utf8.RuneCountInString(s); left >= bounds.X {
			g.Text(left, row, s, l.Muted, 0)
		}
	}
	if p.Y+p.H >= bounds.Y+bounds.H {
		return
	}
	for i, s := range x.labels {
		g.Text(x.place(i, p, bounds), p.Y+p.H, s, l.Muted, 0)
	}
}
