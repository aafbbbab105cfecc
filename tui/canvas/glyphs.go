package canvas

import (
	"math/bits"
	"sync"
)

// glyph gives the character whose foreground covers the pixels of mask, where
// bit 0 is the top left pixel and bits go row by row.
func (m Mode) glyph(mask uint) rune {
	switch m {
	case Half:
		return [4]rune{' ', '▀', '▄', '█'}[mask&3]
	case Quadrant:
		return quadrants[mask&15]
	case Sextant:
		return sextant(mask & 63)
	case Octant:
		return octants()[mask&255]
	case Eighth:
		if k := bits.OnesCount(mask); k > 0 {
			return '▁' + rune(k) - 1
		}
	}
	return ' '
}

// OctantOf gives the character whose foreground covers the pixels of mask, two
// in a row and four rows, where bit 0 is the top left one.
func OctantOf(mask uint) rune { return Octant.glyph(mask) }

var quadrants = [16]rune{' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'}

// sextant gives U+1FB00 and up; the left and right halves and the full block
// have older code points.
func sextant(mask uint) rune {
	switch mask {
	case 0:
		return ' '
	case 21:
		return '▌'
	case 42:
		return '▐'
	case 63:
		return '█'
	}
	r := 0x1fb00 + rune(mask) - 1
	if mask > 21 {
		r--
	}
	if mask > 42 {
		r--
	}
	return r
}

// octants is Unicode 16's 2 by 4 blocks: U+1CD00 to U+1CDE5 in the order of
// their masks, with gaps for those that older blocks already were. Like
// every table here it is made when it is first asked for: the first frame of a
// page of words needs none.
var octants = sync.OnceValue(func() *[256]rune {
	o := &[256]rune{}
	for mask, r := range map[int]rune{
		0: ' ', 255: '█', 192: '▂', 252: '▆', 3: 0x1fb82, 63: 0x1fb85,
		1: 0x1cea8, 2: 0x1ceab, 64: 0x1cea3, 128: 0x1cea0, 20: 0x1fbe6, 40: 0x1fbe7,
	} {
		o[mask] = r
	}
	parts := [4]int{0x05, 0x0a, 0x50, 0xa0}
	for q := 1; q < 15; q++ {
		mask := 0
		for i, part := range parts {
			if q&(1<<i) != 0 {
				mask |= part
			}
		}
		o[mask] = quadrants[q]
	}
	next := rune(0x1cd00)
	for mask := range o {
		if o[mask] == 0 {
			o[mask] = next
			next++
		}
	}
	return o
})
