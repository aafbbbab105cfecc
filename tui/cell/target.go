package cell

import (
	"sync"

	"github.com/muesli/termenv"
)

// Target is what an output can show: colours and characters. The zero Target
// shows true colours and all characters. It remembers the answers that it
// gave, so keep it rather than make a new one for each frame.
type Target struct {
	Profile termenv.Profile
	ASCII   bool // characters of ASCII alone
	Half    bool // of braille and blocks, half blocks alone

	nearest nearest
}

// Pin fixes the 256-colour index of a colour whose nearest index would be too
// close to a neighbour's: dark land and dark water are both nearest to greys.
func (t *Target) Pin(c RGB, index uint8) { t.nearest.pin(c, index) }

// Unpin forgets all pins, for a change of theme.
func (t *Target) Unpin() { t.nearest.unpin() }

// Reduce replaces the colours and characters of g that the target cannot show
// by the nearest that it can. What it has replaced it leaves alone, so parts
// of a grid may be reduced as they are drawn. termenv.Ascii takes colours away,
// not bold, underline or reverse.
func (t *Target) Reduce(g *Grid) {
	if t.Profile == termenv.TrueColor && !t.ASCII && !t.Half {
		return
	}
	t.nearest.use(t.Profile)
	for y := g.y0; y < g.y1; y++ {
		row := g.Row(y)
		if t.ASCII {
			g.reduceText(row)
		} else if t.Half {
			reduceBlocks(row)
		}
		switch t.Profile {
		case termenv.TrueColor:
		case termenv.Ascii:
			for x := range row {
				row[x].FG, row[x].BG = 0, 0
			}
		default:
			for x := range row {
				t.nearest.reduce(&row[x])
			}
		}
	}
}

// reduce replaces the colours of a cell. Of words that would become too much
// like their background the colour becomes black or white.
func (n *nearest) reduce(c *Cell) {
	fg, bg := c.FG, c.BG
	if bg&kinds == kindRGB {
		c.BG = n.color(bg)
	}
	switch {
	case c.text == 0 && c.Attr&onBlank == 0:
		c.FG = 0
	case fg&kinds == kindRGB:
		c.FG = n.color(fg)
		if c.wordy() && blurred(c, fg.RGB(), bg.RGB()) {
			c.FG = n.readable(c.BG)
		}
	}
}

// wordy reports whether the cell may hold a part of a word: no line, block or
// braille.
func (c *Cell) wordy() bool { return c.text < 0x2500 || c.text >= inTable }

// words is the contrast that WCAG asks of them.
const words = 4.5

// blurred reports whether a word that could be told from its background, or
// read on it, can be no more with the palette's colours.
func blurred(c *Cell, fg, bg RGB) bool {
	if c.FG == c.BG {
		return fg != bg
	}
	a, b := paletteLight()[uint8(c.FG)], paletteLight()[uint8(c.BG)]
	if c.BG&kinds != kindIndex || max(a, b) >= words*min(a, b) {
		return false
	}
	return Contrast(fg, bg) >= words
}

// paletteLight is the luminance of each palette colour with the 0.05 that WCAG
// adds.
var paletteLight = sync.OnceValue(func() *[256]float64 {
	o := &[256]float64{}
	for i := range o {
		o[i] = luminance(indexed(uint8(i))) + 0.05
	}
	return o
})

// readable returns a colour for words whose own became too much like their
// background's: black or white, whichever can be read better.
func (n *nearest) readable(bg Color) Color {
	const black, white = 0.05, 1.05
	if light := paletteLight()[uint8(bg)]; light*light > black*white {
		return n.color(FromRGB(RGB{}))
	}
	return n.color(FromRGB(RGB{255, 255, 255}))
}

// reduceBlocks replaces braille and blocks finer than halves.
func reduceBlocks(row []Cell) {
	for x := range row {
		if c := &row[x]; c.text >= 0x2580 && c.text < inTable {
			c.text = uint32(halfFor(rune(c.text)))
		}
	}
}

// reduceText replaces what is not ASCII.
func (g *Grid) reduceText(row []Cell) {
	for x := range row {
		c := &row[x]
		if c.text < 0x7f {
			continue
		}
		width, ok := whole(row, x)
		if !ok {
			c.text, c.extra = 0, 0
			continue
		}
		first := c.Rune()
		if c.text >= inTable {
			for _, r := range g.Cluster(c) {
				first = r
				break
			}
		}
		c.Set(asciiFor(first))
		for i := 1; i < width; i++ {
			row[x+i].Set('?')
		}
	}
}
