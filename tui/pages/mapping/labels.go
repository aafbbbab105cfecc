package mapping

import (
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// label is a stop's name on the map, in cells of the map.
type label struct {
	stop       int
	at         canvas.Vec // the stop's pixel
	x, y, w    int
	text       string
	emphasised bool
}

// Labels take at most this part of the map, and each at most so many cells, on
// a large map more.
const (
	labelShare   = 0.06
	labelLength  = 22
	longestLabel = 28
)

// placeLabels chooses which names are shown and where: the picked stop first,
// then the busiest; each around its stop where no other label is within a
// cell, and as few columns behind it as can be. It never covers what is picked.
func (p *painter) placeLabels(f *frame) {
	p.reset()
	p.keepFree(f)
	for row := range f.covered.h {
		p.take(f.covered.x, f.covered.y+row, f.covered.w)
	}
	p.countColumns(f)
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
	text := cell.Cut(st.short, min(max(labelLength, p.area.w/4), longestLabel, p.area.w))
	w := cell.Width(text)
	if w == 0 || w > room && !first {
		return 0
	}
	best, least := -1, 0.0
	var places [len(around)][2]int
	for k, side := range around {
		x, y := col+side.x(w), row+side.dy
		if first {
			x, y = min(max(x, 0), p.area.w-w), max(y, 0)
		}
		places[k] = [2]int{x, y}
		if !p.free(x, y, w) {
			continue
		}
		if cost := side.cost + 4*p.hidden(x, y, w) + p.disorder(at, x, y, w); best < 0 || cost < least {
			best, least = k, cost
		}
	}
	if best < 0 {
		return 0
	}
	x, y := places[best][0], places[best][1]
	p.take(x-1, y, w+2)
	p.labels = append(p.labels, label{stop: i, at: at, x: x, y: y, w: w, text: text, emphasised: first})
	return w
}

// side is a place for a label beside a stop: in the row dy below it, and in
// the row's middle, or to the left or right of the stop. The cost is how much
// less than the best the place is liked.
type side struct {
	dx, dy int
	cost   float64
}

// around are the sides, the best first: above the stop, as the original has
// it, and then as mapmakers like it.
var around = [...]side{{0, -1, 0}, {1, 0, 0.5}, {-1, 0, 0.8}, {1, -1, 0.9}, {0, 1, 1}, {-1, -1, 1.1}, {1, 1, 1.2}, {-1, 1, 1.4}}

// x is where a label of w cells begins, from its stop.
func (s side) x(w int) int {
	gap := 1 - s.dy*s.dy // In the stop's own row its mark needs room.
	switch s.dx {
	case 1:
		return 1 + gap
	case -1:
		return -w - gap
	}
	return -w / 2
}

// countColumns marks the cells behind which a label would hide columns.
func (p *painter) countColumns(f *frame) {
	n := len(p.taken)
	if cap(p.columns) < n {
		p.columns = make([]bool, n)
	}
	p.columns = p.columns[:n]
	clear(p.columns)
	if !f.layers[bikes] {
		return
	}
	for i := range f.scene.columns {
		pr, ok := p.prismOf(&f.scene.columns[i])
		if !ok {
			continue
		}
		left, right, up, down := bounds(&pr)
		from, to := max(left/p.raster.SX, 0), min(right/p.raster.SX+1, p.area.w)
		for row := max(up/p.raster.SY, 0); row <= min(down/p.raster.SY, p.area.h-1) && from < to; row++ {
			cells := p.columns[row*p.area.w+from : row*p.area.w+to]
			for k := range cells {
				cells[k] = true
			}
		}
	}
}

// disorder is the price of a label that stands above one whose stop is above
// its own, or below one whose stop is below.
func (p *painter) disorder(at canvas.Vec, x, y, w int) (price float64) {
	const beside, each = 4, 3
	for i := range p.labels {
		l := &p.labels[i]
		if l.y != y && (l.y < y) != (l.at.Y < at.Y) && x < l.x+l.w+beside && l.x < x+w+beside && max(l.y-y, y-l.y) < 4 {
			price += each
		}
	}
	return price
}

// hidden is the part of a label's cells that columns lie behind.
func (p *painter) hidden(x, y, w int) float64 {
	n := 0
	for _, column := range p.columns[y*p.area.w+x : y*p.area.w+x+w] {
		if column {
			n++
		}
	}
	return float64(n) / float64(w)
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
func (p *painter) drawLabels(g *cell.Grid, f *frame) {
	for i := range p.labels {
		l := &p.labels[i]
		x, y := p.area.x+l.x, p.area.y+l.y
		fg, attr := f.look.label, cell.Attr(0)
		if f.look.plain {
			g.Rect(max(x-1, p.area.x), y, l.w+2, 1, f.look.halo)
		}
		for c := x; c < x+l.w; c++ {
			under := g.At(c, y)
			if under == nil {
				continue
			}
			under.BG = cell.FromRGB(cell.Mix(canvas.Mean(under), f.look.halo, 0.74))
			if l.emphasised {
				under.BG = cell.FromRGB(f.look.picked)
			}
		}
		if l.emphasised {
			fg, attr = cell.Readable(f.look.halo, f.look.picked, 4.5), cell.Bold
		}
		g.Text(x, y, l.text, fg, attr)
	}
}
