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

// keepFree reserves the cells of what is picked.
func (m *mask) keepFree(p *projection, f *Frame) {
	if !f.Picked.OK {
		return
	}
	switch f.Picked.Layer {
	case Bikes:
		pr, ok := p.prismOf(&f.Scene.Columns[f.Picked.Index])
		if !ok {
			return
		}
		m.takePrism(p, &pr)
	case Flows:
		var buffer [arcSteps]canvas.Vec
		path, _ := p.arcPath(buffer[:0], &f.Scene.Flows[f.Picked.Index])
		for _, at := range path {
			col, row := p.cell(at)
			m.take(col, row, 1)
		}
	}
}

// takePrism reserves the cells that a column is drawn in: those whose middle
// it covers, and those that its edges pass through.
func (m *mask) takePrism(p *projection, pr *prism) {
	sx, sy := p.sx, p.sy
	left, right, up, down := bounds(pr)
	for row := max(up/sy, 0); row <= min(down/sy, p.area.H-1); row++ {
		for col := max(left/sx, 0); col <= min(right/sx, p.area.W-1); col++ {
			if pr.holds(canvas.Vec{X: (float64(col) + .5) * float64(sx), Y: (float64(row) + .5) * float64(sy)}) {
				m.take(col, row, 1)
			}
		}
	}
	for i := range 6 {
		m.takeBetween(p, pr.base[i], pr.top[i])
		m.takeBetween(p, pr.top[i], pr.top[(i+1)%6])
	}
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

func (m *mask) take(col, row, w int) {
	if row < 0 || row >= m.h {
		return
	}
	for x := max(col, 0); x < min(col+w, m.w); x++ {
		m.taken[row*m.w+x] = true
	}
}

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
