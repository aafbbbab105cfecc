package cell

import "strconv"

// style is what a terminal writes with: everything of a cell but its text.
type style struct {
	fg, bg Color
	attr   Attr
	link   uint16
}

// onCode and offCode are the SGR numbers of the attributes, by bit. 22 ends
// both bold and faint.
var (
	onCode  = [...]byte{1, 2, 3, 4, 7, 9}
	offCode = [...]byte{22, 22, 23, 24, 27, 29}
)

// Pen is the style that a terminal writes with: what the escape sequences
// before have set. The zero Pen is the style after a reset.
type Pen struct {
	// NoLinks leaves links out, for terminals that would print them.
	NoLinks bool
	now     style
}

// style is how the pen writes a cell.
func (p *Pen) style(c *Cell) style {
	s := style{c.FG, c.BG, c.Attr, c.link}
	if p.NoLinks {
		s.link = 0
	}
	return s
}

// Reset appends what ends any style and link of a terminal whose pen is not
// known.
func (p *Pen) Reset(dst []byte) []byte {
	p.now = style{}
	dst = append(dst, "\x1b[m"...)
	if !p.NoLinks {
		dst = append(dst, "\x1b]8;;\x1b\\"...)
	}
	return dst
}

// Append appends the escape sequences that turn the pen into the style of a
// cell of g, as few as possible: where only the background can be seen, all
// else stays as it is.
func (p *Pen) Append(dst []byte, g *Grid, c *Cell) []byte {
	want := p.style(c)
	if want == p.now {
		return dst
	}
	if c.text == 0 && c.Attr&onBlank == 0 {
		want.fg, want.attr = p.now.fg, p.now.attr&^onBlank
	}
	if want.link != p.now.link {
		dst = append(dst, "\x1b]8;"...)
		if want.link == 0 {
			dst = append(dst, ';')
		} else {
			dst = append(dst, "id=tabgate;"...)
			dst = append(dst, g.table.links.texts[want.link]...)
		}
		dst = append(dst, "\x1b\\"...)
	}
	dst = appendSGR(dst, p.now, want)
	p.now = want
	return dst
}

// Close appends what ends the style and the link of the pen.
func (p *Pen) Close(dst []byte) []byte {
	if p.now.link != 0 {
		dst = append(dst, "\x1b]8;;\x1b\\"...)
	}
	if p.now.fg|p.now.bg != 0 || p.now.attr != 0 {
		dst = append(dst, "\x1b[0m"...)
	}
	p.now = style{}
	return dst
}

// Wears reports whether the pen has the style of a cell, so that writing it
// takes no escape sequence.
func (p *Pen) Wears(c *Cell) bool {
	s := p.style(c)
	if c.text == 0 {
		return p.now.bg == s.bg && p.now.link == s.link && (p.now.attr|s.attr)&onBlank == 0
	}
	return p.now == s
}

// appendSGR appends the shortest sequence that turns one style into another,
// links aside.
func appendSGR(b []byte, from, to style) []byte {
	if from.fg == to.fg && from.bg == to.bg && from.attr == to.attr {
		return b
	}
	b = append(b, "\x1b["...)
	if to.fg|to.bg == 0 && to.attr == 0 {
		return append(b, 'm')
	}
	if from.attr&^to.attr != 0 {
		b = append(b, "0;"...)
		from = style{}
	}
	for bit, on := range onCode {
		if (to.attr&^from.attr)&(1<<bit) != 0 {
			b = append(b, '0'+on, ';')
		}
	}
	if to.fg != from.fg {
		b = appendColor(b, to.fg, 30)
	}
	if to.bg != from.bg {
		b = appendColor(b, to.bg, 40)
	}
	b[len(b)-1] = 'm' // the last separator
	return b
}

// appendColor appends a colour's parameters and a separator; base is 30 for
// the foreground, 40 for the background.
func appendColor(b []byte, c Color, base uint64) []byte {
	v := uint64(c &^ kinds)
	switch {
	case c == 0:
		b = strconv.AppendUint(b, base+9, 10)
	case c&kinds == kindRGB:
		b = append(b, '0'+byte(base/10), '8', ';', '2', ';')
		b = append(appendByte(b, uint8(v>>16)), ';')
		b = append(appendByte(b, uint8(v>>8)), ';')
		b = appendByte(b, uint8(v))
	case v < 8:
		b = strconv.AppendUint(b, base+v, 10)
	case v < 16:
		b = strconv.AppendUint(b, base+60+v-8, 10)
	default:
		b = append(b, '0'+byte(base/10), '8', ';', '5', ';')
		b = appendByte(b, uint8(v))
	}
	return append(b, ';')
}

// appendByte appends a number in decimal. A frame of two true colours a cell
// holds six for each, which strconv would be slower at.
func appendByte(b []byte, n uint8) []byte {
	switch {
	case n >= 100:
		return append(b, '0'+n/100, '0'+n/10%10, '0'+n%10)
	case n >= 10:
		return append(b, '0'+n/10, '0'+n%10)
	}
	return append(b, '0'+n)
}
