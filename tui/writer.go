package tui

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// span is words of one look.
type span struct {
	text  string
	color theme.RGB
	attr  cell.Attr
}

// written is one line of spans. Mark stands two cells to its left; act makes
// the line a button; link makes it lead to an address. A line of buttons has
// an action for every two spans: a key and its words.
type written struct {
	spans   []span
	mark    span
	act     action
	link    string
	buttons []action
	chip    theme.RGB // background of the buttons
}

// writer gathers lines, top to bottom, before it is known how many will fit.
type writer struct{ lines []written }

func (w *writer) line(spans ...span) *written {
	w.lines = append(w.lines, written{spans: spans})
	return &w.lines[len(w.lines)-1]
}

func (w *writer) gap() { w.line() }

func (w *writer) mark(text string, color theme.RGB) {
	w.lines[len(w.lines)-1].mark = span{text, color, cell.Bold}
}

// draw puts the lines on g from x, y, with a column free at the right, and
// returns where the buttons are.
func (w *writer) draw(g *cell.Grid, x, y int) (hits []hit) {
	for i, l := range w.lines {
		row := y + i
		if row >= g.H-1 {
			break
		}
		g.Text(x-2, row, l.mark.text, l.mark.color, l.mark.attr)
		at := x
		for j, s := range l.spans {
			from := at
			text := cell.Cut(s.text, g.W-2-at)
			if b := j / 2; b < len(l.buttons) {
				hits = append(hits, hit{x: from, y: row, w: cell.Width(text), h: 1, act: l.buttons[b]})
				g.Rect(from, row, cell.Width(text), 1, l.chip)
				at += j % 2 // A gap after each button.
			}
			at += g.Text(from, row, text, s.color, s.attr)
		}
		if l.act != nil {
			hits = append(hits, hit{x: x, y: row, w: at - x, h: 1, act: l.act})
		}
		if l.link != "" {
			g.Link(x, row, at-x, l.link)
		}
	}
	return hits
}
