package cell

import (
	"bytes"
	"unicode/utf8"
)

// ANSI returns g as H lines joined by newlines, each exactly W columns wide
// and complete in itself: it begins and ends with the terminal's own style.
// Cells of one style share one escape sequence.
func (g *Grid) ANSI() string {
	buf := make([]byte, 0, len(g.cells)*4)
	for y := range g.H {
		if y > 0 {
			buf = append(buf, '\n')
		}
		buf = g.AppendANSI(buf, y)
	}
	return string(buf)
}

// AppendANSI appends row y as a line of [Grid.ANSI].
func (g *Grid) AppendANSI(dst []byte, y int) []byte {
	var pen Pen
	row := g.Row(y)
	for x := 0; x < len(row); {
		c, width := g.Shown(row, x)
		dst = g.AppendText(pen.Append(dst, g, c), c)
		x += width
	}
	return pen.Close(dst)
}

// Shown returns the cell to write at x of a row of g and the columns that it
// takes: the cell that is there, or a blank of its style for half of a wide
// character whose other half was overwritten.
func (g *Grid) Shown(row []Cell, x int) (c *Cell, width int) {
	width, ok := whole(row, x)
	if !ok {
		half := row[x]
		half.text, half.extra = 0, 0
		return &half, 1
	}
	return &row[x], width
}

// AppendText appends the text of a cell of g.
func (g *Grid) AppendText(dst []byte, c *Cell) []byte {
	switch {
	case c.text == 0:
		return append(dst, ' ')
	case c.text < utf8.RuneSelf:
		return append(dst, byte(c.text))
	case c.text < inTable:
		return utf8.AppendRune(dst, rune(c.text))
	}
	return append(dst, g.Cluster(c)...)
}

// String returns the text of g, a line a row, without spaces at the ends of
// lines.
func (g *Grid) String() string {
	var buf []byte
	for y := range g.H {
		if y > 0 {
			buf = append(buf, '\n')
		}
		start := len(buf)
		row := g.Row(y)
		for x := 0; x < len(row); {
			c, width := g.Shown(row, x)
			buf = g.AppendText(buf, c)
			x += width
		}
		buf = append(buf[:start], bytes.TrimRight(buf[start:], " ")...)
	}
	return string(buf)
}
