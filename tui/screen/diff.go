package screen

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A canvas knows what the terminal shows and writes what must change.
type canvas struct {
	w, h  int
	cells []cell   // what is shown, row by row
	lines []string // the text that each row was read from
	pens  []style  // the pen before each row, and after the last
	row   []cell   // the row being read
	read  *reader
	out   []byte
	pen   style // the terminal's pen
	x, y  int   // the terminal's cursor; x < 0 when not known
	valid bool  // the terminal shows what cells say
}

func newCanvas() *canvas { return &canvas{read: newReader(), x: -1} }

// resize forgets what is shown when the size changed. It allocates only to
// grow, so that a window that is dragged leaves no garbage behind.
func (c *canvas) resize(w, h int) {
	if w == c.w && h == c.h {
		return
	}
	c.w, c.h, c.valid = w, h, false
	clear(c.lines) // rows that are no longer shown would keep whole frames
	c.cells, c.row = room(c.cells, w*h), room(c.row, w)
	c.lines, c.pens = room(c.lines, h), room(c.pens, h+1)
}

// room gives s with n elements of any value.
func room[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// frame appends to out what turns the terminal's picture into frame, and
// gives out. Nothing is appended for an equal picture. Rows that did not
// change are not read again; of the others only the cells that differ are
// written, in runs of one style.
func (c *canvas) frame(frame string) []byte {
	if c.read.full() {
		c.read, c.valid = newReader(), false
	}
	if !c.valid { // the pen and the cursor are anywhere
		c.out = append(c.out, "\x1b[m\x1b]8;;\x1b\\"...)
		c.pen, c.x = style{}, -1
	}
	pen, rest, more := style{}, frame, frame != ""
	for y := range c.h {
		line := ""
		if more {
			line, rest, more = strings.Cut(rest, "\n")
		}
		if c.valid && line == c.lines[y] && pen == c.pens[y] {
			c.lines[y] = line // a part of the old frame would keep all of it
			pen = c.pens[y+1]
			continue
		}
		c.pens[y], c.lines[y] = pen, line
		c.read.line(line, &pen, c.row)
		c.pens[y+1] = pen
		c.paint(y)
	}
	c.valid = true
	return c.out
}

// paint writes the cells of c.row that differ from row y.
func (c *canvas) paint(y int) {
	old, row := c.cells[y*c.w:(y+1)*c.w], c.row
	for x := 0; x < c.w; x++ {
		if c.valid && old[x] == row[x] {
			continue
		}
		for x > 0 && row[x].width == 0 { // never begin with a right half
			x--
		}
		c.move(x, y)
		x = c.run(old, row, x) - 1
	}
	copy(old, row)
	// The rest of a short row is blank by reading; nothing is left to erase.
}

// run writes cells from x on while they differ, bridging gaps that cost
// less to write again than to jump over, and gives the next column.
func (c *canvas) run(old, row []cell, x int) int {
	for {
		x += c.put(&row[x])
		if c.x < 0 || x >= c.w { // after a cluster only the terminal knows
			return x
		}
		if c.valid && old[x] == row[x] && row[x].width > 0 && !c.bridge(old, row, x) {
			return x
		}
	}
}

// bridge says that the equal cells from x on are few, and wear the pen.
func (c *canvas) bridge(old, row []cell, x int) bool {
	bytes := 0
	for ; x < c.w && bytes <= 4; x++ {
		if old[x] != row[x] {
			return true
		}
		if row[x].style != c.pen || row[x].r < 0 {
			return false
		}
		bytes += utf8.RuneLen(max(row[x].r, 0))
	}
	return false
}

// put writes one cell and gives its width.
func (c *canvas) put(cl *cell) int {
	if cl.style != c.pen {
		c.wear(cl.style)
	}
	width := max(1, int(cl.width))
	switch {
	case cl.r < 0:
		c.out = append(c.out, c.read.clusters[-cl.r]...)
		c.x = -1
		return width
	case cl.r < utf8.RuneSelf:
		c.out = append(c.out, byte(max(cl.r, ' ')))
	default:
		c.out = utf8.AppendRune(c.out, cl.r)
	}
	c.x += width
	return width
}

func (c *canvas) wear(s style) {
	if s.link != c.pen.link {
		c.out = append(c.out, "\x1b]8;"...)
		if s.link == 0 {
			c.out = append(c.out, ';')
		} else {
			c.out = append(c.out, c.read.links[s.link][1:]...)
		}
		c.out = append(c.out, "\x1b\\"...)
	}
	c.out = appendSGR(c.out, c.pen, s)
	c.pen = s
}

// move brings the cursor to x, y the short way. After the last column the
// cursor may or may not wait at the margin, so from there it is absolute.
func (c *canvas) move(x, y int) {
	known := c.x >= 0 && c.x < c.w
	switch {
	case known && y == c.y && x == c.x:
	case known && y == c.y && x > c.x:
		c.out = append(c.out, "\x1b["...)
		if x-c.x > 1 {
			c.out = strconv.AppendInt(c.out, int64(x-c.x), 10)
		}
		c.out = append(c.out, 'C')
	case c.x >= 0 && y == c.y+1 && x == 0:
		c.out = append(c.out, "\r\n"...)
	default:
		c.out = append(c.out, "\x1b["...)
		c.out = strconv.AppendInt(c.out, int64(y+1), 10)
		if x > 0 {
			c.out = append(c.out, ';')
			c.out = strconv.AppendInt(c.out, int64(x+1), 10)
		}
		c.out = append(c.out, 'H')
	}
	c.x, c.y = x, y
}
