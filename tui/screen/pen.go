package screen

import "strconv"

// A color is 0 for the terminal's own, or a kind in the top byte and a value
// below: an index of the palette or red, green and blue.
type color uint32

const (
	kindIndex color = 1 << 24 // 0 to 255
	kindRGB   color = 2 << 24
)

// attr is a set of attributes, one bit for each of onCode.
type attr uint8

// A style is what a cell wears. Link is an index into the painter's links,
// 0 for none.
type style struct {
	fg, bg color
	attr   attr
	link   uint16
}

// onCode and offCode are the SGR numbers of the attributes, by bit: bold,
// faint, italic, underline, blink, reverse, conceal, strike. 22 ends both
// bold and faint.
var (
	onCode  = [8]byte{1, 2, 3, 4, 5, 7, 8, 9}
	offCode = [8]byte{22, 22, 23, 24, 25, 27, 28, 29}
)

// apply changes s as the SGR sequence with these parameters would. Sub
// parameters (4:3) count as their first number, except in colours.
func (s *style) apply(p []uint16) {
	if len(p) == 0 {
		*s = style{link: s.link}
		return
	}
	for i := 0; i < len(p); i++ {
		switch n := p[i]; {
		case n == 0:
			*s = style{link: s.link}
		case n == 38 || n == 48:
			c, used := extended(p[i+1:])
			i += used
			if n == 38 {
				s.fg = c
			} else {
				s.bg = c
			}
		case n == 39:
			s.fg = 0
		case n == 49:
			s.bg = 0
		case n >= 30 && n <= 37:
			s.fg = kindIndex | color(n-30)
		case n >= 40 && n <= 47:
			s.bg = kindIndex | color(n-40)
		case n >= 90 && n <= 97:
			s.fg = kindIndex | color(n-90+8)
		case n >= 100 && n <= 107:
			s.bg = kindIndex | color(n-100+8)
		default:
			s.attribute(n)
		}
	}
}

func (s *style) attribute(n uint16) {
	for bit := range onCode {
		switch n {
		case uint16(onCode[bit]):
			s.attr |= 1 << bit
		case uint16(offCode[bit]):
			s.attr &^= 1 << bit
		}
	}
}

// extended reads what follows 38 or 48 and says how many numbers it used.
func extended(p []uint16) (c color, used int) {
	switch {
	case len(p) >= 4 && p[0] == 2:
		return kindRGB | color(p[1]&255)<<16 | color(p[2]&255)<<8 | color(p[3]&255), 4
	case len(p) >= 2 && p[0] == 5:
		return kindIndex | color(p[1]&255), 2
	}
	return 0, len(p)
}

// appendSGR writes the shortest sequence that turns from into to, links
// aside.
func appendSGR(b []byte, from, to style) []byte {
	if from.fg == to.fg && from.bg == to.bg && from.attr == to.attr {
		return b
	}
	b = append(b, "\x1b["...)
	if from.attr&^to.attr != 0 || to.fg|to.bg == 0 && to.attr == 0 {
		from = style{}
		if to.fg|to.bg == 0 && to.attr == 0 {
			return append(b, 'm')
		}
		b = append(b, "0;"...)
	}
	for bit, on := range onCode {
		if (to.attr&^from.attr)&(1<<bit) != 0 {
			b = append(b, on+'0', ';')
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

// appendColor writes a colour and a separator; base is 30 for the
// foreground, 40 for the background.
func appendColor(b []byte, c color, base int64) []byte {
	v := int64(c & 0xffffff)
	switch {
	case c == 0:
		b = strconv.AppendInt(b, base+9, 10)
	case c&kindRGB != 0:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";2;"...)
		b = strconv.AppendInt(b, v>>16, 10)
		b = append(b, ';')
		b = strconv.AppendInt(b, v>>8&255, 10)
		b = append(b, ';')
		b = strconv.AppendInt(b, v&255, 10)
	case v < 8:
		b = strconv.AppendInt(b, base+v, 10)
	case v < 16:
		b = strconv.AppendInt(b, base+60+v-8, 10)
	default:
		b = strconv.AppendInt(b, base+8, 10)
		b = append(b, ";5;"...)
		b = strconv.AppendInt(b, v, 10)
	}
	return append(b, ';')
}
