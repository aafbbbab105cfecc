package canvas

import (
	"math"

	"github.com/authtabs/tabgate/tui/cell"
)

// Dots is a layer of braille dots over a grid: W by H cells of two by four
// dots. A cell has one colour; what is drawn with a higher z takes the cell
// over, what has the same z joins it, what has a lower z is not seen.
type Dots struct {
	W, H int
	// ASCII makes Draw use signs of like weight in place of braille.
	ASCII bool

	cells []dotCell
	scan  scanner
}

type dotCell struct {
	bits, z uint8
	color   RGB
}

// Resize makes the layer w by h cells and empties it.
func (d *Dots) Resize(w, h int) {
	d.W, d.H = max(w, 0), max(h, 0)
	d.cells = room(d.cells, d.W*d.H)
	d.scan.resize(d.W*2, d.H*4)
	d.Clear()
}

// Clear takes all dots away.
func (d *Dots) Clear() { clear(d.cells) }

// Set puts one dot at dot column x, dot row y.
func (d *Dots) Set(x, y int, c RGB, z uint8) {
	if x < 0 || y < 0 || x >= d.W*2 || y >= d.H*4 {
		return
	}
	at := &d.cells[y>>2*d.W+x>>1]
	switch {
	case at.bits == 0 || z > at.z:
		*at = dotCell{cell.BrailleDot(x, y), z, c}
	case z == at.z:
		at.bits |= cell.BrailleDot(x, y)
		at.color = c
	}
}

// Has reports whether a cell holds a dot, and of which z the dots are.
func (d *Dots) Has(col, row int) (z uint8, any bool) {
	if col < 0 || row < 0 || col >= d.W || row >= d.H {
		return 0, false
	}
	at := d.cells[row*d.W+col]
	return at.z, at.bits != 0
}

// Line draws from a to b in dot coordinates, one dot wide.
func (d *Dots) Line(a, b Vec, c RGB, z uint8) {
	d.LineWhere(a, b, c, z, nil)
}

// LineWhere is Line for the dots that keep allows; a nil keep allows all.
func (d *Dots) LineWhere(a, b Vec, c RGB, z uint8, keep func(x, y int) bool) {
	a, b, ok := Clip(a, b, float64(d.W*2), float64(d.H*4))
	if !ok {
		return
	}
	dx, dy := b.X-a.X, b.Y-a.Y
	steps := int(math.Ceil(max(math.Abs(dx), math.Abs(dy))))
	for i := 0; i <= steps; i++ {
		t := float64(i) / float64(max(steps, 1))
		x, y := int(math.Floor(a.X+dx*t)), int(math.Floor(a.Y+dy*t))
		if keep == nil || keep(x, y) {
			d.Set(x, y, c, z)
		}
	}
}

// Stroke draws along a path, width dots wide. Below a width of one and a half
// it is a line of single dots, which has no gaps and no clots.
func (d *Dots) Stroke(path []Vec, width float64, c RGB, z uint8) {
	if width < 1.5 {
		for i := 1; i < len(path); i++ {
			d.Line(path[i-1], path[i], c, z)
		}
		return
	}
	if d.W == 0 || d.H == 0 {
		return
	}
	strokePath(&d.scan, path, width, func(y, x0, x1 int) {
		for x := x0; x < x1; x++ {
			d.Set(x, y, c, z)
		}
	})
}

// Draw puts the dots on g with its top left cell at x, y, over whatever the
// cells showed; their backgrounds stay, or become what under makes of them.
func (d *Dots) Draw(g *cell.Grid, x, y int, under func(c *cell.Cell, z uint8)) {
	for row := 0; row < d.H; row++ {
		for col := 0; col < d.W; col++ {
			dot := d.cells[row*d.W+col]
			if dot.bits == 0 {
				continue
			}
			c := g.At(x+col, y+row)
			if c == nil {
				continue
			}
			if under != nil {
				under(c, dot.z)
			}
			sign := 0x2800 + rune(dot.bits)
			if d.ASCII {
				sign = asciiDots(dot.bits)
			}
			c.Put(sign, dot.color, 0)
		}
	}
}

// Clip cuts a segment to the rectangle from 0, 0 to w, h (Liang and Barsky) and
// reports whether any of it is left. An end that is cut lies on the edge to the
// last bit, or rounding would decide whether its dot is drawn, and machines
// round differently: some fuse a product and a sum.
func Clip(a, b Vec, w, h float64) (Vec, Vec, bool) {
	t0, t1 := 0.0, 1.0
	from, to := a, b
	dx, dy := b.X-a.X, b.Y-a.Y
	at := func(t float64) Vec { return Vec{a.X + dx*t, a.Y + dy*t} }
	for i, e := range [4][2]float64{{-dx, a.X}, {dx, w - a.X}, {-dy, a.Y}, {dy, h - a.Y}} {
		p, q := e[0], e[1]
		if p == 0 && q < 0 || math.IsNaN(p) || math.IsNaN(q) || math.IsInf(p, 0) || math.IsInf(q, 0) {
			return a, b, false
		}
		switch t := q / p; {
		case p < 0 && t > t0:
			t0, from = t, onEdge(at(t), i, w, h)
		case p > 0 && t < t1:
			t1, to = t, onEdge(at(t), i, w, h)
		}
	}
	return from, to, t0 <= t1
}

// onEdge puts a point on the left, right, upper or lower edge, as counted from 0.
func onEdge(v Vec, edge int, w, h float64) Vec {
	switch edge {
	case 0:
		v.X = 0
	case 1:
		v.X = w
	case 2:
		v.Y = 0
	case 3:
		v.Y = h
	}
	return v
}
