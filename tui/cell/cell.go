// Package cell is the grid of character cells that everything on screen is
// drawn into: pages draw text and colours into it, the painter writes what
// changed of it to the terminal, and `tabgate show` and the tests read it. It
// knows no page and no terminal, and imports nothing of this module.
//
// # Clusters
//
// A cell holds a grapheme cluster, what a reader calls one character, not a
// rune: "é" may be two runes, a family of emoji seven, and neither may be
// torn. Clusters are found by clipperhouse/uax29 and measured by
// clipperhouse/displaywidth, which Bubble Tea's own libraries use too. See
// [Width] for the one rule of width, which pages, painter and tests share.
//
// # From a page to the terminal
//
// A page draws in true colour ([Grid.Text], [Grid.Rect], [Grid.At]) into the
// part of the window that is its own ([Grid.Sub]). A [Target] then replaces
// colours and characters that the output cannot show. The result is read by
// one writer for terminals ([Grid.ANSI], [Pen]) and one for pictures ([SVG]).
// [Parse] is the way back, for text with escape sequences from elsewhere.
package cell

// RGB is red, green and blue, 0 to 255 each.
type RGB = [3]uint8

// Color is the colour of a cell. The zero Color is the terminal's own.
type Color uint32

// A colour's kind is in its top byte, a palette index or red, green and blue
// below.
const (
	kindIndex Color = 1 << 24
	kindRGB   Color = 2 << 24
	kinds     Color = 0xff << 24
)

// FromRGB returns the true colour c.
func FromRGB(c RGB) Color {
	return kindRGB | Color(c[0])<<16 | Color(c[1])<<8 | Color(c[2])
}

// FromIndex returns entry i of the 256-colour palette, the first sixteen of
// which people choose themselves.
func FromIndex(i uint8) Color { return kindIndex | Color(i) }

// RGB returns red, green and blue: of an index, those that most terminals
// show; of the terminal's own colour, black.
func (c Color) RGB() RGB {
	if c&kinds == kindIndex {
		return indexed(uint8(c))
	}
	return RGB{uint8(c >> 16), uint8(c >> 8), uint8(c)}
}

// Attr is a set of text attributes.
type Attr uint8

// The attributes that every terminal of interest shows.
const (
	Bold Attr = 1 << iota
	Faint
	Italic
	Underline
	Reverse
	Strike
)

// onBlank are the attributes that can be seen on a blank.
const onBlank = Underline | Reverse | Strike

// Cell is one character cell. The zero Cell is a blank in the terminal's own
// colours.
type Cell struct {
	FG, BG Color
	// text is what the cell holds: 0 for a blank, a rune, an index into the
	// grid's clusters, or tail.
	text  uint32
	Attr  Attr
	extra uint8  // columns that the text takes beyond this one
	link  uint16 // index into the grid's links, 0 for none
}

const (
	inTable uint32 = 1 << 30 // the rest is an index into the clusters
	tail    uint32 = 1 << 31 // the cell continues the one at its left
)

// New returns a cell that holds r, which must be one column wide.
func New(r rune, fg, bg RGB, attr Attr) Cell {
	c := Cell{FG: FromRGB(fg), BG: FromRGB(bg), Attr: attr}
	c.Set(r)
	return c
}

// Set replaces what the cell holds by r, which must be one column wide: a
// line, a block, braille, a letter. The colours stay. For any other text see
// [Grid.Text].
func (c *Cell) Set(r rune) {
	c.text, c.extra = uint32(r), 0
	if r == ' ' {
		c.text = 0
	}
}

// Put replaces what the cell holds by r in fg, keeping the background. See
// [Cell.Set].
func (c *Cell) Put(r rune, fg RGB, attr Attr) {
	c.Set(r)
	c.FG, c.Attr, c.link = FromRGB(fg), attr, 0
}

// Rune returns the rune that the cell holds: a space for a blank, and 0 for a
// cluster of several runes and for the continuation of a wide one. See
// [Grid.Cluster] for the whole text.
func (c *Cell) Rune() rune {
	switch {
	case c.text == 0:
		return ' '
	case c.text < inTable:
		return rune(c.text)
	}
	return 0
}

// Blank reports whether the cell holds a space.
func (c *Cell) Blank() bool { return c.text == 0 }

// Width returns the columns that the cell's text takes: 0 for the
// continuation of the text at its left.
func (c *Cell) Width() int {
	if c.text == tail {
		return 0
	}
	return 1 + int(c.extra)
}

// Same reports whether two cells of one grid look alike: on a blank, a
// foreground cannot be seen.
func (c *Cell) Same(o *Cell) bool {
	if *c == *o {
		return true
	}
	return c.text == 0 && o.text == 0 && c.BG == o.BG && c.link == o.link && (c.Attr|o.Attr)&onBlank == 0
}

// SameStyle reports whether two cells of one grid differ by their text alone.
func (c *Cell) SameStyle(o *Cell) bool {
	return c.FG == o.FG && c.BG == o.BG && c.Attr == o.Attr && c.link == o.link
}

// whole returns the columns of the text that begins at x of a row. It is not
// ok for half of a wide character whose other half was overwritten: a blank
// stands there.
func whole(row []Cell, x int) (width int, ok bool) {
	c := &row[x]
	if c.text == tail {
		return 1, false
	}
	if c.extra == 0 {
		return 1, true
	}
	n := int(c.extra)
	if x+n >= len(row) {
		return 1, false
	}
	for i := 1; i <= n; i++ {
		if row[x+i].text != tail {
			return 1, false
		}
	}
	return n + 1, true
}
