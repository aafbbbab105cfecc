package screen

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/authtabs/tabgate/tui/cell"
)

// A diff knows what the terminal shows and writes what must change.
type diff struct {
	next  cell.Grid // what is to be shown
	shown cell.Grid // what the terminal shows, where that is valid
	epoch uint64    // of next when shown was made like it
	valid bool
	out   []byte
	pen   cell.Pen // the terminal's
	x, y  int      // the terminal's cursor, where it is sure
	sure  bool
	spill int  // columns of the row up to here may have been drawn over
	erase bool // what the terminal erases has the colour of the pen
	caret caret
	// unjoined writes the first of joined emoji alone.
	unjoined bool
}

// resize makes next a grid of blanks of another size. It allocates only to
// grow, so that a window that is dragged leaves no garbage behind.
func (d *diff) resize(w, h int) {
	if w != d.next.W || h != d.next.H || d.epoch == 0 {
		d.next.Resize(w, h)
	}
}

// current reports whether the cells of shown can be compared with those of
// next.
func (d *diff) current() bool { return d.valid && d.epoch == d.next.Epoch() }

// same reports whether the terminal shows next already.
func (d *diff) same() bool {
	if !d.current() || !d.caret.same(&d.next) {
		return false
	}
	for y := range d.next.H {
		if !d.next.EqualRow(&d.shown, y) {
			return false
		}
	}
	return true
}

// frame appends to out what makes the terminal show next, and returns out.
// Nothing is appended for an equal picture. Of the rows that changed only the
// cells that differ are written, in runs of one style.
func (d *diff) frame() []byte {
	begin := len(d.out)
	if !d.current() {
		d.caret = caret{unknown: true}
		d.shown.Like(&d.next)
		d.epoch, d.valid = d.next.Epoch(), false
		d.out = d.pen.Reset(d.out) // the pen and the cursor are anywhere
		d.sure = false
	}
	for y := range d.next.H {
		if d.valid && d.next.EqualRow(&d.shown, y) {
			continue
		}
		d.spill = 0
		old, row := d.shown.Row(y), d.next.Row(y)
		if d.next.Settled(row) && d.next.Settled(old) {
			d.change(old, row, y)
		} else {
			d.rewrite(row, y)
		}
		copy(old, row)
	}
	d.valid = true
	d.place(begin)
	return d.out
}

// change writes the cells of a row that differ from the old ones.
func (d *diff) change(old, row []cell.Cell, y int) {
	for x := 0; x < len(row); x++ {
		if d.equal(old, row, x) {
			continue
		}
		for x > 0 && row[x].Width() == 0 { // never begin with a right half
			x--
		}
		x = d.run(old, row, x, y) - 1
	}
}

func (d *diff) equal(old, row []cell.Cell, x int) bool {
	return d.valid && x >= d.spill && row[x].Same(&old[x])
}

// run writes cells from x on while they differ, bridging gaps that cost less
// to write again than to jump over, and returns the next column.
func (d *diff) run(old, row []cell.Cell, x, y int) int {
	for {
		if n := d.erasable(row, x); n >= longBlank {
			d.move(x, y)
			d.out = d.pen.Append(d.out, &d.next, &row[x])
			d.out = append(strconv.AppendInt(append(d.out, "\x1b["...), int64(n), 10), 'X')
			x += n
		} else {
			x += d.put(row, x, y)
		}
		if x >= len(row) || d.equal(old, row, x) && row[x].Width() > 0 && !d.bridge(old, row, x) {
			return x
		}
	}
}

// longBlank is how many blanks are erased rather than written. Erasing leaves the
// cursor where it was.
const longBlank = 12

// erasable returns for how many cells from x on nothing is seen but one
// background, 0 where they are few or the terminal does not erase in
// colour.
func (d *diff) erasable(row []cell.Cell, x int) (n int) {
	far := x + longBlank - 1
	if !d.erase || far >= len(row) || !row[x].Blank() || !row[far].Blank() {
		return 0
	}
	for blank := (cell.Cell{BG: row[x].BG}); x+n < len(row) && row[x+n].Same(&blank); {
		n++
	}
	return n
}

