package mapview

import (
	"github.com/authtabs/tabgate/data/land"
	"github.com/authtabs/tabgate/tui/cell"
)

// Names of places take at most this part of the map.
const placeShare = 0.03

// drawPlaces writes the names of the map itself where nothing else is: they
// are there to find one's way by, and give way to every figure.
func (p *projection) drawPlaces(g *cell.Grid, f *Frame) {
	if f.Look.Plain {
		return
	}
	room, last := int(placeShare*float64(p.area.W*p.area.H)), ""
	for _, pl := range land.Places(f.View.Zoom) {
		at := spot{pl.At.X, pl.At.Y}
		w := cell.Width(pl.Name)
		// One that has another place stands at the one before.
		if pl.Name == last || w > room || !p.near(at, 0) {
			continue
		}
		px, depth := p.cam.project(at.x, at.y, 0)
		if depth < p.cam.near {
			continue
		}
		ground, fg := f.Look.land, f.Look.town
		attr := cell.Attr(0)
		if pl.Water {
			ground, fg, attr = f.Look.water, f.Look.sea, cell.Italic
		}
		col, row := p.cell(px)
		for _, y := range [3]int{row, row - 1, row + 1} {
			if x := col - w/2; p.empty(g, x-1, y, w+2, ground) {
				g.Text(p.area.X+x, p.area.Y+y, pl.Name, fg, attr)
				room, last = room-w, pl.Name
				break
			}
		}
	}
}

// empty reports whether a row of cells of the map shows the ground alone.
func (p *projection) empty(g *cell.Grid, x, y, w int, ground cell.RGB) bool {
	if x < 0 || y < 0 || y >= p.area.H || x+w > p.area.W {
		return false
	}
	for i := range w {
		if c := g.At(p.area.X+x+i, p.area.Y+y); c == nil || !c.Blank() || c.BG != cell.FromRGB(ground) {
			return false
		}
	}
	return true
}
