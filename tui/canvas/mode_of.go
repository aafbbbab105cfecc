package canvas

import "github.com/authtabs/tabgate/tui/theme"

// ModeOf returns the block characters that a terminal with such glyphs draws.
func ModeOf(g theme.Glyphs) Mode {
	switch g {
	case theme.Half:
		return Half
	case theme.Quadrant:
		return Quadrant
	case theme.Sextant:
		return Sextant
	case theme.Octant:
		return Octant
	}
	return Spaces
}
