package mapview

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

// labels chooses which names of stops are shown and where. It keeps its
// buffers.
type labels struct {
	mask
	Columns []bool // cells with columns
	list    []label
}

// arrange chooses which names are shown and where: the picked stop first,
// then the busiest; each around its stop where no other label is within a
// cell, and as few columns behind it as can be. It never covers what is picked.
func (l *labels) arrange(p *projection, f *Frame) {
	l.list = l.list[:0]
	if !f.Layers[Names] {
		return
	}
	l.reset(p.area.W, p.area.H)
	l.keepFree(p, f)
	for row := range f.Covered.H {
		l.take(f.Covered.X, f.Covered.Y+row, f.Covered.W)
	}
	l.countColumns(p, f)
	room := int(labelShare * float64(len(l.taken)))
	if f.Picked.OK && (f.Picked.Layer == Exits || f.Picked.Layer == Names) {
		room -= l.place(p, f, f.Picked.Index, room, true)
	}
	for _, i := range f.Scene.Busiest {
		if !f.Picked.Is(Exits, i) && !f.Picked.Is(Names, i) {
			room -= l.place(p, f, i, room, false)
		}
	}
}

// place puts one stop's label if there is a free place for it, and gives the
// number of cells that it took.
func (l *labels) place(p *projection, f *Frame, i, room int, first bool) int {
	st := &f.Scene.Stops[i]
	at, depth := p.cam.project(st.at.x, st.at.y, 0)
	col, row := p.cell(at)
	if depth < p.cam.near || col < 0 || row < 0 || col >= p.area.W || row >= p.area.H {
		return 0
	}
	text := cell.Cut(st.Short, min(max(labelLength, p.area.W/4), longestLabel, p.area.W))
	w := cell.Width(text)
	if w == 0 || w > room && !first {
		return 0
	}
	best, least := -1, 0.0
	var places [len(around)][2]int
	for k, side := range around {
		x, y := col+side.x(w), row+side.dy
		if first {
			x, y = min(max(x, 0), p.area.W-w), max(y, 0)
		}
		places[k] = [2]int{x, y}
		if !l.free(x, y, w) {
			continue
		}
		if cost := side.cost + 4*l.hidden(x, y, w) + l.disorder(at, x, y, w); best < 0 || cost < least {
			best, least = k, cost
		}
	}
	if best < 0 {
		return 0
	}
	x, y := places[best][0], places[best][1]
	l.take(x-1, y, w+2)
	l.list = append(l.list, label{stop: i, at: at, x: x, y: y, w: w, text: text, emphasised: first})
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
func (l *labels) countColumns(p *projection, f *Frame) {
	n := len(l.taken)
	if cap(l.Columns) < n {
		l.Columns = make([]bool, n)
	}
	l.Columns = l.Columns[:n]
	clear(l.Columns)
	if !f.Layers[Bikes] {
		return
	}
	for i := range f.Scene.Columns {
		pr, ok := p.prismOf(&f.Scene.Columns[i])
		if !ok {
			continue
		}
		left, right, up, down := bounds(&pr)
		from, to := max(left/p.sx, 0), min(right/p.sx+1, p.area.W)
		for row := max(up/p.sy, 0); row <= min(down/p.sy, p.area.H-1) && from < to; row++ {
			cells := l.Columns[row*p.area.W+from : row*p.area.W+to]
			for k := range cells {
				cells[k] = true
			}
		}
	}
}

// disorder is the price of a label that stands above one whose stop is above
// its own, or below one whose stop is below.
func (l *labels) disorder(at canvas.Vec, x, y, w int) (price float64) {
	const beside, each = 4, 3
	for i := range l.list {
		o := &l.list[i]
		if o.y != y && (o.y < y) != (o.at.Y < at.Y) && x < o.x+o.w+beside && o.x < x+w+beside && max(o.y-y, y-o.y) < 4 {
			price += each
		}
	}
	return price
}

// hidden is the part of a label's cells that columns lie behind.
func (l *labels) hidden(x, y, w int) float64 {
	n := 0
	for _, column := range l.Columns[y*l.w+x : y*l.w+x+w] {
		if column {
			n++
		}
	}
	return float64(n) / float64(w)
}

// draw writes the names on a halo: the map's colours, mostly covered by
// the page's background.
func (l *labels) draw(g *cell.Grid, area cell.Rect, k Look) {
	for i := range l.list {
		o := &l.list[i]
		x, y := area.X+o.x, area.Y+o.y
		fg, attr := k.label, cell.Attr(0)
		if k.Plain {
			g.Rect(max(x-1, area.X), y, o.w+2, 1, k.Halo)
		}
		for c := x; c < x+o.w; c++ {
			under := g.At(c, y)
			if under == nil {
				continue
			}
			under.BG = cell.FromRGB(cell.Mix(canvas.Mean(under), k.Halo, 0.74))
			if o.emphasised {
				under.BG = cell.FromRGB(k.Picked)
			}
		}
		if o.emphasised {
			fg, attr = cell.Readable(k.Halo, k.Picked, 4.5), cell.Bold
		}
		g.Text(x, y, o.text, fg, attr)
	}
}
