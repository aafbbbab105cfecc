package home

import (
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// paragraph writes at most most lines of w cells and gives how many it wrote.
func (h *home) paragraph(x, y, w, most int, s string, color theme.RGB) int {
	lines := page.Wrap(s, w)
	for i, line := range lines {
		if i == most {
			return most
		}
		if i == most-1 && len(lines) > most {
			line = cell.Cut(strings.TrimRight(line, ".,:; ")+"…", w)
		}
		h.grid.Text(x, y+i, line, color, 0)
	}
	return len(lines)
}

// row writes an item on one line, highlighted when it has the cursor.
func (h *home) row(x, y, w, i int, text, note string, noteColor theme.RGB) {
	t := h.env.Theme
	color := t.Text
	if i == h.at {
		h.grid.Rect(x, y, w, 1, t.Selection)
		h.grid.Text(x, y, h.sign("›", ">"), t.Accent, cell.Bold)
		h.grid.SetCursor(x, y, false)
		color = t.Accent
	}
	used := 2 + h.grid.Text(x+2, y, cell.Cut(text, w-2), color, 0)
	if room := w - used - 2; note != "" && room > 3 {
		note = cell.Cut(note, room)
		h.grid.Text(x+w-cell.Width(note), y, note, noteColor, 0)
	}
	h.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, i)
}

// button draws the item that logs in or out.
func (h *home) button(x, y, w, i int, it item) {
	if h.env.Bare {
		return
	}
	t := h.env.Theme
	text := cell.Cut(" l  "+it.text+" ", w)
	fg, bg := t.Accent, t.Selection
	if i == h.at {
		fg, bg = t.OnAccent, t.Accent
		text = h.sign("›", ">") + text[1:]
		h.grid.SetCursor(x, y, false)
	}
	n := cell.Width(text)
	h.grid.Rect(x, y, n, 1, bg)
	h.grid.Text(x, y, text, fg, 0)
	h.zones.Add(cell.Rect{X: x, Y: y, W: n, H: 1}, i)
}

// card draws the frame of a tab's card: its number and title, and at the
// right what the gate says.
func (h *home) card(x, y, w, ht, i int, it item) {
	t := h.env.Theme
	tab := h.tabs[it.tab]
	border, title := t.Faint, t.Text
	if i == h.at {
		border, title = t.Accent, t.Accent
	}
	h.grid.Box(x, y, w, ht, border)
	mark, color := h.verdict(tab)
	name := " " + strconv.Itoa(it.tab+1) + " " + it.text + " "
	if i == h.at {
		name = h.sign("›", ">") + name[1:]
		h.grid.SetCursor(x+2, y, false)
	}
	name = cell.Cut(name, w-6)
	h.grid.Text(x+2, y, name, title, cell.Bold)
	h.grid.Text(x+w-5, y, " "+mark+" ", color, cell.Bold)
	h.zones.Add(cell.Rect{X: x, Y: y, W: w, H: ht}, i)
}

// verdict gives the mark and the colour of what the gate says of a tab.
func (h *home) verdict(t page.Tab) (mark string, color theme.RGB) {
	if t.Verdict == session.Open {
		return h.sign("✓", "+"), h.env.Theme.Good
	}
	return h.sign("⊘", "x"), h.env.Theme.Warn
}

// sign picks a character, or its stand-in where only ASCII can be shown.
func (h *home) sign(utf, ascii string) string {
	if h.env.Theme.Glyphs == theme.ASCII {
		return ascii
	}
	return utf
}
