package mapview

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// mask is the cells of a map that nothing may be written over.
type mask struct {
	w, h  int
	taken []bool
}

// reset makes a mask of w by h cells, all of them free.
func (m *mask) reset(w, h int) {
	n := w * h
	m.w, m.h = w, h
	if cap(m.taken) < n {
		m.taken = make([]bool, n)
	}
	m.taken = m.taken[:n]
	clear(m.taken)
}

// take reserves w cells of a row.
func (m *mask) take(col, row, w int) {
	if row < 0 || row >= m.h {
		return
	}
	for x := max(col, 0); x < min(col+w, m.w); x++ {
		m.taken[row*m.w+x] = true
	}
}

// clear reports whether no cell of a rectangle on the map is taken.
func (m *mask) clear(r cell.Rect) bool {
	for y := r.Y; y < r.Y+r.H; y++ {
		for _, taken := range m.taken[y*m.w+r.X : y*m.w+r.X+r.W] {
			if taken {
				return false
			}
		}
	}
	return true
}

// keepFree reserves the cells of what is picked.
func (m *mask) keepFree(b *brush, f *Frame, k Pick) {
	if !k.OK {
		return
	}
	l := &f.Scene.layers[k.Layer]
	switch k.Kind {
	case Disc: // a name may lie on a circle, and beside its middle
		m.takeSpot(&b.projection, l.discs[k.Index].at)
	case Prism:
		if s, ok := b.solidOf(&l.prisms[k.Index]); ok {
			m.takeSolid(&b.projection, &s)
		}
	case Name:
		m.takeSpot(&b.projection, l.names[k.Index].at)
	case Bow:
		b.ring = b.bowPath(b.ring[:0], &l.bows[k.Index])
		for _, at := range b.ring {
			col, row := b.cell(at)
			m.take(col, row, 1)
		}
	}
}

func (m *mask) takeSpot(p *projection, s spot) {
	at, _ := p.cam.project(s.x, s.y, 0)
	col, row := p.cell(at)
	m.take(col, row, 1)
}

// takeSolid reserves the cells that a prism is drawn in: those whose middle it
// covers, and those that its edges pass through.
func (m *mask) takeSolid(p *projection, s *solid) {
	left, top, right, bottom := p.cellsOf(s)
	for row := top; row <= bottom; row++ {
		for col := left; col <= right; col++ {
			if s.holds(canvas.Vec{X: (float64(col) + .5) * float64(p.sx), Y: (float64(row) + .5) * float64(p.sy)}) {
				m.take(col, row, 1)
			}
		}
	}
	for i := range s.base {
		m.takeBetween(p, s.base[i], s.top[i])
		m.takeBetween(p, s.top[i], s.top[(i+1)%len(s.top)])
	}
}

// cellsOf are the first and last columns and rows of the map that a prism lies
// in.
func (p *projection) cellsOf(s *solid) (left, top, right, bottom int) {
	at := func(v float64, each, most int) int {
		return int(min(max(v/float64(each), 0), float64(max(most-1, 0))))
	}
	return at(s.lo.X, p.sx, p.area.W), at(s.lo.Y, p.sy, p.area.H), at(s.hi.X, p.sx, p.area.W), at(s.hi.Y, p.sy, p.area.H)
}

// takeBetween reserves the cells along an edge, given in samples.
func (m *mask) takeBetween(p *projection, a, b canvas.Vec) {
	const steps = 24
	for i := range steps + 1 {
		t := float64(i) / steps
		x, y := a.X+(b.X-a.X)*t, a.Y+(b.Y-a.Y)*t
		col, row := p.cell(canvas.Vec{X: x / p.k, Y: y / p.ky})
		m.take(col, row, 1)
	}
}

// free reports whether w cells of a row are free, and those beside them.
func (m *mask) free(x, y, w int) bool {
	if x < 0 || y < 0 || y >= m.h || x+w > m.w {
		return false
	}
	for _, taken := range m.taken[y*m.w+max(x-1, 0) : y*m.w+min(x+w+1, m.w)] {
		if taken {
			return false
		}
	}
	return true
}
