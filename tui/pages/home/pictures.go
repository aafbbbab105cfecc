package home

import (
	"github.com/authtabs/tabgate/tui/theme"
)

// A sketch draws a picture, and says what it shows, most telling first.
type sketch struct {
	draw   func(s *sketches, at spot)
	legend func(f *figures, t *theme.Theme) []entry
}

// drawn are the sketches by the names that pages know them by
// (dashboard.Page.Sketch).
var drawn = map[string]sketch{
	"walk":  {(*sketches).walk, (*figures).walkLegend},
	"city":  {(*sketches).city, (*figures).cityLegend},
	"areas": {(*sketches).areas, (*figures).areasLegend},
}

// draw draws the sketch of that name, if there is one.
func draw(s *sketches, name string, at spot) {
	if p, ok := drawn[name]; ok && at.W >= 4 && at.H >= 1 && s.figures != nil {
		p.draw(s, at)
	}
}

// legend says what the sketch of that name shows.
func legend(s *sketches, name string, t *theme.Theme) []entry {
	if p, ok := drawn[name]; ok && s.figures != nil {
		return p.legend(s.figures, t)
	}
	return nil
}
