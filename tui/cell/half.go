package cell

import "slices"

// The braille dots of the two halves of a cell.
const upperDots, lowerDots = 0b00011011, 0b11100100

// halfFor returns the sign for r where the finest that a font has are half
// blocks: r itself, unless it is of braille or a finer block. What is not empty
// does not become so: lines are drawn in eighths, too.
func halfFor(r rune) rune {
	switch {
	case r >= 0x2800 && r < 0x2900:
		return halves(r&upperDots != 0, r&lowerDots != 0)
	case r >= 0x2581 && r <= 0x2588: // eighths from below
		return halves(r >= 0x2587, true)
	case r >= 0x2589 && r <= 0x258a: // eighths from the left
		return '█'
	case r >= 0x258b && r <= 0x258f:
		return '▌'
	case r == 0x2594:
		return '▀'
	case r == 0x2595:
		return '▐'
	case r >= 0x2596 && r <= 0x259f:
		return halfQuadrant(r)
	}
	return r
}

// halfQuadrant returns the half block that looks most like a quadrant.
func halfQuadrant(r rune) rune {
	weight := [...]int{0, 1, 1, 2}
	mask := slices.Index(quadrants[:], r)
	upper, lower := weight[mask&3], weight[mask>>2]
	return halves(upper >= lower, lower >= upper)
}

func halves(upper, lower bool) rune {
	switch {
	case upper && lower:
		return '█'
	case upper:
		return '▀'
	case lower:
		return '▄'
	}
	return ' '
}
