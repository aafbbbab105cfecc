package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// paintPlain draws with signs instead of shades, for terminals of 16 colours
// and of none: a column is a pile of blocks with the number of its class on
// top, circles are outlines.
func (b *brush) paintPlain(g *cell.Grid, f *Frame) {
	g.Rect(b.area.X, b.area.Y, b.area.W, b.area.H, f.Look.Halo)
	b.dots.Resize(b.area.W, b.area.H)
	b.dots.ASCII = f.Look.ASCII
	if f.Layers[Bikes] {
		b.plainColumns(g, f)
	}
	free := func(x, y int) bool {
		c := g.At(b.area.X+x>>1, b.area.Y+y>>2)
		return x >= 0 && y >= 0 && c != nil && c.Blank()
	}
	b.dotCoast(f, free)
	if f.Layers[Exits] {
		b.plainCircles(f, free)
	}
	if f.Layers[Flows] {
		b.paintFlows(f)
	}
	b.dots.Draw(g, b.area.X, b.area.Y, func(c *cell.Cell, z uint8) {
		if z >= zFlow {
			c.BG = cell.FromRGB(f.Look.Halo)
		}
	})
}

func (b *brush) plainCircles(f *Frame, free func(x, y int) bool) {
	for i := range f.Scene.Stops {
		ring, ok := b.circle(&f.Scene.Stops[i])
		if !ok {
			continue
		}
		color := f.Look.Exits
		if f.Picked.Is(Exits, i) {
			color = f.Look.Picked
		}
		from := ring[len(ring)-1]
		for _, to := range ring {
			b.dots.LineWhere(b.dotOf(from), b.dotOf(to), color, zCoast, free)
			from = to
		}
	}
}

func (b *brush) plainColumns(g *cell.Grid, f *Frame) {
	b.sortColumns(f.Scene)
	for _, i := range b.order {
		c := &f.Scene.Columns[i]
		pr, ok := b.prismOf(c)
		if !ok {
			continue
		}
		color := f.Look.Classes[c.Class]
		if f.Picked.Is(Bikes, int(i)) {
			color = f.Look.Picked
		}
		b.plainPrism(g, &pr, c.Class, color, f.Look)
	}
}

// plainPrism sets the cells whose middles lie in a column, and at least the
// one in the middle of its top.
func (b *brush) plainPrism(g *cell.Grid, pr *prism, class int, color cell.RGB, l Look) {
	sx, sy := b.raster.SX, b.raster.SY
	wall := cell.New('▒', color, l.Halo, 0)
	if l.ASCII {
		wall.Set('|')
	}
	top := cell.New('1'+rune(class), cell.Readable(l.Halo, color, 4.5), color, 0)
	left, right, up, down := bounds(pr)
	for row := max(up/sy, 0); row <= min(down/sy, b.area.H-1); row++ {
		for col := max(left/sx, 0); col <= min(right/sx, b.area.W-1); col++ {
			middle := canvas.Vec{X: (float64(col) + .5) * float64(sx), Y: (float64(row) + .5) * float64(sy)}
			at := g.At(b.area.X+col, b.area.Y+row)
			switch {
			case inside(middle, pr.top[:]):
				*at = top
			case pr.holds(middle):
				*at = wall
			}
		}
	}
	col, row := int(math.Floor(pr.middle.X))/sx, int(math.Floor(pr.middle.Y))/sy
	if pr.middle.X >= 0 && pr.middle.Y >= 0 && col < b.area.W && row < b.area.H {
		*g.At(b.area.X+col, b.area.Y+row) = top
	}
}
