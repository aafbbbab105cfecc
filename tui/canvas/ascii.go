package canvas

// asciiFor gives the ASCII character that says most nearly the same as r.
func asciiFor(r rune) rune {
	if r < 0x7f {
		return r
	}
	if a, ok := asciiSigns[r]; ok {
		return a
	}
	switch {
	case r >= 0x2500 && r < 0x2580:
		return '+'
	case r == 0x2580, r >= 0x2584 && r <= 0x2590:
		return '#'
	case r >= 0x2596 && r <= 0x259f:
		return '#'
	case r > 0x2800 && r < 0x2900:
		return '*'
	}
	return '?'
}

var asciiSigns = map[rune]rune{
	'─': '-', '━': '-', '│': '|', '┃': '|', '┊': '|', '┆': '|', '╎': '|', '╌': '-', '┄': '-', '┈': '-', '═': '=', '║': '|',
	'▁': '_', '▂': '_', '▃': '_', '░': '.', '▒': ':', '▓': '%', '⠀': ' ',
	'…': '.', '·': '.', '•': '*', '●': '*', '○': 'o', '◆': '*', '◇': 'o', '■': '#', '□': '.',
	'–': '-', '—': '-', '−': '-', '×': 'x', '✕': 'x', '✓': '+', '✔': '+', '✗': 'x',
	'←': '<', '→': '>', '↑': '^', '↓': 'v', '▲': '^', '▼': 'v', '◀': '<', '▶': '>', '▴': '^', '▾': 'v', '▸': '>', '◂': '<',
	'“': '"', '”': '"', '‘': '\'', '’': '\'', '°': ' ', '±': '~', '≤': '<', '≥': '>', '©': 'c', ' ': ' ',
	'á': 'a', 'à': 'a', 'â': 'a', 'ä': 'a', 'å': 'a', 'ã': 'a', 'ç': 'c', 'é': 'e', 'è': 'e', 'ê': 'e', 'ë': 'e',
	'í': 'i', 'î': 'i', 'ï': 'i', 'ñ': 'n', 'ó': 'o', 'ô': 'o', 'ö': 'o', 'ø': 'o', 'ú': 'u', 'û': 'u', 'ü': 'u',
}

// asciiDots gives a sign for a braille cell: which half the dots are in says
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
