package dataframe

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// Sizes of the dropdown.
const (
	menuWidth   = 44
	menuOptions = 12
)

// drawMenu draws the dropdown above what lies below the row y: a query, and
// the options that fit it. It returns where it is.
func drawMenu(p *pen, from *picks, y int) chart.Rect {
	t := p.t
	if y = min(y, max(p.H-4, 0)); len(from.picked) == 0 && p.H-y > 4 {
		y += 1 + gap(p.W, p.H) // Below the sentence that asks for a country.
	}
	x := p.margin()
	w := min(menuWidth, p.W-x)
	rows := min(menuOptions, max(len(from.found), 1), p.H-y-3)
	if rows < 1 {
		y = 0
		rows = max(min(menuOptions, max(len(from.found), 1), p.H-3), 0)
	}
	h := min(rows+3, p.H-y)
	p.Rect(x, y, w, h, t.Overlay)
	p.Box(x, y, w, h, t.Accent)
	at := x + 2 + p.Text(x+2, y+1, "▸ ", t.Text, 0)
	from.field.Draw(p.Grid, at, y+1, w-5, t.Text, 0)
	if from.field.Empty() {
		p.Text(x+5, y+1, cell.Cut("type to find a country", w-7), t.Muted, 0)
	}
	p.menuTitle(from, x, y, w)
	if len(from.found) == 0 {
		p.Text(x+2, y+2, cell.Cut("No results", w-4), t.Muted, 0)
	}
	from.top = max(min(from.top, from.at), from.at-rows+1, 0)
	for i := range min(rows, len(from.found)-from.top) {
		p.option(from, x+1, y+2+i, w-2, from.top+i)
	}
	return chart.Rect{X: x, Y: y, W: w, H: h}
}

func (p *pen) menuTitle(from *picks, x, y, w int) {
	title := " " + strconv.Itoa(len(from.found)) + " of " + strconv.Itoa(len(from.options)) + " "
	if cell.Width(title)+4 < w {
		p.Text(x+2, y, title, p.t.Muted, 0)
	}
	const clear, done = " clear all ", " done "
	if w < 36 {
		return
	}
	at := x + w - 2 - len(done)
	p.Text(at, y, done, p.t.Accent, 0)
	p.hit(at, y, len(done), action{key: "esc"})
	at -= len(clear)
	p.Text(at, y, clear, p.t.Accent, 0)
	p.hit(at, y, len(clear), action{key: "ctrl+x"})
}

func (p *pen) option(from *picks, x, y, w, i int) {
	t, c := p.t, from.found[i]
	bg, lead := t.Overlay, "  "
	if i == from.at {
		bg, lead = t.Selection, "▸ "
		p.Rect(x, y, w, 1, bg)
	}
	p.Text(x+1, y, lead, t.Accent, cell.Bold)
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
		at += p.Text(at, y, text, fg, attr)
		name, from = name[len(text):], from+len(text)
	}
	p.hit(x, y, w, action{change: func() { from.at = i; from.take(i) }})
}

// key does what a key does in the open dropdown, and reports whether what is
// chosen changed.
func (p *picks) key(k keyMap, msg tea.KeyMsg) (changed bool) {
	switch {
	case key.Matches(msg, k.pick):
		return p.take(p.at)
	case key.Matches(msg, k.pop) && p.field.Empty():
		return p.pop()
	case key.Matches(msg, k.pickClear):
		p.clear()
		return true
	case key.Matches(msg, k.optionUp):
		p.move(-1)
	case key.Matches(msg, k.optionDown):
		p.move(1)
	case key.Matches(msg, k.optionPgUp):
		p.move(-8)
	case key.Matches(msg, k.optionPgDown):
		p.move(8)
	default:
		p.typed(msg)
	}
	return false
}

// pointed moves the cursor to the option under the pointer, and reports
// whether it was on another.
func (p *picks) pointed(menu chart.Rect, x, y int) bool {
	at := p.top + y - menu.Y - 2
	if !(chart.Rect{X: menu.X + 1, Y: menu.Y + 2, W: menu.W - 2, H: menu.H - 3}).Has(x, y) ||
		at >= len(p.found) || at == p.at {
		return false
	}
	p.at = at
	return true
}
