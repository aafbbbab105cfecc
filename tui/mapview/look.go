package mapview

import (
	"slices"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Palette is a choice of colours for the classes of bins.
type Palette int

// The palettes. Original is the map's own, in which few may be the brightest;
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
	water, land, coast, picked, halo, casing, label cell.RGB
	town, sea                                       cell.RGB // names of the map itself

	Palette Palette
	ramps   [Palettes][]cell.RGB

	rim    float64 // how much darker the ground around bins is
	seam   float64 // how much darker a bin's rim is
	depth  float64 // how much of the walls' shade is used
	foot   float64 // how much darker a wall is at its foot
	tint   float64 // how much of a circle's colour columns in front of it take
	mode   canvas.Mode
	smooth bool // there are enough colours for mixed ones
	Plain  bool // signs in place of shades: 16 colours and fewer
	ASCII  bool
}

// Credit says whose the ground of maps is.
const Credit = "coast: Natural Earth"

// NewLook takes the colours of a theme as a terminal has them.
func NewLook(t *theme.Theme, profile termenv.Profile) Look {
	m := t.Map
	l := Look{
		water: m.Water, land: m.Land, coast: m.Coast, picked: m.Picked, halo: t.Background, label: m.Label,
		casing: cell.Mix(t.Background, cell.RGB{}, 0.5), seam: 0.34, depth: 1, foot: 0.3, tint: 0.2,
		ramps:  [Palettes][]cell.RGB{m.Classes, m.ClassesAlt, m.ClassesSafe},
		smooth: profile == termenv.TrueColor, mode: canvas.ModeOf(t.Glyphs),
		Plain: profile == termenv.ANSI || profile == termenv.Ascii, ASCII: t.Glyphs == theme.ASCII,
	}
	if !t.Dark {
		l.casing, l.seam, l.depth, l.rim = cell.RGB{255, 255, 255}, 0.2, 0.75, 0.34
	}
	l.town, l.sea = cell.Readable(cell.Mix(l.land, m.Label, 0.45), l.land, 4.5), cell.Readable(m.Coast, l.water, 4.5)
	return l
}

// usualRange is the range of colours that bins have where a map says none:
// ColorBrewer's YlOrRd, for which themes of few colours have others.
var usualRange = []deck.RGBA{{255, 255, 178, 255}, {254, 217, 118, 255}, {254, 178, 76, 255}, {253, 141, 60, 255}, {240, 59, 32, 255}, {189, 0, 38, 255}}

// Class is the colour of a class of bins, of whose range the map says own.
func (l *Look) Class(own []deck.RGBA, class int) cell.RGB {
	i := min(max(class, 0), len(own)-1)
	if l.Palette == Original && !slices.Equal(own, usualRange) {
		return cell.RGB{own[i][0], own[i][1], own[i][2]}
	}
	ramp := l.ramps[l.Palette]
	if len(own) == len(ramp) || len(own) < 2 {
		return ramp[min(i, len(ramp)-1)]
	}
	at := float64(i) / float64(len(own)-1) * float64(len(ramp)-1)
	k := min(int(at), len(ramp)-2)
	return cell.Mix(ramp[k], ramp[k+1], at-float64(k))
}

// Land is the colour of the ground.
func (l *Look) Land() cell.RGB { return l.land }

// Halo is the colour of the page around the map.
func (l *Look) Halo() cell.RGB { return l.halo }

// Picked is the colour of what is picked.
func (l *Look) Picked() cell.RGB { return l.picked }

// Over is the colour of what is drawn as a thin line over everything else: an
// arc in the colour of the circles it begins in would be lost in them.
func (l *Look) Over(c cell.RGB) cell.RGB {
	return cell.Readable(c, cell.Mix(l.land, l.casing, casingShare), overContrast)
}

// overs keeps the colour that [Look.Over] gave last: most arcs of a map have one.
type overs struct {
	of           cell.RGB
	land, casing cell.RGB
	known        bool
	out          cell.RGB
}

func (o *overs) over(l *Look, c cell.RGB) cell.RGB {
	if !o.known || o.of != c || o.land != l.land || o.casing != l.casing {
		*o = overs{c, l.land, l.casing, true, l.Over(c)}
	}
	return o.out
}

// overContrast is the contrast of thin lines to their casing, and casingShare
// how much of it covers what lies below.
const overContrast, casingShare = 9, 0.4

// shade is a colour in less light.
func shade(c cell.RGB, light float64) cell.RGB { return cell.Mix(cell.RGB{}, c, light) }
