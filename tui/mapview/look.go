package mapview

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Look is how one frame is painted: colours and characters.
type Look struct {
	water, land, coast, picked, halo cell.RGB
	mode                             canvas.Mode
	smooth                           bool // there are enough colours for mixed ones
	Plain                            bool // signs in place of shades: 16 colours and fewer
	ASCII                            bool
}

// NewLook takes the colours of a theme as a terminal has them.
func NewLook(t *theme.Theme, profile termenv.Profile) Look {
	m := t.Map
	return Look{
		water: m.Water, land: m.Land, coast: m.Coast, picked: m.Picked, halo: t.Background,
		smooth: profile == termenv.TrueColor, mode: canvas.ModeOf(t.Glyphs),
		Plain: profile == termenv.ANSI || profile == termenv.Ascii, ASCII: t.Glyphs == theme.ASCII,
	}
}
