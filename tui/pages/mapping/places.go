package mapping

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
)

// placed is the name of a town or a water. Names from outside are cleaned
// here, once.
type placed struct {
	at    spot
	name  string
	water bool
}

func (s *scene) addPlaces(places []data.Place) {
	for _, p := range places {
		s.places = append(s.places, placed{spotOf(data.Point{Lon: p.Lon, Lat: p.Lat}), session.Clean(p.Name, 40), p.Water})
	}
}

// Names of places take at most this part of the map.
const placeShare = 0.03

// drawPlaces writes the names of the map itself where nothing else is: they
// are there to find one's way by, and give way to every figure.
func (p *painter) drawPlaces(g *cell.Grid, f *frame) {
	room, last := int(placeShare*float64(p.area.w*p.area.h)), ""
	for i := range f.scene.places {
		pl := &f.scene.places[i]
		if pl.name == last { // It has another place, and stands at the one before.
			continue
		}
		at, depth := p.cam.project(pl.at.x, pl.at.y, 0)
		w := cell.Width(pl.name)
		if depth < p.cam.near || w > room {
			continue
		}
		ground, fg := f.look.land, f.look.town
		attr := cell.Attr(0)
		if pl.water {
			ground, fg, attr = f.look.water, f.look.sea, cell.Italic
		}
		col, row := p.cell(at)
		for _, y := range [3]int{row, row - 1, row + 1} {
			if x := col - w/2; p.empty(g, x-1, y, w+2, ground) {
				g.Text(p.area.x+x, p.area.y+y, pl.name, fg, attr)
				room, last = room-w, pl.name
				break
			}
		}
	}
}

// empty reports whether a row of cells of the map shows the ground alone.
func (p *painter) empty(g *cell.Grid, x, y, w int, ground cell.RGB) bool {
	if x < 0 || y < 0 || y >= p.area.h || x+w > p.area.w {
		return false
	}
	for i := range w {
		if c := g.At(p.area.x+x+i, p.area.y+y); c == nil || !c.Blank() || c.BG != cell.FromRGB(ground) {
			return false
		}
	}
	return true
}
