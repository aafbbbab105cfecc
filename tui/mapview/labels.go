package mapview

import (
	"slices"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// label is a name on the map, in cells of the map.
type label struct {
	of      Pick
	at      canvas.Vec // the pixel of its place
	x, y, w int
	text    string
}

// Labels take at most this part of the map, and each at most so many cells, on
// a large map more.
const (
	labelShare   = 0.06
	labelLength  = 22
	longestLabel = 28
)

// labels chooses which names are shown and where. It keeps its buffers.
type labels struct {
	mask
	solid []bool // cells with prisms
	list  []label
	of    arrangement // what list is of
}

// arrangement is all that decides where names are.
type arrangement struct {
	scene  *Scene
	view   View
	area   cell.Rect
	sx, sy int
	hidden []bool
	pinned Pick
}

// same reports whether names are where they were, and keeps what decides it.
func (a *arrangement) same(b *brush, f *Frame) bool {
	if a.scene == f.Scene && a.view == f.View && a.area == b.area && a.sx == b.sx && a.sy == b.sy && a.pinned == f.Pinned && slices.Equal(a.hidden, f.Hidden) {
		return true
	}
	*a = arrangement{f.Scene, f.View, b.area, b.sx, b.sy, append(a.hidden[:0], f.Hidden...), f.Pinned}
	return false
}

// arrange chooses which names are shown and where: the pinned one first, then
// by their rank; each around its place where no other name is within a cell, and
// as few prisms behind it as can be. It never covers what is pinned. What the
// pointer is over makes no difference.
func (l *labels) arrange(b *brush, f *Frame) {
	if l.of.same(b, f) {
		return
	}
	l.list = l.list[:0]
	if len(f.Scene.rank) == 0 {
		return
	}
	l.reset(b.area.W, b.area.H)
	pinned := f.Pinned.OK && f.shown(f.Pinned.Layer)
	if pinned {
		l.keepFree(b, f, f.Pinned)
	}
	l.countSolids(b, f)
	room := int(labelShare * float64(len(l.taken)))
	first := Pick{}
	if pinned {
		if first = f.Scene.nameOf(f.Pinned, f.shown); first.OK {
			room -= l.place(&b.projection, f, first, room, true)
		}
	}
	for _, of := range f.Scene.rank {
		if room < 2 {
			break
		}
		if of != first && f.shown(of.Layer) {
			room -= l.place(&b.projection, f, of, room, false)
		}
	}
}

// nameOf is the name that stands at a shape's place, of a layer that is shown.
func (s *Scene) nameOf(p Pick, shown func(int) bool) Pick {
	if p.Kind == Name {
		return p
	}
	if p.Kind != Disc {
		return Pick{}
	}
	at := s.layers[p.Layer].discs[p.Index].at
	for _, of := range s.rank {
		if shown(of.Layer) && s.layers[of.Layer].names[of.Index].at == at {
			return of
		}
	}
	return Pick{}
}

// place puts one name if there is a free place for it, and returns the number
// of cells that it took.
func (l *labels) place(p *projection, f *Frame, of Pick, room int, first bool) int {
	n := &f.Scene.layers[of.Layer].names[of.Index]
	if n.alpha == 0 || !p.near(n.at, 0) {
		return 0
	}
	at, depth := p.cam.project(n.at.x, n.at.y, 0)
	col, row := p.cell(at)
	if depth < p.cam.near || col < 0 || row < 0 || col >= p.area.W || row >= p.area.H {
		return 0
	}
	if n.pin {
		if l.taken[row*l.w+col] {
			return 0
		}
		l.take(col, row, 1)
		l.list = append(l.list, label{of, at, col, row, 1, n.text})
		return 0
	}
	text := cell.Cut(n.text, min(max(labelLength, p.area.W/4), longestLabel, p.area.W))
	w := cell.Width(text)
	if w == 0 || w > room && !first {
		return 0
	}
	x, y, ok := l.best(n.sides, at, col, row, w, first)
	if !ok {
		return 0
	}
	l.take(x-1, y, w+2)
	l.list = append(l.list, label{of, at, x, y, w, text})
	return w
}

// best is the best of the free places beside a cell.
func (l *labels) best(sides []side, at canvas.Vec, col, row, w int, first bool) (x, y int, ok bool) {
	least := 0.0
	for _, s := range sides {
		sx, sy := col+s.x(w), row+s.dy
		if first {
			sx, sy = min(max(sx, 0), l.w-w), max(sy, 0)
		}
		if !l.free(sx, sy, w) {
			continue
		}
		if cost := s.cost + 4*l.hidden(sx, sy, w) + l.disorder(at, sx, sy, w); !ok || cost < least {
			x, y, ok, least = sx, sy, true, cost
		}
	}
	return x, y, ok
}

// countSolids marks the cells in which a name would hide prisms.
func (l *labels) countSolids(b *brush, f *Frame) {
	n := len(l.taken)
	if cap(l.solid) < n {
		l.solid = make([]bool, n)
	}
	l.solid = l.solid[:n]
	clear(l.solid)
	for i := range f.Scene.layers {
		if !f.shown(i) {
			continue
		}
		for k := range f.Scene.layers[i].prisms {
			s, ok := b.solidOf(&f.Scene.layers[i].prisms[k])
			if !ok {
				continue
			}
			left, top, right, bottom := b.cellsOf(&s)
			for row := top; row <= bottom; row++ {
				cells := l.solid[row*l.w+left : row*l.w+right+1]
				for c := range cells {
					cells[c] = true
				}
			}
		}
	}
}

// disorder is the price of a name that stands above one whose place is above
// its own, or below one whose place is below.
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

// hidden is the part of a name's cells that prisms lie behind.
func (l *labels) hidden(x, y, w int) float64 {
	n := 0
	for _, solid := range l.solid[y*l.w+x : y*l.w+x+w] {
		if solid {
			n++
		}
	}
	return float64(n) / float64(w)
}

// draw writes the names on a halo: the map's colours, mostly covered by the
// page's background.
func (l *labels) draw(g *cell.Grid, area cell.Rect, f *Frame) {
	k := &f.Look
	chosen := Pick{}
	if f.Picked.OK {
		chosen = f.Scene.nameOf(f.Picked, f.shown)
	}
	for i := range l.list {
		o := &l.list[i]
		n := &f.Scene.layers[o.of.Layer].names[o.of.Index]
		x, y := area.X+o.x, area.Y+o.y
		fg, attr := k.label, cell.Attr(0)
		if n.own {
			fg = cell.Readable(n.color, k.halo, 4.5)
		}
		if k.Plain && !n.pin {
			g.Rect(max(x-1, area.X), y, o.w+2-max(area.X-x+1, 0), 1, k.halo)
		}
		emphasised := chosen.OK && o.of == chosen
		for c := x; c < x+o.w; c++ {
			under := g.At(c, y)
			if under == nil {
				continue
			}
			under.BG = cell.FromRGB(cell.Mix(canvas.Mean(under), k.halo, 0.74))
			if emphasised {
				under.BG = cell.FromRGB(k.picked)
			}
		}
		if emphasised {
			fg, attr = cell.Readable(k.halo, k.picked, 4.5), cell.Bold
		}
		text := o.text
		if n.pin && k.ASCII {
			text = "v"
		}
		g.Text(x, y, text, fg, attr)
	}
}

// at finds the name that is written in a cell of the map.
func (l *labels) at(col, row int) (Pick, bool) {
	for i := range l.list {
		if o := &l.list[i]; row == o.y && col >= o.x && col < o.x+o.w {
			return o.of, true
		}
	}
	return Pick{}, false
}
