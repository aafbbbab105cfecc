package vegaview

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Look is what a scene is drawn with.
type Look struct {
	Background, Text, Muted, Faint cell.RGB
	Mode                           canvas.Mode
	ASCII                          bool
	// Mono tells surfaces apart by shades instead of colours.
	Mono bool
}

// NewLook takes the colours of a theme, and what its terminal can draw.
func NewLook(t *theme.Theme) Look {
	return Look{
		Background: t.Background, Text: t.Text, Muted: t.Muted, Faint: t.Faint,
		Mode: canvas.ModeOf(t.Glyphs), ASCII: t.Glyphs == theme.ASCII, Mono: t.Renderer.ColorProfile() == termenv.Ascii,
	}
}
