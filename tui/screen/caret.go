package screen

import (
	"slices"

	"github.com/authtabs/tabgate/tui/cell"
)

const (
	hideCursor = "\x1b[?25l"
	showCursor = "\x1b[?25h"
)

// caret is where the terminal's cursor was put after the last frame.
type caret struct {
	cell.Cursor
	set     bool
	unknown bool // whether the terminal shows it
}

// same reports whether the cursor stands where g has it.
func (c caret) same(g *cell.Grid) bool {
	at, ok := g.Cursor()
	return c == caret{Cursor: at, set: ok}
}

// place puts the terminal's cursor where the frame, which was appended to out
// from begin on, has it. One that is shown is hidden while cells are written,
// as it would be seen to jump about. Nothing is appended where it stands there
// already.
func (d *diff) place(begin int) {
	at, ok := d.next.Cursor()
	was, wrote := d.caret, len(d.out) > begin
	d.caret = caret{Cursor: at, set: ok}
	shown := was.Shown
	if was.unknown || shown && (wrote || !at.Shown) {
		d.out = slices.Insert(d.out, begin, []byte(hideCursor)...)
		shown = false
	}
	if ok && (wrote || was != d.caret) {
		d.move(at.X, at.Y)
	}
	if at.Shown && !shown {
		d.out = append(d.out, showCursor...)
	}
}
