package mapview

import "github.com/authtabs/tabgate/tui/cell"

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

// keepFree reserves the cells around what is picked.
func (m *mask) keepFree(p *projection, f *Frame) {
	k := f.Picked
	if !k.OK {
		return
	}
	l := &f.Scene.layers[k.Layer]
	var s spot
	r := 0.0
	switch k.Kind {
	case Disc:
		s, r = l.discs[k.Index].at, p.pixelsOf(l.of.Radius, l.discs[k.Index].radius)
	case Prism:
		s = l.prisms[k.Index].at
	case Name:
		s = l.names[k.Index].at
	default:
		return
	}
	at, _ := p.cam.project(s.x, s.y, 0)
	col, row := p.cell(at)
	across := int(r/p.cam.w*float64(p.area.W)) + 1
	down := int(r/p.cam.h*float64(p.area.H)) + 1
	for y := row - down; y <= row+down; y++ {
		m.take(col-across, y, 2*across+1)
	}
}
