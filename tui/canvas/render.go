package canvas

import (
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/muesli/termenv"
)

// style is what an escape sequence has last set. Colours are packed, so that
// two styles compare as three integers: kind in the top byte, then RGB or an
// index.
type style struct {
	fg, bg uint32
	attr   Attr
}

const (
	kindDefault uint32 = iota << 24
	kindIndex
	kindRGB
)

// Render gives the grid as H lines joined by newlines, each exactly W cells
// wide and complete in itself: it starts with the terminal's own style and
// ends with it. Cells of one style share one escape sequence. Colours become
// what the profile has; termenv.Ascii gives plain text without any sequence.
func (g *Grid) Render(p termenv.Profile) string {
	g.colors.use(p)
	buf := g.buf[:0]
	for y := 0; y < g.H; y++ {
		if y > 0 {
			buf = append(buf, '\n')
		}
		buf = g.line(buf, g.Cells[y*g.W:(y+1)*g.W], p)
	}
	g.buf = buf
	return string(buf)
}

func (g *Grid) line(buf []byte, cells []Cell, p termenv.Profile) []byte {
	var now style
	for x := 0; x < len(cells); x++ {
		c := &cells[x]
		r, wide := c.Rune, false
		switch {
		case r >= ' ' && r < 0x7f, r >= 0x2500 && r < 0x25fd, r >= 0x2800 && r < 0x2900:
		case r == 0:
			r = ' '
		default:
			r, wide = fit(cells, x)
		}
		if p != termenv.Ascii {
			if next := g.styleOf(c, r, now, p); next != now {
				buf = appendStyle(buf, now, next)
				now = next
			}
		}
		if g.ASCII {
			r = asciiFor(r)
			if wide {
				buf, wide = append(buf, byte(r)), false
				r, x = '?', x+1
			}
		}
		buf = utf8.AppendRune(buf, r)
		if wide {
			x++
		}
	}
	if now != (style{}) {
		buf = append(buf, "\x1b[0m"...)
	}
	return buf
}

// fit says what can be shown at x for a rune that is not plainly one cell
// wide: half of a wide rune whose other half was overwritten is a space.
func fit(cells []Cell, x int) (r rune, wide bool) {
	r = cells[x].Rune
	if r == Tail {
		return ' ', false
	}
	r, w := shape(r)
	switch {
	case w == 1:
		return r, false
	case w == 2 && x+1 < len(cells) && cells[x+1].Rune == Tail:
		return r, true
	}
	return ' ', false
}

// styleOf gives the style that c needs. Where the foreground cannot be seen
// the one that is already set is kept, which saves bytes.
func (g *Grid) styleOf(c *Cell, r rune, now style, p termenv.Profile) style {
	s := style{attr: c.Attr}
	if !c.NoBG {
		s.bg = g.pack(c.BG, p)
	}
	switch {
	case r == ' ' && c.Attr&(Underline|Reverse) == 0:
		s.fg, s.attr = now.fg, now.attr&^(Underline|Reverse)
	case !c.NoFG:
		s.fg = g.pack(c.FG, p)
		if p != termenv.TrueColor && r < 0x2500 && blurred(s, c) {
			s.fg = g.readable(s.bg, p)
		}
	}
	return s
}

// words is the contrast that WCAG asks of them.
const words = 4.5

// blurred says whether a word that could be told from its background, or read
// on it, can be no more with the palette's colours.
func blurred(s style, c *Cell) bool {
	if s.fg == s.bg {
		return c.FG != c.BG
	}
	a, b := paletteLight()[uint8(s.fg)], paletteLight()[uint8(s.bg)]
	if s.bg&^0xffffff != kindIndex || max(a, b) >= words*min(a, b) {
		return false
	}
	return Contrast(c.FG, c.BG) >= words
}

// paletteLight is the luminance of each palette colour with the 0.05 that WCAG
// adds.
var paletteLight = sync.OnceValue(func() *[256]float64 {
	o := &[256]float64{}
	for i := range o {
		o[i] = luminance(indexed(i)) + 0.05
	}
	return o
})

// readable gives a colour for words whose own colour became too much like their
// background's: black or white, whichever can be read better.
func (g *Grid) readable(bg uint32, p termenv.Profile) uint32 {
	const black, white = 0.05, 1.05
	if light := paletteLight()[uint8(bg)]; light*light > black*white {
		return g.pack(RGB{}, p)
	}
	return g.pack(RGB{255, 255, 255}, p)
}

func (g *Grid) pack(c RGB, p termenv.Profile) uint32 {
	if p == termenv.TrueColor {
		return kindRGB | uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2])
	}
	return kindIndex | uint32(g.colors.index(c))
}

// appendStyle writes the change from one style to another.
func appendStyle(buf []byte, from, to style) []byte {
	buf = append(buf, "\x1b["...)
	start := len(buf)
	if from.attr&^to.attr != 0 {
		buf = append(buf, '0')
		from = style{}
	}
	for i, code := range attrCodes {
		if to.attr&^from.attr&(1<<i) != 0 {
			buf = append(separate(buf, start), code)
		}
	}
	if to.fg != from.fg {
		buf = appendColor(separate(buf, start), to.fg, 30)
	}
	if to.bg != from.bg {
		buf = appendColor(separate(buf, start), to.bg, 40)
	}
	return append(buf, 'm')
}

var attrCodes = [...]byte{'1', '2', '3', '4', '7'}

func separate(buf []byte, start int) []byte {
	if len(buf) > start {
		return append(buf, ';')
	}
	return buf
}

// appendColor writes a colour's parameters; base is 30 for the foreground, 40
// for the background.
func appendColor(buf []byte, c uint32, base uint64) []byte {
	switch c &^ 0xffffff {
	case kindDefault:
		return strconv.AppendUint(buf, base+9, 10)
	case kindRGB:
		buf = strconv.AppendUint(buf, base+8, 10)
		buf = append(buf, ";2;"...)
		buf = append(appendByte(buf, uint8(c>>16)), ';')
		buf = append(appendByte(buf, uint8(c>>8)), ';')
		return appendByte(buf, uint8(c))
	}
	index := uint64(c & 0xff)
	switch {
	case index < 8:
		return strconv.AppendUint(buf, base+index, 10)
	case index < 16:
		return strconv.AppendUint(buf, base+60+index-8, 10)
	}
	buf = strconv.AppendUint(buf, base+8, 10)
	buf = append(buf, ";5;"...)
	return appendByte(buf, uint8(index))
}

// appendByte writes a number in decimal. A frame of two true colours a cell
// holds six for each, which strconv would be slower at.
func appendByte(buf []byte, n uint8) []byte {
	switch {
	case n >= 100:
		return append(buf, '0'+n/100, '0'+n/10%10, '0'+n%10)
	case n >= 10:
		return append(buf, '0'+n/10, '0'+n%10)
	}
	return append(buf, '0'+n)
}
