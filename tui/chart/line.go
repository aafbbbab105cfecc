package chart

import (
	"math"

	ntcanvas "github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"

	"github.com/authtabs/tabgate/tui/cell"
)

// Line is one series over its index.
type Line struct {
	Series   *Series
	XLo, XHi float64 // visible indices
	YLo, YHi float64 // visible values
	Cursor   int     // the index that the cursor is at, -1 for none
	Newest   bool    // mark the last value and write it at its right
	Decimals int     // of the values that are written out
}

const (
	widthForNewest = 40 // a narrower chart has no room right of its plot
	heightForAxis  = 3  // a lower chart has no labels below
)

// Draw draws into a part of a grid whose background is painted already, and
// says where the data went. A part too small for axes gets the line alone.
func (n Line) Draw(g *cell.Grid, r Rect, l Look) Plot {
	p, y := n.layout(r)
	if p.W < 1 || p.H < 1 {
		return Plot{}
	}
	p.draw(g, xAxis(p, r, Labels), y, r, l)
	if n.Cursor >= 0 {
		rule(g, p, n.Cursor, l)
	}
	n.dots(g, p, l)
	n.marks(g, p, r, l)
	return p
}

// layout leaves room for labels: y at the left, x below, the newest value at
// the right.
func (n Line) layout(r Rect) (Plot, axis) {
	p := Plot{Rect: r, XLo: n.XLo, XHi: n.XHi}
	if r.H >= heightForAxis {
		p.H--
	}
	y := yAxis(n.YLo, n.YHi, p.H)
	p.YLo, p.YHi = y.lo, y.hi
	if left := y.width() + 1; left < r.W/2 {
		p.X, p.W = p.X+left, p.W-left
	}
	if n.Newest && r.W >= widthForNewest {
		p.W -= len(n.text(n.Series.Len()-1)) + 2
	}
	return p, y.axis
}

func (n Line) text(i int) string { return Number(n.Series.At(i), n.Decimals) }

// rule draws the cursor's column.
func rule(g *cell.Grid, p Plot, index int, l Look) {
	x := p.Column(float64(index))
	if !p.Contains(x, p.Y) {
		return
	}
	for y := p.Y; y < p.Y+p.H; y++ {
		if c := g.At(x, y); c != nil {
			c.Put('│', l.Muted, 0)
		}
	}
}

// dots draws the line as one grid of braille dots.
func (n Line) dots(g *cell.Grid, p Plot, l Look) {
	dots := graph.NewBrailleGrid(p.W, p.H, 0, 1, 0, 1)
	if n.XHi-n.XLo > float64(4*p.W) {
		n.columns(dots, p)
	} else {
		n.points(dots, p)
	}
	color := l.Color(0)
	for y, row := range dots.BraillePatterns() {
		for x, r := range row {
			if r <= '⠀' {
				continue
			}
			if c := g.At(p.X+x, p.Y+y); c != nil {
				c.Put(l.glyph(r, asciiDots(r)), color, 0)
			}
		}
	}
}

// asciiDots returns the sign for a braille cell where only ASCII is drawn: it
// says which half the dots are in.
func asciiDots(r rune) rune {
	const upper, lower = 0x1 | 0x2 | 0x8 | 0x10, 0x4 | 0x20 | 0x40 | 0x80
	switch bits := r - 0x2800; {
	case bits&lower == 0:
		return '\''
	case bits&upper == 0:
		return '.'
	}
	return ':'
}

// points joins neighbours with straight lines, clipped to the plot: without
// that, points far off would make lines of millions of dots.
func (n Line) points(dots *graph.BrailleGrid, p Plot) {
	from := max(0, int(math.Floor(n.XLo))-1)
	to := min(n.Series.Len()-1, int(math.Ceil(n.XHi))+1)
	for i := from; i <= to; i++ {
		a := n.Series.At(i)
		if math.IsNaN(a) {
			continue
		}
		x0, y0 := p.dot(float64(i), a)
		x1, y1 := x0, y0
		if b := n.Series.At(i + 1); i < to && !math.IsNaN(b) {
			x1, y1 = p.dot(float64(i+1), b)
		}
		if x0, y0, x1, y1, ok := clip(x0, y0, x1, y1, 2*p.W-1, 4*p.H-1); ok {
			for _, q := range graph.GetLinePoints(ntcanvas.Point{X: x0, Y: y0}, ntcanvas.Point{X: x1, Y: y1}) {
				dots.Set(q)
			}
		}
	}
}

// columns draws for each column of dots one upright line from the least to
// the greatest of its values, and of the step to the next column: what all
// the points together would cover.
func (n Line) columns(dots *graph.BrailleGrid, p Plot) {
	cols := 2 * p.W
	per := (n.XHi - n.XLo) / float64(cols-1)
	for col := range cols {
		from := int(math.Ceil(n.XLo + (float64(col)-0.5)*per))
		to := int(math.Ceil(n.XLo + (float64(col)+0.5)*per))
		lo, hi, ok := n.Series.Range(from-1, to)
		if !ok {
			continue
		}
		_, bottom := p.dot(0, lo)
		_, top := p.dot(0, hi)
		if top > 4*p.H-1 || bottom < 0 {
			continue
		}
		for y := max(0, top); y <= min(bottom, 4*p.H-1); y++ {
			dots.Set(ntcanvas.Point{X: col, Y: y})
		}
	}
}

// marks draws the newest value and the point under the cursor, the latter
// last: what is selected is never covered.
func (n Line) marks(g *cell.Grid, p Plot, r Rect, l Look) {
	last := n.Series.Len() - 1
	if n.Newest && last >= 0 {
		n.mark(g, p, last, l.Accent, l)
		s := n.text(last)
		if x, y := p.Column(float64(last))+2, p.Row(n.Series.At(last)); r.W >= widthForNewest &&
			p.Contains(x-2, y) && x+len(s) <= r.X+r.W {
			g.Rect(x-1, y, len(s)+1, 1, l.Background)
			g.Text(x, y, s, l.Accent, cell.Bold)
		}
	}
	if n.Cursor >= 0 {
		n.mark(g, p, n.Cursor, l.Text, l)
	}
}

func (n Line) mark(g *cell.Grid, p Plot, i int, color cell.RGB, l Look) {
	v := n.Series.At(i)
	if math.IsNaN(v) {
		return
	}
	x, y := p.Column(float64(i)), p.Row(v)
	if c := g.At(x, y); c != nil && p.Contains(x, y) {
		c.Put(l.glyph('●', 'o'), color, cell.Bold)
	}
}
