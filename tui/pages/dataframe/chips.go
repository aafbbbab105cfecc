package dataframe

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

const chooseLabel, clearLabel = " c choose ", " x clear "

// drawChips draws the chosen countries with what adds and removes them, and
// gives the row below.
func (f *frame) drawChips() (next int) {
	if f.sheet != nil {
		return f.drawSheetBar()
	}
	t, m := f.env.Theme, f.margin()
	x := m
	if f.width >= marginWidth {
		x += f.canvas.Text(x, 0, "Countries ", t.Muted, 0)
	}
	left, y, lines := x, 0, 1+min(f.height/14, 3)
	tail := len(chooseLabel) // room for the buttons
	if f.width >= marginWidth {
		tail += len(clearLabel) + 1
	}
	for i, name := range f.picks.chosen {
		label := cell.Cut(clean(name), min(30, max(f.width-left-m-4, 1)))
		w := cell.Width(label) + chipEdges
		room := f.width - m
		if y == lines-1 {
			room -= tail
		}
		if x > left && x+w > room {
			if y+1 >= lines || y+1 >= f.height {
				x += f.canvas.Text(x, y, "+"+strconv.Itoa(len(f.picks.chosen)-i)+" ", t.Muted, 0)
				break
			}
			x, y = left, y+1
		}
		f.chip(x, y, w, label, name)
		x += w + 1
	}
	if x+tail > f.width-m && y+1 < min(lines, f.height) && x > left {
		x, y = left, y+1
	}
	f.chipButtons(x, y)
	return y + 1
}

// chipEdges are the columns that a chip takes beside its label: a blank at the
// left, and at the right what takes it away.
const chipEdges = 4

func (f *frame) chip(x, y, w int, label, name string) {
	t := f.env.Theme
	bg := t.Selection
	fg := cell.Readable(t.Text, bg, 4.5)
	f.canvas.Rect(x, y, min(w, f.width-x), 1, bg)
	f.canvas.Text(x+1, y, label, fg, 0)
	f.canvas.Put(x+w-2, y, '×', fg, 0)
	f.hit(x, y, w, 1, func() tea.Cmd {
		f.picks.remove(name)
		f.refill()
		return nil
	})
}

func (f *frame) chipButtons(x, y int) {
	x += f.button(x, y, chooseLabel, func() tea.Cmd {
		if f.mode == choosing {
			f.mode = browsing
		} else {
			f.openPicks()
		}
		return nil
	}) + 1
	if len(f.picks.chosen) > 0 && f.width-x >= len(clearLabel) {
		f.button(x, y, clearLabel, func() tea.Cmd { f.clearPicks(); return nil })
	}
}

// Sizes of the dropdown.
const (
	menuWidth   = 44
	menuOptions = 12
)

// drawMenu draws the dropdown above what lies below the chips: a query, and
// the options that fit it.
func (f *frame) drawMenu() {
	t, g, p := f.env.Theme, f.canvas, &f.picks
	y := min(f.seen.below, max(f.height-4, 0))
	if len(p.chosen) == 0 && f.height-y > 4 {
		y += 1 + f.gap() // Below the sentence that asks for a country.
	}
	x := f.margin()
	w := min(menuWidth, f.width-x)
	rows := min(menuOptions, max(len(p.found), 1), f.height-y-3)
	if rows < 1 {
		y = 0
		rows = max(min(menuOptions, max(len(p.found), 1), f.height-3), 0)
	}
	h := min(rows+3, f.height-y)
	f.seen.menu = chart.Rect{X: x, Y: y, W: w, H: h}
	g.Rect(x, y, w, h, t.Overlay)
	g.Box(x, y, w, h, t.Accent)
	before, after := p.field.Around(w - 7)
	at := x + 2 + g.Text(x+2, y+1, "▸ ", t.Text, 0)
	at += g.Text(at, y+1, before, t.Text, 0)
	at += g.Text(at, y+1, "│", t.Text, 0)
	g.Text(at, y+1, after, t.Text, 0)
	if p.field.Empty() {
		g.Text(x+5, y+1, cell.Cut("type to find a country", w-7), t.Muted, 0)
	}
	f.menuTitle(x, y, w)
	if len(p.found) == 0 {
		g.Text(x+2, y+2, cell.Cut("No results", w-4), t.Muted, 0)
		return
	}
	p.top = max(min(p.top, p.at), p.at-rows+1, 0)
	for i := range min(rows, len(p.found)-p.top) {
		f.drawOption(x+1, y+2+i, w-2, p.top+i)
	}
}

func (f *frame) menuTitle(x, y, w int) {
	t := f.env.Theme
	title := " " + strconv.Itoa(len(f.picks.found)) + " of " + strconv.Itoa(len(f.picks.options)) + " "
	if cell.Width(title)+4 < w {
		f.canvas.Text(x+2, y, title, t.Muted, 0)
	}
	const clear, done = " clear all ", " done "
	if w < 36 {
		return
	}
	at := x + w - 2 - len(done)
	f.canvas.Text(at, y, done, t.Accent, 0)
	f.hit(at, y, len(done), 1, func() tea.Cmd { f.mode = browsing; return nil })
	at -= len(clear)
	f.canvas.Text(at, y, clear, t.Accent, 0)
	f.hit(at, y, len(clear), 1, func() tea.Cmd { f.clearPicks(); return nil })
}

func (f *frame) drawOption(x, y, w, i int) {
	t, g, c := f.env.Theme, f.canvas, f.picks.found[i]
	bg, lead := t.Overlay, "  "
	if i == f.picks.at {
		bg, lead = t.Selection, "▸ "
		g.Rect(x, y, w, 1, bg)
	}
	g.Text(x+1, y, lead, t.Accent, cell.Bold)
	at := x + 3
	hits := c.runs // bytes of the name that fit the query
	for name, from := c.name, 0; name != ""; {
		text, width := cell.First(name)
		fg, attr := cell.Readable(t.Text, bg, 4.5), cell.Attr(0)
		for len(hits) > 0 && hits[0] < from+len(text) {
			hits = hits[1:]
			fg, attr = cell.Readable(t.Accent, bg, 4.5), cell.Bold|cell.Underline
		}
		if at+max(width, 2) > x+w {
			break
		}
		at += g.Text(at, y, text, fg, attr)
		name, from = name[len(text):], from+len(text)
	}
	f.hit(x, y, w, 1, func() tea.Cmd {
		f.picks.at = i
		if f.picks.take(i) {
			f.refill()
		}
		return nil
	})
}
