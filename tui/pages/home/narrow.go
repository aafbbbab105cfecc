package home

import (
	"strconv"

	"github.com/authtabs/tabgate/tui/cell"
)

// middle puts the three cards beside each other under who you are.
func (h *home) middle() {
	t := h.env.Theme
	x, w, y := 2, h.width-4, 0
	if h.height >= 22 {
		y++
	}
	h.grid.Text(x, y, title, t.Accent, cell.Bold)
	y++
	y += h.paragraph(x, y, w, 3, intro, t.Text) + 1
	items := h.items()
	y += h.whoLines(x, y, w, items)
	cards, rest := split(items)
	ht := min(max(h.height-y-len(rest)-1, 4), tallest)
	cw := (w - max(len(cards)-1, 0)) / max(len(cards), 1)
	for n, i := range cards {
		h.smallCard(x+n*(cw+1), y, cw, ht, i, items[i])
	}
	y += ht
	if y+len(rest) < h.height {
		y++
	}
	for _, i := range rest {
		if y < h.height {
			h.row(x, y, w, i, items[i].text, "", t.Muted)
			y++
		}
	}
}

// stacked puts the three cards below each other, for a window that is taller
// than wide.
func (h *home) stacked() {
	t := h.env.Theme
	x, w, y := 1, h.width-2, 1
	h.grid.Text(x, y, title, t.Accent, cell.Bold)
	y += 1 + h.paragraph(x, y+1, w, 6, intro, t.Text) + 1
	items := h.items()
	y += h.whoLines(x, y, w, items)
	cards, rest := split(items)
	ht := min((h.height-y-len(rest)-1)/max(len(cards), 1), max(w/3, 8), tallest)
	for _, i := range cards {
		h.smallCard(x, y, w, ht, i, items[i])
		y += ht
	}
	y++
	for _, i := range rest {
		h.row(x, y, w, i, items[i].text, "", t.Muted)
		y++
	}
}

// split gives the indices of the tabs and of the links.
func split(items []item) (tabs, rest []int) {
	for i, it := range items {
		switch {
		case it.tab >= 0:
			tabs = append(tabs, i)
		case len(tabs) > 0:
			rest = append(rest, i)
		}
	}
	return tabs, rest
}

// whoLines writes who is signed in and the button on one line, or the ways on.
func (h *home) whoLines(x, y, w int, items []item) int {
	t := h.env.Theme
	color := t.Text
	if h.o.Setup && !h.live {
		h.grid.Text(x, y, h.oneLine(), t.Warn, cell.Bold)
		return 2 + h.wayLines(x, y+1, w)
	}
	if !h.live {
		color = t.Muted
	}
	h.button(x, y, w, 0, items[0])
	n := cell.Width(items[0].text) + 8
	if h.env.Bare {
		n = 0
	}
	h.grid.Text(x+n, y, cell.Cut(h.oneLine(), w-n), color, 0)
	return 2
}

// smallCard has the sketch, or else what the page is, above one line of words.
func (h *home) smallCard(x, y, w, ht, i int, it item) {
	h.card(x, y, w, ht, i, it)
	tab := h.tabs[it.tab]
	shown, _ := h.pages.Find(tab.ID)
	switch {
	case ht >= 5 && shown.Sketch == "":
		h.paragraph(x+2, y+1, w-4, ht-3, shown.About, h.env.Theme.Text)
	case ht >= 5:
		h.sketches.draw(h, shown.Sketch, x+2, y+1, w-4, ht-3)
	}
	_, color := h.verdict(tab)
	h.paragraph(x+2, y+ht-2, w-4, 1, why(tab), color)
}

// narrow is one column. Where it is too long, it scrolls with the cursor.
func (h *home) narrow() {
	t := h.env.Theme
	x, w, y := 1, min(h.width-2, lineWidth), 0
	h.grid.Text(x, y, title, t.Accent, cell.Bold)
	y++
	items := h.items()
	room := h.height - y - len(items)
	if room >= 6 {
		y += h.paragraph(x, y, w, 4, intro, t.Text) + 1
		room = h.height - y - len(items)
	}
	y += h.paragraph(x, y, w, max(min(room, 2), 1), h.oneLine(), t.Muted)
	if h.o.Setup && !h.live {
		y += h.wayLines(x-1, y, w)
	}
	parted := h.height-y >= len(items)+2 // a blank row before the tabs and the links
	top := max(min(h.at-(h.height-y)+2, len(items)-(h.height-y)), 0)
	for i := top; i < len(items) && y < h.height; i++ {
		it := items[i]
		if parted && i > 0 && (it.tab >= 0) != (items[i-1].tab >= 0) {
			y++
		}
		text, note, color := it.text, "", t.Muted
		if it.tab >= 0 {
			mark, c := h.verdict(h.tabs[it.tab])
			text, note, color = strconv.Itoa(it.tab+1)+" "+it.text, why(h.tabs[it.tab])+" "+mark, c
		}
		h.row(x, y, w, i, text, note, color)
		y++
	}
}
