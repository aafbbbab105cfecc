package cell

import (
	"strings"
	"unicode/utf8"
)

// Parse returns a grid of the lines of a text with escape sequences, as wide
// as its longest line. It understands SGR and OSC 8; other sequences and
// control characters are left out, so nothing but text, colours and links
// comes through.
func Parse(text string) *Grid {
	text = strings.TrimSuffix(text, "\n")
	g, w := &Grid{}, 0
	read := parser{g: g}
	for line := range strings.SplitSeq(text, "\n") {
		w = max(w, read.line(line, 0))
	}
	g.Resize(w, strings.Count(text, "\n")+1)
	g.SetANSI(text)
	return g
}

// SetANSI draws the lines of a text with escape sequences into g, which is
// blank where they end. See [Parse].
func (g *Grid) SetANSI(text string) {
	if g.table != nil {
		g.table.renumber() // not while the pen has a number
	}
	read := parser{g: g}
	for y := range g.H {
		clear(g.Row(y))
		if text != "" {
			line, rest, _ := strings.Cut(text, "\n")
			read.line(line, y)
			text = rest
		}
	}
}

// A parser reads lines of styled text into a grid. The pen goes on from line
// to line.
type parser struct {
	g      *Grid
	pen    Cell
	link   string
	params [32]uint16
}

// line draws one line into row y and returns its width in columns, whatever of
// it is cut.
func (p *parser) line(s string, y int) (x int) {
	for len(s) > 0 {
		switch c := s[0]; {
		case c == 0x1b:
			s = s[p.escape(s):]
			continue
		case c < ' ' || c == 0x7f:
			s = s[1:]
			continue
		}
		c := firstCluster(s)
		s = s[c.used:]
		if c.width > 0 && x+c.width <= p.g.W {
			if p.pen.link = 0; p.link != "" {
				p.pen.link = p.g.table.link(p.link)
			}
			p.g.put(x, y, c, p.pen)
			for i := range c.width {
				if to := p.g.At(x+i, y); to != nil {
					to.BG = p.pen.BG
				}
			}
		} else if row := p.g.span(x, p.g.W, y); len(row) > 0 { // half a character is none
			for i := range row {
				row[i] = p.pen
			}
		}
		x += c.width
	}
	return x
}

// escape reads the control sequence at the start of s and returns its length.
func (p *parser) escape(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[':
		return p.csi(s)
	case ']', 'P', 'X', '^', '_':
		end, n := terminator(s)
		if strings.HasPrefix(s, "\x1b]8;") {
			p.hyperlink(s[4:end])
		}
		return n
	}
	n := 1
	for n < len(s) && s[n] >= 0x20 && s[n] < 0x30 {
		n++
	}
	if n < len(s) && s[n] < utf8.RuneSelf {
		n++
	}
	return n
}

// terminator finds the end of a string sequence: where its text ends and how
// long it is with its terminator.
func terminator(s string) (end, length int) {
	for i := 2; i < len(s); i++ {
		switch {
		case s[i] == 7:
			return i, i + 1
		case s[i] == 0x1b && i+1 < len(s) && s[i+1] == '\\':
			return i, i + 2
		}
	}
	return len(s), len(s)
}

func (p *parser) csi(s string) int {
	list, n, seen, private := p.params[:0], uint16(0), false, false
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n, seen = min(n, 1000)*10+uint16(c-'0'), true
		case c == ';' || c == ':':
			if len(list) < cap(list) {
				list = append(list, n)
			}
			n, seen = 0, true
		case c >= 0x20 && c < 0x40:
			private = true
		case c >= 0x40 && c < 0x7f:
			if c == 'm' && !private {
				if seen && len(list) < cap(list) {
					list = append(list, n)
				}
				p.pen.apply(list)
			}
			return i + 1
		default:
			return i
		}
	}
	return len(s)
}

// hyperlink takes "parameters;address"; an empty address ends the link.
func (p *parser) hyperlink(s string) {
	_, p.link, _ = strings.Cut(s, ";")
}

// apply changes the style of c as the SGR sequence with these parameters
// would. Sub parameters (4:3) count as their first number, except in colours.
func (c *Cell) apply(list []uint16) {
	if len(list) == 0 {
		c.FG, c.BG, c.Attr = 0, 0, 0
	}
	for i := 0; i < len(list); i++ {
		switch n := list[i]; {
		case n == 0:
			c.FG, c.BG, c.Attr = 0, 0, 0
		case n == 38 || n == 48:
			color, used := extended(list[i+1:])
			i += used
			if n == 38 {
				c.FG = color
			} else {
				c.BG = color
			}
		case n == 39:
			c.FG = 0
		case n == 49:
			c.BG = 0
		case n >= 30 && n <= 37:
			c.FG = FromIndex(uint8(n - 30))
		case n >= 40 && n <= 47:
			c.BG = FromIndex(uint8(n - 40))
		case n >= 90 && n <= 97:
			c.FG = FromIndex(uint8(n - 90 + 8))
		case n >= 100 && n <= 107:
			c.BG = FromIndex(uint8(n - 100 + 8))
		default:
			c.attribute(n)
		}
	}
}

func (c *Cell) attribute(n uint16) {
	for bit := range onCode {
		switch n {
		case uint16(onCode[bit]):
			c.Attr |= 1 << bit
		case uint16(offCode[bit]):
			c.Attr &^= 1 << bit
		}
	}
}

// extended reads what follows 38 or 48 and returns how many numbers it used.
func extended(list []uint16) (c Color, used int) {
	switch {
	case len(list) >= 4 && list[0] == 2:
		return FromRGB(RGB{uint8(list[1]), uint8(list[2]), uint8(list[3])}), 4
	case len(list) >= 2 && list[0] == 5:
		return FromIndex(uint8(list[1])), 2
	}
	return 0, len(list)
}
