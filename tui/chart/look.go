// Package chart draws axes, lines and translucent areas into a grid of cells,
// with the scales of Vega. It knows no page, no message and no terminal.
package chart

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// gridShare is how much of the text's colour a grid line has.
const gridShare = 0.14

// Look is what a chart is drawn with.
type Look struct {
	Background, Surface       cell.RGB
	Text, Muted, Grid, Accent cell.RGB
	Series                    []cell.RGB // one a series, used round and round
	Profile                   termenv.Profile
	ASCII                     bool        // ASCII characters alone
	Blocks                    canvas.Mode // of the edges of areas: Half or Octant, or else what most fonts have
}

// NewLook takes the colours of a theme. Safe chooses the series colours for
// colour-blind readers.
func NewLook(t *theme.Theme, safe bool) Look {
	l := Look{
		Background: t.Background, Surface: t.Surface, Text: t.Text, Muted: t.Muted, Accent: t.Accent,
		Grid: cell.Mix(t.Background, t.Text, gridShare), Series: t.Series,
		Profile: t.Renderer.ColorProfile(), ASCII: t.Glyphs == theme.ASCII,
	}
	switch t.Glyphs {
	case theme.Half:
		l.Blocks = canvas.Half
	case theme.Octant:
		l.Blocks = canvas.Octant
	}
	if safe {
		l.Series = t.SeriesSafe
	}
	if l.Profile >= termenv.ANSI { // few colours: a mixed one may be the background's
		l.Grid = t.Faint
	}
	return l
}

// Color returns the colour of series i, readable as a mark on the background.
func (l Look) Color(i int) cell.RGB {
	if len(l.Series) == 0 {
		return l.Text
	}
	return cell.Readable(l.Series[i%len(l.Series)], l.Background, 3)
}

// Letter returns the letter that stands for series i where colours do not
// tell: A to Z, then a to z, then round again.
func Letter(i int) rune {
	i %= 52
	if i < 26 {
		return rune('A' + i)
	}
	return rune('a' + i - 26)
}

// fills reports whether there are colours enough for translucent areas.
func (l Look) fills() bool { return l.Profile <= termenv.ANSI256 && !l.ASCII }

// glyph returns r, or its stand-in where only ASCII is drawn.
func (l Look) glyph(r, ascii rune) rune {
	if l.ASCII {
		return ascii
	}
	return r
}
