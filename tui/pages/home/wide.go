package home

import (
	"github.com/authtabs/tabgate/tui/canvas"
)

const (
	widest     = 150 // wider lines are hard to read
	leftColumn = 42
	tallest    = 17 // rows of a card
)

// wide puts who you are and the links at the left, a card for each tab at the
// right.
func (h *home) wide() {
	t := h.env.Theme
	w := min(h.width-4, widest)
	x, y := (h.width-w)/2, 1
	h.grid.Text(x, y, title, t.Accent, canvas.Bold)
	y += 2 + h.paragraph(x, y+1, w, 3, intro, t.Text)
	items := h.items()
	h.leftSide(x, y, items)
	cards := 0
	for _, it := range items {
		if it.tab >= 0 {
			cards++
		}
	}
	ht := min((h.height-y)/max(cards, 1), tallest)
	at := y
	for i, it := range items {
		if it.tab >= 0 && ht >= 4 {
			h.wideCard(x+leftColumn+3, at, w-leftColumn-3, ht, i, it)
			at += ht
		}
	}
}

// wideCard has the sketch at the left and words at the right.
func (h *home) wideCard(x, y, w, ht, i int, it item) {
	t := h.env.Theme
	h.card(x, y, w, ht, i, it)
	tab := h.tabs[it.tab]
	sw := min(w*2/5, 48)
	h.sketches.draw(h, tab.ID, x+2, y+1, sw, ht-2)
	tx, tw := x+sw+4, w-sw-6
	n := h.paragraph(tx, y+1, tw, ht-4, about[tab.ID], t.Text)
	if note := h.figures.of(tab.ID); n+4 < ht-1 && note != "" {
		n += 1 + h.paragraph(tx, y+n+2, tw, 1, note, t.Muted)
	}
	_, color := h.verdict(tab)
	h.paragraph(tx, y+1+min(n+1, ht-3), tw, 1, why(tab), color)
}

func (h *home) leftSide(x, y int, items []item) {
	t := h.env.Theme
	at := 0
	if items[0].tab < 0 && !h.o.Setup {
		at = 1
	}
	y += h.youPanel(x, y, items) + 1
	h.grid.Text(x, y, "Read more", t.Muted, canvas.Bold)
	y++
	for i, it := range items[at:] {
		if it.tab < 0 && y < h.height {
			h.row(x, y, leftColumn, at+i, it.text, "", t.Muted)
			y++
		}
	}
	y++
	if y+len(around) < h.height {
		h.grid.Text(x, y, "Getting around", t.Muted, canvas.Bold)
		for _, a := range around {
			y++
			h.grid.Text(x+2, y, a.key, t.Accent, canvas.Bold)
			h.grid.Text(x+12, y, a.does, t.Text, 0)
		}
	}
}

var around = []struct{ key, does string }{
	{"1 to 4", "go to a tab, or click it"},
	{"l", "log in or out"},
	{"ctrl+r", "look for new groups"},
	{"?", "every key that acts now"},
	{"q", "quit"},
}
