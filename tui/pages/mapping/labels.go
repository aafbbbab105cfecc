package mapping

import (
	"github.com/authtabs/tabgate/tui/canvas"
)

// label is a stop's name on the map, in cells of the map.
type label struct {
	stop       int
	x, y, w    int
	text       string
	emphasised bool
}

// Labels take at most this part of the map, and each at most this many cells.
const (
	labelShare  = 0.06
	labelLength = 22
)

// placeLabels chooses which names are shown and where: the picked stop first,
// then the busiest; each above its stop, else right, left or below, where
// no other label is within a cell. It never covers what is picked.
func (p *painter) placeLabels(f *frame) {
	p.reset()
	p.keepFree(f)
	room := int(labelShare * float64(len(p.taken)))
	if f.picked.ok && (f.picked.layer == exits || f.picked.layer == names) {
		room -= p.place(f, f.picked.index, room, true)
	}
	for _, i := range f.scene.busiest {
		if !f.picked.is(exits, i) && !f.picked.is(names, i) {
			room -= p.place(f, i, room, false)
		}
	}
}

// reset makes all cells of the map free.
func (p *painter) reset() {
	n := p.area.w * p.area.h
	if cap(p.taken) < n {
		p.taken = make([]bool, n)
	}
	p.taken = p.taken[:n]
	clear(p.taken)
}

// keepFree reserves the cells of what is picked.
func (p *painter) keepFree(f *frame) {
	if !f.picked.ok {
		return
	}
	switch f.picked.layer {
	case bikes:
		pr, ok := p.prismOf(&f.scene.columns[f.picked.index])
		if !ok {
			return
		}
		p.takePrism(&pr)
	case flows:
		path, _ := p.arcPath(&f.scene.flows[f.picked.index])
		for _, at := range path {
			col, row := p.cell(at)
			p.take(col, row, 1)
		}
	}
}

// takePrism reserves the cells that a column is drawn in: those whose middle
// it covers, and those that its edges pass through.
func (p *painter) takePrism(pr *prism) {
	sx, sy := p.raster.SX, p.raster.SY
	left, right, up, down := bounds(pr)
	for row := max(up/sy, 0); row <= min(down/sy, p.area.h-1); row++ {
		for col := max(left/sx, 0); col <= min(right/sx, p.area.w-1); col++ {
			if pr.holds(canvas.Vec{X: (float64(col) + .5) * float64(sx), Y: (float64(row) + .5) * float64(sy)}) {
				p.take(col, row, 1)
			}
		}
	}
	for i := range 6 {
		p.takeBetween(pr.base[i], pr.top[i])
		p.takeBetween(pr.top[i], pr.top[(i+1)%6])
	}
}

// takeBetween reserves the cells along an edge, given in samples.
func (p *painter) takeBetween(a, b canvas.Vec) {
	const steps = 24
	for i := range steps + 1 {
		t := float64(i) / steps
		x, y := a.X+(b.X-a.X)*t, a.Y+(b.Y-a.Y)*t
		col, row := p.cell(canvas.Vec{X: x / p.k, Y: y / p.ky})
		p.take(col, row, 1)
	}
}

func (p *painter) take(col, row, w int) {
	if row < 0 || row >= p.area.h {
		return
	}
	for x := max(col, 0); x < min(col+w, p.area.w); x++ {
		p.taken[row*p.area.w+x] = true
	}
}

// place puts one stop's label if there is a free place for it, and gives the
// number of cells that it took.
func (p *painter) place(f *frame, i, room int, first bool) int {
	st := &f.scene.stops[i]
	at, depth := p.cam.project(st.at.x, st.at.y, 0)
	col, row := p.cell(at)
	if depth < p.cam.near || col < 0 || row < 0 || col >= p.area.w || row >= p.area.h {
		return 0
	}
	text := canvas.Cut(st.short, min(labelLength, p.area.w))
	w := canvas.Width(text)
	if w == 0 || w > room && !first {
		return 0
	}
	for _, at := range [4][2]int{{col - w/2, row - 1}, {col + 2, row}, {col - w - 1, row}, {col - w/2, row + 1}} {
		x, y := at[0], at[1]
		if first {
			x, y = min(max(x, 0), p.area.w-w), max(y, 0)
		}
		if !p.free(x, y, w) {
			continue
		}
		p.take(x-1, y, w+2)
		p.labels = append(p.labels, label{stop: i, x: x, y: y, w: w, text: text, emphasised: first})
		return w
	}
	return 0
}

func (p *painter) free(x, y, w int) bool {
	if x < 0 || y < 0 || y >= p.area.h || x+w > p.area.w {
		return false
	}
	for _, taken := range p.taken[y*p.area.w+max(x-1, 0) : y*p.area.w+min(x+w+1, p.area.w)] {
		if taken {
			return false
		}
	}
	return true
}

// drawLabels writes the names on a halo: the map's colours, mostly covered by
// the page's background.
func (p *painter) drawLabels(g *canvas.Grid, f *frame) {
	for i := range p.labels {
		l := &p.labels[i]
		x, y := p.area.x+l.x, p.area.y+l.y
		fg, attr := f.look.label, canvas.Attr(0)
		if f.look.plain {
			g.Rect(max(x-1, p.area.x), y, l.w+2, 1, f.look.halo)
		}
		for c := x; c < x+l.w; c++ {
			cell := g.At(c, y)
			if cell == nil {
				continue
			}
			cell.BG = canvas.Mix(cell.Mean(), f.look.halo, 0.74)
			if l.emphasised {
				cell.BG = f.look.picked
			}
		}
		if l.emphasised {
			fg, attr = canvas.Readable(f.look.halo, f.look.picked, 4.5), canvas.Bold
		}
		g.Text(x, y, l.text, fg, attr)
	}
}
