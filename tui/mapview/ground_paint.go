package mapview

import (
	"math"

	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// floor draws the ground that tiles have.
type floor struct{ *brush }

// eachTile visits the tiles that are seen, with copies of the world to the east
// and west where the view reaches there.
func (b floor) eachTile(g *Ground, visit func(t *tiles.Tile, shift float64)) {
	for _, shift := range [3]float64{0, -tile, tile} {
		for _, t := range g.list {
			if lo, hi := t.ID.Box(); b.visible(spot{lo.X + shift, lo.Y}, spot{hi.X + shift, hi.Y}) {
				visit(t, shift)
			}
		}
	}
}

// paintGround fills the areas of the tiles, and keeps what the ground looks like
// for paintRoads.
func (b floor) paintGround(f *Frame) {
	if f.Ground.Tiles() == 0 {
		return
	}
	s := f.Look.groundStyle()
	b.eachTile(f.Ground, func(t *tiles.Tile, shift float64) {
		lo, hi := t.ID.Box()
		b.fill([][]tiles.Point{{lo, {X: hi.X, Y: lo.Y}, hi, {X: lo.X, Y: hi.Y}}}, shift, f.Look.land)
	})
	for c := tiles.Built; c <= tiles.Building; c++ {
		if !shows(c, f.View.Zoom) {
			continue
		}
		b.eachTile(f.Ground, func(t *tiles.Tile, shift float64) {
			for i := range t.Areas {
				a := &t.Areas[i]
				if a.Class == c && b.visible(spot{a.Lo.X + shift, a.Lo.Y}, spot{a.Hi.X + shift, a.Hi.Y}) {
					b.fill(a.Rings, shift, s.fills[c])
				}
			}
		})
	}
	b.bare = append(b.bare[:0], b.raster.Pix...)
}

// fill fills rings on the ground, cut to what is seen.
func (b floor) fill(rings [][]tiles.Point, shift float64, c cell.RGB) {
	b.rings, b.ring, b.ends = b.rings[:0], b.ring[:0], b.ends[:0]
	for _, r := range rings {
		b.ring = b.clipRing(b.ring, b.cut(r, shift))
		b.ends = append(b.ends, len(b.ring))
	}
	from := 0
	for _, end := range b.ends {
		if end-from >= 3 {
			b.rings = append(b.rings, b.ring[from:end])
		}
		from = end
	}
	b.raster.Polygon(b.rings, c, 1)
}

// covered reports whether a cell of the map shows anything but the ground. A
// road gives way there.
func (b floor) covered(col, row int) bool {
	if col < 0 || row < 0 || col >= b.area.W || row >= b.area.H {
		return true
	}
	w := b.raster.W
	for y := row * b.sy; y < (row+1)*b.sy; y++ {
		from := y*w + col*b.sx
		for i := from; i < from+b.sx; i++ {
			if b.raster.Pix[i] != b.bare[i] {
				return true
			}
		}
	}
	return false
}

// coverage is covered of each cell, found when it is asked for.
type coverage struct {
	b     floor
	known []uint8 // 0 = not found out yet, 1 = bare, 2 = covered
}

func (c *coverage) free(x, y int) bool {
	col, row := x>>1, y>>2
	if col < 0 || row < 0 || col >= c.b.area.W || row >= c.b.area.H {
		return false
	}
	k := &c.known[row*c.b.area.W+col]
	if *k == 0 {
		if *k = 1; c.b.covered(col, row) {
			*k = 2
		}
	}
	return *k == 1
}

// paintRoads draws the lines of the tiles as dots, wherever nothing of the map's
// own is.
func (b floor) paintRoads(f *Frame) {
	if f.Ground.Tiles() == 0 || len(b.bare) != len(b.raster.Pix) {
		return
	}
	s := f.Look.groundStyle()
	cover := &coverage{b, make([]uint8, b.area.W*b.area.H)}
	b.roads(f, tiles.Border, cover.free, func(c tiles.Class) cell.RGB { return s.lines[c] })
}

// roads draws the lines of the classes from one on that are shown.
func (b floor) roads(f *Frame, from tiles.Class, free func(x, y int) bool, color func(tiles.Class) cell.RGB) {
	b.eachTile(f.Ground, func(t *tiles.Tile, shift float64) {
		for i := range t.Lines {
			l := &t.Lines[i]
			if l.Class < from || l.Class > tiles.Motorway || !shows(l.Class, f.View.Zoom) ||
				!b.visible(spot{l.Lo.X + shift, l.Lo.Y}, spot{l.Hi.X + shift, l.Hi.Y}) {
				continue
			}
			b.road(l, shift, color(l.Class), free)
		}
	})
}

// road draws one line of the ground: large roads two dots wide, rails in dashes,
// paths as every second dot.
func (b floor) road(l *tiles.Line, shift float64, c cell.RGB, free func(x, y int) bool) {
	z := zRoad + uint8(l.Class-tiles.Border)
	period, on := 1, 1
	switch l.Class {
	case tiles.Rail:
		period, on = 4, 2
	case tiles.Path:
		period, on = 2, 1
	case tiles.Border:
		period, on = 6, 4
	}
	for i := 1; i < len(l.Points); i++ {
		p, q := l.Points[i-1], l.Points[i]
		from, to := spot{p.X + shift, p.Y}, spot{q.X + shift, q.Y}
		if !b.touches(from, to) {
			continue
		}
		a, da := b.cam.project(from.x, from.y, 0)
		e, de := b.cam.project(to.x, to.y, 0)
		if da <= b.cam.near || de <= b.cam.near {
			continue
		}
		a, e = b.dotAt(a), b.dotAt(e)
		flat := math.Abs(e.X-a.X) >= math.Abs(e.Y-a.Y)
		keep := free
		if period > 1 {
			keep = func(x, y int) bool {
				at := y
				if flat {
					at = x
				}
				return ((at%period)+period)%period < on && free(x, y)
			}
		}
		b.dots.LineWhere(a, e, c, z, keep)
		if l.Class >= tiles.Trunk {
			beside := canvas.Vec{X: 1}
			if flat {
				beside = canvas.Vec{Y: 1}
			}
			b.dots.LineWhere(canvas.Vec{X: a.X + beside.X, Y: a.Y + beside.Y}, canvas.Vec{X: e.X + beside.X, Y: e.Y + beside.Y}, c, z, keep)
		}
	}
}

// snap gives the cells of the ground its own colours and none between them,
// where there are too few to tell mixed ones apart.
func (b floor) snap(g *cell.Grid, f *Frame) {
	if f.Look.smooth || f.Ground.Tiles() == 0 || len(b.bare) != len(b.raster.Pix) {
		return
	}
	s := f.Look.groundStyle()
	own := []cell.RGB{f.Look.land, f.Look.water, s.fills[tiles.Green], s.fills[tiles.Building]}
	nearest := func(c cell.Color) cell.Color {
		best := own[0]
		for _, o := range own {
			if apart(o, c.RGB()) < apart(best, c.RGB()) {
				best = o
			}
		}
		return cell.FromRGB(best)
	}
	for row := range b.area.H {
		for col := range b.area.W {
			if c := g.At(b.area.X+col, b.area.Y+row); c != nil && !b.covered(col, row) {
				c.FG, c.BG = nearest(c.FG), nearest(c.BG)
			}
		}
	}
}

// plainGround draws the shores and the large roads of the tiles in dots, for
// terminals of few colours.
func (b floor) plainGround(f *Frame, free func(x, y int) bool) {
	if f.Ground.Tiles() == 0 {
		return
	}
	b.eachTile(f.Ground, func(t *tiles.Tile, shift float64) {
		for i := range t.Areas {
			a := &t.Areas[i]
			if a.Class != tiles.Water || !b.visible(spot{a.Lo.X + shift, a.Lo.Y}, spot{a.Hi.X + shift, a.Hi.Y}) {
				continue
			}
			for _, r := range a.Rings {
				b.shoreOf(t, r, shift, f.Look.coast, free)
			}
		}
	})
	b.roads(f, tiles.Secondary, free, func(tiles.Class) cell.RGB { return f.Look.coast })
}

// shoreOf draws a ring of water, but where a tile cuts it.
func (b floor) shoreOf(t *tiles.Tile, ring []tiles.Point, shift float64, c cell.RGB, free func(x, y int) bool) {
	lo, hi := t.ID.Box()
	for i := range ring {
		p, q := ring[i], ring[(i+1)%len(ring)]
		if p.X <= lo.X && q.X <= lo.X || p.X >= hi.X && q.X >= hi.X || p.Y <= lo.Y && q.Y <= lo.Y || p.Y >= hi.Y && q.Y >= hi.Y {
			continue
		}
		b.road(&tiles.Line{Class: tiles.River, Points: []tiles.Point{p, q}}, shift, c, free)
	}
}
