// Package bars draws the first and the last line of the window, and the
// notices above the last. A bar is built from values into a [Bar], which can
// be drawn into a grid and asked what a click means, an [Intent].
package bars

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Intent is what a click on a bar asks for; the zero one is nothing.
type Intent struct {
	Tab   int    // the tab to show, from 1
	Key   string // the key that the click means, as Bubble Tea names it
	Clear bool   // the notice goes
}

// piece is a run of words in a bar.
type piece struct {
	text   string
	fg, bg theme.RGB
	attr   cell.Attr
	intent Intent
}

func length(pieces []piece) (n int) {
	for _, p := range pieces {
		n += cell.Width(p.text)
	}
	return n
}

// Bar is one line of words, laid out.
type Bar struct {
	ground theme.RGB
	pieces []piece
	starts []int // the column of each piece
}

// add puts pieces behind each other from column x.
func (b *Bar) add(x int, pieces []piece) {
	for _, p := range pieces {
		b.pieces, b.starts = append(b.pieces, p), append(b.starts, x)
		x += cell.Width(p.text)
	}
}

// Draw draws the bar into g, which has one row.
func (b *Bar) Draw(g *cell.Grid) {
	g.Fill(b.ground)
	for i, p := range b.pieces {
		g.Rect(b.starts[i], 0, cell.Width(p.text), 1, p.bg)
		g.Text(b.starts[i], 0, p.text, p.fg, p.attr)
	}
}

// Hit returns what a click in column x asks for.
func (b *Bar) Hit(x int) Intent {
	for i, p := range b.pieces {
		if x >= b.starts[i] && x < b.starts[i]+cell.Width(p.text) && p.intent != (Intent{}) {
			return p.intent
		}
	}
	return Intent{}
}