// bridge reports whether the equal cells from x on are few, and wear the pen.
func (d *diff) bridge(old, row []cell.Cell, x int) bool {
	bytes := 0
	for ; d.sure && x < len(row) && bytes <= 4; x++ {
		c := &row[x]
		if !d.equal(old, row, x) {
			return true
		}
		if c.Rune() == 0 || !d.pen.Wears(c) {
			return false
		}
		bytes += utf8.RuneLen(c.Rune())
	}
	return false
}

// put writes the cell at x, y and returns its width. Signs that a terminal may
// draw wider are written in one go; then the cursor is anywhere, and so are
// the cells that they may have covered.
func (d *diff) put(row []cell.Cell, x, y int) int {
	c, width := d.next.Shown(row, x)
	agreed := d.next.Agreement(c)
	if agreed == cell.Agreed || x != d.x || y != d.y {
		d.move(x, y)
	}
	d.out = d.pen.Append(d.out, &d.next, c)
	d.text(c)
	d.x, d.sure = x+width, agreed == cell.Agreed
	if !d.sure {
		d.spill = max(d.spill, x) + 2*width
	}
	return width
}

// joiner joins emoji to one.
const joiner = "\u200d"

// text writes the text of a cell: of joined emoji only the first where the
// terminal moves all that comes after them, even what is placed by itself.
func (d *diff) text(c *cell.Cell) {
	start := len(d.out)
	d.out = d.next.AppendText(d.out, c)
	if !d.unjoined || d.next.Agreement(c) != cell.Emoji {
		return
	}
	if i := bytes.Index(d.out[start:], []byte(joiner)); i > 0 {
		d.out = d.out[:start+i]
	}
}

// blanks is the room of the longest word that is written in one go.
const blanks = "                                                                "

// rewrite writes a whole row of which terminals draw some characters wider or
// narrower than they have room. Such a word or emoji gets its room blank
// first, where a narrow one would leave what was there before, and is followed
// by a move to where the next character belongs.
func (d *diff) rewrite(row []cell.Cell, y int) {
	for x := 0; x < len(row); {
		end := d.word(row, x)
		if end == x {
			x += d.put(row, x, y)
			continue
		}
		d.move(x, y)
		c, _ := d.next.Shown(row, x)
		d.out = d.pen.Append(d.out, &d.next, c)
		d.out = append(d.out, blanks[:end-x]...)
		d.sure = false
		for d.move(x, y); x < end; {
			c, width := d.next.Shown(row, x)
			d.text(c)
			x += width
		}
		d.x, d.sure = -1, false
	}
}

// word returns where the word or the emoji at x ends whose width terminals
// disagree about, x if there is none. A word goes on with all letters of one
// style, so that its letters stay together.
func (d *diff) word(row []cell.Cell, x int) (end int) {
	first, width := d.next.Shown(row, x)
	switch d.next.Agreement(first) {
	case cell.Emoji:
		return x + width
	case cell.Word:
	default:
		return x
	}
	for end = x + width; end < len(row); end += width {
		var c *cell.Cell
		c, width = d.next.Shown(row, end)
		letter := d.next.Agreement(c) == cell.Word || c.Rune() > unicode.MaxLatin1 && unicode.IsLetter(c.Rune())
		if !letter || !c.SameStyle(first) || end+width-x > len(blanks) {
			break
		}
	}
	return end
}

// move brings the cursor to x, y the short way. After the last column the
// cursor may or may not wait at the margin, so from there it is absolute.
func (d *diff) move(x, y int) {
	within := d.sure && d.x < d.next.W && y == d.y
	switch {
	case within && x == d.x:
	case within && x > d.x:
		d.out = append(d.out, "\x1b["...)
		if x-d.x > 1 {
			d.out = strconv.AppendInt(d.out, int64(x-d.x), 10)
		}
		d.out = append(d.out, 'C')
	case d.sure && y == d.y+1 && x == 0:
		d.out = append(d.out, "\r\n"...)
	default:
		d.out = append(d.out, "\x1b["...)
		d.out = strconv.AppendInt(d.out, int64(y+1), 10)
		if x > 0 {
			d.out = append(d.out, ';')
			d.out = strconv.AppendInt(d.out, int64(x+1), 10)
		}
		d.out = append(d.out, 'H')
	}
	d.x, d.y, d.sure = x, y, true
}
