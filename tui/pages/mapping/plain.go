package mapping

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// paintPlain draws with signs instead of shades, for terminals of 16 colours
// and of none: a column is a pile of blocks with the number of its class on
// top, circles are outlines.
func (p *painter) paintPlain(g *cell.Grid, f *frame) {
	g.Rect(p.area.x, p.area.y, p.area.w, p.area.h, f.look.halo)
	p.dots.Resize(p.area.w, p.area.h)
	p.dots.ASCII = f.look.ascii
	if f.layers[bikes] {
		p.plainColumns(g, f)
	}
	free := func(x, y int) bool {
		c := g.At(p.area.x+x>>1, p.area.y+y>>2)
		return x >= 0 && y >= 0 && c != nil && c.Blank()
	}
	p.dotCoast(f, free)
	if f.layers[exits] {
		p.plainCircles(f, free)
	}
	if f.layers[flows] {
		p.paintFlows(f)
	}
	p.dots.Draw(g, p.area.x, p.area.y, func(c *cell.Cell, z uint8) {
		if z >= zFlow {
			c.BG = cell.FromRGB(f.look.halo)
		}
	})
	if f.layers[names] {
		p.placeLabels(f)
		p.drawLabels(g, f)
	}
}

func (p *painter) plainCircles(f *frame, free func(x, y int) bool) {
	for i := range f.scene.stops {
		ring, ok := p.circle(&f.scene.stops[i])
		if !ok {
			continue
		}
		color := f.look.exits
		if f.picked.is(exits, i) {
			color = f.look.picked
		}
		a := ring[len(ring)-1]
		for _, b := range ring {
			p.dots.LineWhere(p.dotOf(a), p.dotOf(b), color, zCoast, free)
			a = b
		}
	}
}

// dotOf gives the place in dots of a place in samples.
func (p *painter) dotOf(at canvas.Vec) canvas.Vec {
	return canvas.Vec{X: at.X / p.k * p.dot, Y: at.Y / p.ky * p.dot}
}

func (p *painter) plainColumns(g *cell.Grid, f *frame) {
	p.sortColumns(f.scene)
	for _, i := range p.order {
		c := &f.scene.columns[i]
		pr, ok := p.prismOf(c)
		if !ok {
			continue
		}
		color := f.look.classes[c.Class]
		if f.picked.is(bikes, int(i)) {
			color = f.look.picked
		}
		p.plainPrism(g, &pr, c.Class, color, f.look)
	}
}

// plainPrism sets the cells whose middles lie in a column, and at least the
// one in the middle of its top.
func (p *painter) plainPrism(g *cell.Grid, pr *prism, class int, color cell.RGB, l look) {
	sx, sy := p.raster.SX, p.raster.SY
	wall := cell.New('▒', color, l.halo, 0)
	if l.ascii {
		wall.Set('|')
	}
	top := cell.New('1'+rune(class), cell.Readable(l.halo, color, 4.5), color, 0)
	left, right, up, down := bounds(pr)
	for row := max(up/sy, 0); row <= min(down/sy, p.area.h-1); row++ {
		for col := max(left/sx, 0); col <= min(right/sx, p.area.w-1); col++ {
			middle := canvas.Vec{X: (float64(col) + .5) * float64(sx), Y: (float64(row) + .5) * float64(sy)}
			at := g.At(p.area.x+col, p.area.y+row)
			switch {
			case inside(middle, pr.top[:]):
				*at = top
			case pr.holds(middle):
				*at = wall
			}
		}
	}
	col, row := int(math.Floor(pr.middle.X))/sx, int(math.Floor(pr.middle.Y))/sy
	if pr.middle.X >= 0 && pr.middle.Y >= 0 && col < p.area.w && row < p.area.h {
		*g.At(p.area.x+col, p.area.y+row) = top
	}
}

// bounds is the box around a column, in samples.
func bounds(pr *prism) (left, right, up, down int) {
	lo, hi := pr.base[0], pr.base[0]
	for i := range 6 {
		for _, v := range [2]canvas.Vec{pr.base[i], pr.top[i]} {
			lo = canvas.Vec{X: min(lo.X, v.X), Y: min(lo.Y, v.Y)}
			hi = canvas.Vec{X: max(hi.X, v.X), Y: max(hi.Y, v.Y)}
		}
	}
	const far = 1 << 20
	clamp := func(v float64) int { return int(min(max(v, -far), far)) }
	return clamp(lo.X), clamp(hi.X), clamp(lo.Y), clamp(hi.Y)
}
