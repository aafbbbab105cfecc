package home

import (
	"strconv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// middle puts the three cards beside each other under who you are.
func (s *surface) middle() {
	t := s.theme
	x, w, y := 2, s.grid.W-4, 0
	if s.grid.H >= 22 {
		y++
	}
	s.grid.Text(x, y, title, t.Accent, cell.Bold)
	y++
	y += s.paragraph(x, y, w, 3, intro, t.Text) + 1
	y += s.whoLines(x, y, w)
	cards, rest := split(s.items)
	ht := min(max(s.grid.H-y-len(rest)-1, 4), tallest)
	cw := (w - max(len(cards)-1, 0)) / max(len(cards), 1)
	for n, i := range cards {
		s.smallCard(x+n*(cw+1), y, cw, ht, i, s.items[i])
	}
	y += ht
	if y+len(rest) < s.grid.H {
		y++
	}
	for _, i := range rest {
		if y < s.grid.H {
			s.row(x, y, w, i, s.items[i].text, "", t.Muted)
			y++
		}
	}
}

// stacked puts the three cards below each other, for a window that is taller
// than wide.
func (s *surface) stacked() {
	t := s.theme
	x, w, y := 1, s.grid.W-2, 1
	s.grid.Text(x, y, title, t.Accent, cell.Bold)
	y += 1 + s.paragraph(x, y+1, w, 6, intro, t.Text) + 1
	y += s.whoLines(x, y, w)
	cards, rest := split(s.items)
	ht := min((s.grid.H-y-len(rest)-1)/max(len(cards), 1), max(w/3, 8), tallest)
	for _, i := range cards {
		s.smallCard(x, y, w, ht, i, s.items[i])
		y += ht
	}
	y++
	for _, i := range rest {
		s.row(x, y, w, i, s.items[i].text, "", t.Muted)
		y++
	}
}

// whoLines writes who is signed in and the button on one line, or the ways on.
func (s *surface) whoLines(x, y, w int) int {
	t := s.theme
	color := t.Text
	if s.who.setup && !s.who.live {
		s.grid.Text(x, y, s.who.oneLine(), t.Warn, cell.Bold)
		return 2 + s.wayLines(x, y+1, w)
	}
	if !s.who.live {
		color = t.Muted
	}
	n := s.button(x, y, w)
	if n > 0 {
		n += 3
	}
	s.grid.Text(x+n, y, cell.Cut(s.who.oneLine(), w-n), color, 0)
	return 2
}

// smallCard has the sketch, or else what the page is, above one line of words.
func (s *surface) smallCard(x, y, w, ht, i int, it item) {
	s.card(x, y, w, ht, i, it)
	shown, _ := s.pages.Find(it.tab.ID)
	switch {
	case ht >= 5 && shown.Sketch == "":
		s.paragraph(x+2, y+1, w-4, ht-3, shown.About, s.theme.Text)
	case ht >= 5:
		draw(s.sketches, shown.Sketch, spot{cell.Rect{X: x + 2, Y: y + 1, W: w - 4, H: ht - 3}, s.grid, s.theme})
	}
	_, color := s.verdict(it.tab)
	s.paragraph(x+2, y+ht-2, w-4, 1, why(it.tab, w-4), color)
}

// narrow is one column. Where it is too long, it scrolls with the cursor.
func (s *surface) narrow() {
	t := s.theme
	x, w, y := 1, min(s.grid.W-2, lineWidth), 0
	s.grid.Text(x, y, title, t.Accent, cell.Bold)
	y++
	room := s.grid.H - y - len(s.items)
	if room >= 6 {
		y += s.paragraph(x, y, w, 4, intro, t.Text) + 1
		room = s.grid.H - y - len(s.items)
	}
	y += s.paragraph(x, y, w, max(min(room, 2), 1), s.who.oneLine(), t.Muted)
	if s.who.setup && !s.who.live {
		y += s.wayLines(x-1, y, w)
	}
	parted := s.grid.H-y >= len(s.items)+2 // a blank row before the tabs and the links
	top := max(min(s.at-(s.grid.H-y)+2, len(s.items)-(s.grid.H-y)), 0)
	for i := top; i < len(s.items) && y < s.grid.H; i++ {
		it := s.items[i]
		if parted && i > 0 && (it.tab != nil) != (s.items[i-1].tab != nil) {
			y++
		}
		text, note, color := it.text, "", t.Muted
		if it.tab != nil {
			mark, c := s.verdict(it.tab)
			text, note, color = strconv.Itoa(it.number)+" "+it.text, why(it.tab, w-cell.Width(it.text)-8)+" "+mark, c
		}
		s.row(x, y, w, i, text, note, color)
		y++
	}
}

// wayLines draws the three ways, one line each, and gives how many it drew.
func (s *surface) wayLines(x, y, w int) int {
	t := s.theme
	for i, way := range ways {
		n := s.grid.Text(x+2, y+i, way.with, t.Accent, cell.Bold)
		if words := page.Wrap(way.does, w-n-6); len(words) == 1 {
			s.grid.Text(x+max(n+6, 30), y+i, cell.Cut(words[0], w-max(n+6, 30)), t.Muted, 0)
		}
	}
	return len(ways)
}
