package cell

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Agreement is how far terminals agree with [Width] about a cell.
type Agreement int

const (
	// Agreed are letters of Europe, lines, blocks, braille, Chinese: every
	// terminal moves its cursor by as many columns.
	Agreed Agreement = iota
	// Wider are signs, and letters of Greek and Russian, that some terminals
	// draw as wide as Chinese.
	Wider
	// Word is a letter with marks. Some terminals give it less room, and none
	// should be given its letters apart from those of the same word.
	Word
	// Emoji take one, two or more columns.
	Emoji
)

// Agreement returns how far terminals agree about the width of a cell of g.
func (g *Grid) Agreement(c *Cell) Agreement {
	switch {
	case c.text < 0x300 || c.text >= tail:
		return Agreed
	case c.text >= inTable:
		if r, _ := utf8.DecodeRuneInString(g.Cluster(c)); unicode.IsLetter(r) {
			return Word
		}
		return Emoji
	}
	return agreement(rune(c.text))
}

// Settled reports whether a row has no Word and no Emoji.
func (g *Grid) Settled(row []Cell) bool {
	for i := range row {
		c := &row[i]
		if c.text >= 0x300 && c.text < tail && (c.text >= inTable || agreement(rune(c.text)) == Emoji) {
			return false
		}
	}
	return true
}

func agreement(r rune) Agreement {
	switch {
	case oneColumn(r) || r >= 0x2e80 && unicode.Is(chinese, r):
		return Agreed
	case displaywidth.Rune(r) > 1:
		return Emoji
	case eastAsian.Rune(r) > 1:
		return Wider
	}
	return Agreed
}

// eastAsian measures as terminals do that draw ambiguous characters wide.
var eastAsian = displaywidth.Options{EastAsianWidth: true}

// chinese are the characters of East Asia that are two columns wide whatever
// the terminal, or one.
var chinese = &unicode.RangeTable{
	R16: []unicode.Range16{{0x2e80, 0xa4cf, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe30, 0xfe6f, 1}, {0xff00, 0xffe6, 1}},
	R32: []unicode.Range32{{0x20000, 0x3fffd, 1}},
}
