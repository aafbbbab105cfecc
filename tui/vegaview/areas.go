package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// samples are the parts of cells that areas over x are painted on: two half
// columns, eight rows.
type samples struct {
	w, h int
	pix  []uint32 // lit | colour, and lined where it belongs to an edge; 0 = nothing
}

const lined = 1 << 25

func (s *samples) resize(w, h int) {
	s.w, s.h = w*canvas.EdgeW, h*canvas.EdgeH
	if cap(s.pix) < s.w*s.h {
		s.pix = make([]uint32, s.w*s.h)
		return
	}
	s.pix = s.pix[:s.w*s.h]
	clear(s.pix)
}

// paint lays a colour over the samples of a half column.
func (s *samples) paint(x, from, to int, c cell.RGB, alpha float64, back cell.RGB) {
	for y := max(0, from); y < min(to, s.h); y++ {
		p := &s.pix[y*s.w+x]
		if *p&lined != 0 {
			continue // an edge behind stays seen
		}
		color := c
		if alpha < 1 {
			under := back
			if *p != 0 {
				under = unpacked(*p)
			}
			color = cell.Mix(under, c, alpha)
		}
		*p = lit | packed(color)
	}
}

func packed(c cell.RGB) uint32 { return uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2]) }

// standing paints an area whose edges are over each other, and its upper edge
// as a line if it has one.
func (k *painter) standing(run []vega.Point, fill cell.RGB, alpha float64, line *cell.RGB) {
	s := &k.samples
	before := -1
	at := 0
	for x := range s.w {
		px := k.l.x0 + ((float64(x)+0.5)/canvas.EdgeW-k.l.ox)/k.l.sx
		for at < len(run)-2 && run[at+1].X < px {
			at++
		}
		top, bottom, ok := between(run, at, px, 0.5/k.l.sx)
		if !ok {
			before = -1
			continue
		}
		from, to := k.eighth(top), k.eighth(bottom)
		upper := from
		if from > to {
			from, to = to, from
		}
		s.paint(x, from, to, fill, alpha, k.look.Background)
		if line == nil || from == to || upper == 0 && top < k.l.y0-0.5 || upper >= s.h {
			before = -1
			continue
		}
		a, b := upper, upper
		if before >= 0 && before < upper {
			a = before + 1
		} else if before > upper {
			b = before - 1
		}
		for y := max(0, min(a, s.h-1)); y <= min(b, s.h-1); y++ {
			s.pix[y*s.w+x] = lit | lined | packed(*line)
		}
		before = upper
	}
}

// eighth is a pixel of y in eighths of rows. What ends at the foot of the plot
// fills its last row.
func (k *painter) eighth(y float64) int {
	if math.Abs(y-k.l.y1) < 0.5 {
		return k.p.h * canvas.EdgeH
	}
	_, row := k.l.cell(0, y)
	return int(math.Round(min(max(row, 0), float64(k.p.h)) * canvas.EdgeH))
}

// between returns the edges of an area at x, on the line from point i to the
// next. A single point is as wide as a half column.
func between(run []vega.Point, i int, x, half float64) (y, y2 float64, ok bool) {
	if len(run) == 1 {
		return run[0].Y, run[0].Y2, math.Abs(x-run[0].X) <= half
	}
	a, b := run[i], run[i+1]
	if x < a.X-half/2 || x > b.X+half/2 {
		return 0, 0, false
	}
	t := 0.0
	if b.X > a.X {
		t = max(0, min(1, (x-a.X)/(b.X-a.X)))
	}
	return a.Y + (b.Y-a.Y)*t, a.Y2 + (b.Y2-a.Y2)*t, true
}

// rising reports whether the points of a path go from left to right.
func rising(run []vega.Point) bool {
	for i := 1; i < len(run); i++ {
		if run[i].X < run[i-1].X {
			return false
		}
	}
	return true
}

// draw puts the areas on the grid.
func (s *samples) draw(k *painter) {
	const w, h = canvas.EdgeW, canvas.EdgeH
	for i := range k.p.w * k.p.h {
		x, y := i%k.p.w, i/k.p.w
		c := k.g.At(k.p.x+x, k.p.y+y)
		if c == nil {
			continue
		}
		var part [w * h]uint32
		any, same := uint32(0), true
		for n := range part {
			part[n] = s.pix[(y*h+n/w)*s.w+x*w+n%w]
			any |= part[n]
			same = same && part[n] == part[0]
		}
		switch {
		case any == 0:
		case k.look.Mono:
			if p, hits := most(part[:]); p != 0 && hits >= w*h/2 {
				*c = cell.New(k.inks.surface(unpacked(p)), unpacked(p), k.look.Background, 0)
			}
		case same:
			*c = cell.New(' ', unpacked(part[0]), unpacked(part[0]), 0)
		default:
			*c = edged(part[:], canvas.Most(c).RGB(), k.look.Mode)
		}
	}
}

// edged is the cell that is nearest to its samples.
func edged(part []uint32, back cell.RGB, mode canvas.Mode) cell.Cell {
	var e canvas.Edges
	for n, p := range part {
		switch {
		case p == 0:
			e.Colors[n] = back
		case p&lined != 0:
			e.Stroke(n%canvas.EdgeW, n/canvas.EdgeW, unpacked(p))
		default:
			e.Colors[n] = unpacked(p)
		}
	}
	return e.Cell(mode)
}
