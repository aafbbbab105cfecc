package home

import (
	"strconv"

	"github.com/authtabs/tabgate/tui/cell"
)

const (
	widest     = 196 // wider pictures say no more
	lineWidth  = 120 // wider lines are hard to read
	leftColumn = 42
	tallest    = 24 // rows of a card
	textColumn = 25 // least width of a card's words
)

// wide puts who you are and the links at the left, a card for each tab at the
// right.
func (h *home) wide() {
	t := h.env.Theme
	w := min(h.width-4, widest)
	x, y := (h.width-w)/2, 1
	h.grid.Text(x, y, title, t.Accent, cell.Bold)
	y += 2 + h.paragraph(x, y+1, min(w, lineWidth), 3, intro, t.Text)
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

// wideCard has the sketch at the left and words at the right: what the page
// is, what the sketch shows, and what the gate says.
func (h *home) wideCard(x, y, w, ht, i int, it item) {
	t := h.env.Theme
	h.card(x, y, w, ht, i, it)
	tab := h.tabs[it.tab]
	shown, _ := h.pages.Find(tab.ID)
	tx, tw, rows := x+2, w-4, ht-2
	if shown.Sketch != "" {
		tw = max(textColumn, min(w*45/100, 40))
		h.sketches.draw(h, shown.Sketch, tx, y+1, w-tw-6, rows)
		tx = x + w - tw - 2
	}
	n := h.paragraph(tx, y+1, tw, rows-2, shown.About, t.Text)
	if room := rows - n - 3; room > 0 {
		if used := h.entries(tx, y+n+2, tw, room, h.legend(shown.Sketch)); used > 0 {
			n += 1 + used
		}
	}
	_, color := h.verdict(tab)
	at := min(n+1, rows-1)
	h.paragraph(tx, y+1+at, tw, rows-at, why(tab), color)
}

func (h *home) leftSide(x, y int, items []item) {
	t := h.env.Theme
	at := 0
	if items[0].tab < 0 && !h.o.Setup {
		at = 1
	}
	y += h.youPanel(x, y, items) + 1
	h.grid.Text(x, y, "Read more", t.Muted, cell.Bold)
	y++
	for i, it := range items[at:] {
		if it.tab < 0 && y < h.height {
			h.row(x, y, leftColumn, at+i, it.text, "", t.Muted)
			y++
		}
	}
	if !h.env.Bare {
		y = h.listing(x, y+1, "Getting around", append([]line{{"1 to " + strconv.Itoa(min(len(h.tabs), 9)), "go to a tab, or click it"}}, around...))
	}
	h.listing(x, y+1, "From a shell", commands)
}

// listing writes a heading and lines of two columns where all of them have
// room, and gives the row below.
func (h *home) listing(x, y int, heading string, lines []line) int {
	t := h.env.Theme
	if y+len(lines) >= h.height {
		return y
	}
	h.grid.Text(x, y, heading, t.Muted, cell.Bold)
	second := 0
	for _, l := range lines {
		second = max(second, 2+cell.Width(l.key)+3)
	}
	for _, l := range lines {
		y++
		h.grid.Text(x+2, y, l.key, t.Accent, cell.Bold)
		h.grid.Text(x+second, y, l.does, t.Text, 0)
	}
	return y + 1
}

type line struct{ key, does string }

var around = []line{
	{"l", "log in or out"},
	{"ctrl+r", "look for new groups"},
	{"?", "every key that acts now"},
	{"q", "quit"},
}

var commands = []line{
	{"tabgate whoami", "who is signed in"},
	{"tabgate show PAGE", "a page or its data"},
	{"tabgate token", "a token for scripts"},
	{"tabgate doctor", "what is wrong"},
}
