package mapview

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Palette is a choice of colours for the six classes.
type Palette int

// The palettes. Original is deck.gl's own, in which few is the brightest;
// Themed is quiet for few and loud for many on this background; Safe can be
// read by colour-blind people.
const (
	Original Palette = iota
	Themed
	Safe
	Palettes
)

// String names the palette for a person.
func (p Palette) String() string {
	return [...]string{"original colours", "colours for this background", "colour-blind safe colours"}[p]
}

// Look is how one frame is painted: colours and characters.
type Look struct {
	water, beyond, Land, coast, Exits, Arc, casing, Picked, label, Halo cell.RGB
	town, sea                                                           cell.RGB // names of the map itself
	Classes                                                             [6]cell.RGB
	rim                                                                 float64 // how much darker the ground around hexagons is
	seam                                                                float64 // how much darker a hexagon's rim is
	depth                                                               float64 // how much of the walls' shade is used
	foot                                                                float64 // how much darker a wall is at its foot
	tint                                                                float64 // how much of a circle's colour columns in front of it take
	mode                                                                canvas.Mode
	smooth                                                              bool // there are enough colours for mixed ones
	Plain                                                               bool // signs in place of shades: 16 colours and fewer
	ASCII                                                               bool
}

// NewLook takes the colours of a theme, in a palette and as a terminal has
// them.
func NewLook(t *theme.Theme, p Palette, profile termenv.Profile) Look {
	m := t.Map
	l := Look{
		water: m.Water, beyond: cell.Mix(t.Background, m.Land, 0.35), Land: m.Land, coast: m.Coast, Exits: m.Exits, Arc: m.Arc, Picked: m.Picked, label: m.Label,
		Halo: t.Background, casing: cell.Mix(t.Background, cell.RGB{}, 0.5), seam: 0.34, depth: 1, foot: 0.3, tint: 0.2,
		smooth: profile == termenv.TrueColor,
		mode:   canvas.ModeOf(t.Glyphs), Plain: profile == termenv.ANSI || profile == termenv.Ascii, ASCII: t.Glyphs == theme.ASCII,
	}
	if !t.Dark {
		l.casing, l.seam, l.depth, l.rim = cell.RGB{255, 255, 255}, 0.2, 0.75, 0.34
	}
	l.town, l.sea = cell.Readable(cell.Mix(l.Land, m.Label, 0.45), l.Land, 4.5), cell.Readable(m.Coast, l.water, 4.5)
	ramp := m.Classes
	switch p {
	case Themed:
		ramp = m.ClassesAlt
	case Safe:
		ramp = m.ClassesSafe
	}
	copy(l.Classes[:], ramp)
	return l
}
