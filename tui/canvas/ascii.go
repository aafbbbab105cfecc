package canvas

// asciiDots returns a sign for a braille cell: which half the dots are in says
// more about a thin line than how many they are.
func asciiDots(bits uint8) rune {
	const upper, lower, left, right = 0x01 | 0x02 | 0x08 | 0x10, 0x04 | 0x20 | 0x40 | 0x80, 0x01 | 0x02 | 0x04 | 0x40, 0x08 | 0x10 | 0x20 | 0x80
	n := bitCount(bits)
	switch {
	case n >= 5:
		return '#'
	case bits&lower == 0:
		return '\''
	case bits&upper == 0:
		return '.'
	case bits&right == 0, bits&left == 0:
		return ':'
	case bits&(upper&left) != 0 && bits&(lower&right) != 0 && bits&(upper&right) == 0 && bits&(lower&left) == 0:
		return '\\'
	case bits&(upper&right) != 0 && bits&(lower&left) != 0 && bits&(upper&left) == 0 && bits&(lower&right) == 0:
		return '/'
	}
	return '*'
}

func bitCount(b uint8) (n int) {
	for ; b != 0; b &= b - 1 {
		n++
	}
	return n
}
