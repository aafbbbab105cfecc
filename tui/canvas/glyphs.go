package canvas

import (
	"math/bits"

	"github.com/authtabs/tabgate/tui/cell"
)

// glyph returns the character whose foreground covers the pixels of mask,
// where bit 0 is the top left pixel and bits go row by row.
func (m Mode) glyph(mask uint) rune {
	switch m {
	case Half:
		return [4]rune{' ', '▀', '▄', '█'}[mask&3]
	case Quadrant:
		return cell.Quadrant(mask)
	case Sextant:
		return cell.Sextant(mask)
	case Octant:
		return cell.Octant(mask)
	case Eighth:
		if k := bits.OnesCount(mask); k > 0 {
			return '▁' + rune(k) - 1
		}
	}
	return ' '
}
