package cell

import "sync"

// The functions of this file return the character whose foreground covers the
// pixels of a mask, where bit 0 is the top left pixel and bits go row by row.

// Quadrant is for two by two pixels.
func Quadrant(mask uint) rune { return quadrants[mask&15] }

var quadrants = [16]rune{' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'}

// Sextant is for two by three pixels: U+1FB00 and up; the left and right
// halves and the full block have older code points.
func Sextant(mask uint) rune {
	switch mask &= 63; mask {
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

// Octant is for two by four pixels.
func Octant(mask uint) rune { return octants()[mask&255] }

// octants is Unicode 16's 2 by 4 blocks: U+1CD00 to U+1CDE5 in the order of
// their masks, with gaps for those that older blocks already were. It is made
// when it is first asked for: the first frame of a page of words needs none.
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

// BrailleDot returns the bit of one of the two by four dots of a braille
// character, which is U+2800 and the bits of its dots.
func BrailleDot(x, y int) uint8 { return brailleDots[y&3][x&1] }

var brailleDots = [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
