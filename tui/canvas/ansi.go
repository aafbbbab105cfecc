package canvas

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Plain gives the text of a frame without escape sequences and without spaces
// at the ends of lines.
func Plain(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \r")
	}
	return strings.Join(lines, "\n")
}

// Parse reads a frame of lines with SGR sequences back into a grid as wide as
// its longest line. Other escape sequences are passed over.
func Parse(frame string) *Grid {
	lines := strings.Split(strings.TrimSuffix(frame, "\n"), "\n")
	w := 0
	for _, line := range lines {
		w = max(w, Width(ansi.Strip(line)))
	}
	g := NewGrid(w, len(lines))
	for i := range g.Cells {
		g.Cells[i] = Cell{Rune: ' ', NoFG: true, NoBG: true}
	}
	pen := Cell{NoFG: true, NoBG: true}
	for y, line := range lines {
		g.parseLine(y, line, &pen)
	}
	return g
}

func (g *Grid) parseLine(y int, line string, pen *Cell) {
	x := 0
	for len(line) > 0 {
		if n, sgr := escape(line); n > 0 {
			if sgr != nil {
				pen.apply(sgr)
			}
			line = line[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(line)
		line = line[size:]
		if r == '\r' {
			continue
		}
		r, w := shape(r)
		for i := range w {
			if c := g.At(x+i, y); c != nil {
				*c = *pen
				c.Rune = r
				if i > 0 {
					c.Rune = Tail
				}
			}
		}
		x += w
	}
}

// escape gives the length of the escape sequence that s starts with, 0 for
// none, and the parameters of an SGR sequence.
func escape(s string) (n int, sgr []int) {
	if s[0] != 0x1b {
		return 0, nil
	}
	if len(s) == 1 {
		return 1, nil
	}
	switch s[1] {
	case '[':
		for n = 2; n < len(s); n++ {
			if s[n] >= 0x40 && s[n] <= 0x7e {
				if s[n] == 'm' {
					sgr = parameters(s[2:n])
				}
				return n + 1, sgr
			}
		}
		return len(s), nil
	case ']', 'P', '_', '^', 'X':
		for n = 2; n < len(s); n++ {
			if s[n] == 0x07 {
				return n + 1, nil
			}
			if s[n] == 0x1b && n+1 < len(s) && s[n+1] == '\\' {
				return n + 2, nil
			}
		}
		return len(s), nil
	}
	for n = 1; n < len(s) && s[n] >= 0x20 && s[n] < 0x30; n++ {
	}
	return min(n+1, len(s)), nil
}

// parameters splits "38;2;1;2;3". Numbers too large to mean anything are 0.
func parameters(s string) []int {
	out := []int{0}
	for i := 0; i < len(s); i++ {
		last := &out[len(out)-1]
		switch {
		case s[i] == ';' || s[i] == ':':
			out = append(out, 0)
		case s[i] >= '0' && s[i] <= '9' && *last < 1000:
			*last = *last*10 + int(s[i]-'0')
		}
	}
	return out
}

// apply changes the pen as a terminal would.
func (c *Cell) apply(sgr []int) {
	for i := 0; i < len(sgr); i++ {
		switch p := sgr[i]; {
		case p == 0:
			*c = Cell{NoFG: true, NoBG: true}
		case p == 1:
			c.Attr |= Bold
		case p == 2:
			c.Attr |= Faint
		case p == 3:
			c.Attr |= Italic
		case p == 4:
			c.Attr |= Underline
		case p == 7:
			c.Attr |= Reverse
		case p == 22:
			c.Attr &^= Bold | Faint
		case p == 23:
			c.Attr &^= Italic
		case p == 24:
			c.Attr &^= Underline
		case p == 27:
			c.Attr &^= Reverse
		case p == 39:
			c.NoFG = true
		case p == 49:
			c.NoBG = true
		default:
			i += c.color(sgr[i:])
		}
	}
}

// color applies a colour parameter and gives how many more it took.
func (c *Cell) color(sgr []int) (more int) {
	p := sgr[0]
	set := func(rgb RGB) {
		if p >= 40 && p < 50 || p >= 100 {
			c.BG, c.NoBG = rgb, false
		} else {
			c.FG, c.NoFG = rgb, false
		}
	}
	switch {
	case (p == 38 || p == 48) && len(sgr) >= 3 && sgr[1] == 5:
		set(indexed(sgr[2]))
		return 2
	case (p == 38 || p == 48) && len(sgr) >= 5 && sgr[1] == 2:
		set(RGB{uint8(sgr[2]), uint8(sgr[3]), uint8(sgr[4])})
		return 4
	case p >= 30 && p <= 37, p >= 40 && p <= 47:
		set(ansi16[p%10])
	case p >= 90 && p <= 97, p >= 100 && p <= 107:
		set(ansi16[p%10+8])
	}
	return 0
}

// indexed gives the usual colour of a 256-colour index.
func indexed(i int) RGB {
	switch {
	case i < 0 || i > 255:
		return RGB{}
	case i < 16:
		return ansi16[i]
	case i < 232:
		i -= 16
		return RGB{cubeLevels[i/36], cubeLevels[i/6%6], cubeLevels[i%6]}
	}
	v := uint8(8 + 10*(i-232))
	return RGB{v, v, v}
}
