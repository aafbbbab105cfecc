package home

import (
	"github.com/authtabs/tabgate/auth/session"
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
func (s *surface) wide() {
	t := s.theme
	w := min(s.grid.W-4, widest)
	x, y := (s.grid.W-w)/2, 1
	s.grid.Text(x, y, title, t.Accent, cell.Bold)
	y += 2 + s.paragraph(x, y+1, min(w, lineWidth), 3, intro, t.Text)
	s.leftSide(x, y)
	cards, _ := split(s.items)
	ht := min((s.grid.H-y)/max(len(cards), 1), tallest)
	for n, i := range cards {
		if ht >= 4 {
			s.wideCard(x+leftColumn+3, y+n*ht, w-leftColumn-3, ht, i, s.items[i])
		}
	}
}

// wideCard has the sketch at the left and words at the right: what the page
// is, what the sketch shows, and what the gate says.
func (s *surface) wideCard(x, y, w, ht, i int, it item) {
	t := s.theme
	s.card(x, y, w, ht, i, it)
	shown, _ := s.pages.Find(it.tab.ID)
	tx, tw, rows := x+2, w-4, ht-2
	if shown.Sketch != "" {
		tw = max(textColumn, min(w*45/100, 40))
		draw(s.sketches, shown.Sketch, spot{cell.Rect{X: tx, Y: y + 1, W: w - tw - 6, H: rows}, s.grid, t})
		tx = x + w - tw - 2
	}
	n := s.paragraph(tx, y+1, tw, rows-2, shown.About, t.Text)
	if room := rows - n - 3; room > 0 {
		if used := s.entries(tx, y+n+2, tw, room, legend(s.sketches, shown.Sketch, t)); used > 0 {
			n += 1 + used
		}
	}
	_, color := s.verdict(it.tab)
	at := min(n+1, rows-1)
	s.paragraph(tx, y+1+at, tw, rows-at, why(it.tab, tw*(rows-at)), color)
}

func (s *surface) leftSide(x, y int) {
	t := s.theme
	y += s.youPanel(x, y) + 1
	s.grid.Text(x, y, "Read more", t.Muted, cell.Bold)
	y++
	_, links := split(s.items)
	for _, i := range links {
		if y < s.grid.H {
			s.row(x, y, leftColumn, i, s.items[i].text, "", t.Muted)
			y++
		}
	}
	if y+1+len(commands) >= s.grid.H {
		return
	}
	s.grid.Text(x, y+1, "From a shell", t.Muted, cell.Bold)
	for i, c := range commands {
		s.grid.Text(x+2, y+2+i, c.words, t.Accent, cell.Bold)
		s.grid.Text(x+22, y+2+i, c.does, t.Text, 0)
	}
}

var commands = []struct{ words, does string }{
	{"tabgate whoami", "who is signed in"},
	{"tabgate show PAGE", "a page or its data"},
	{"tabgate token", "a token for scripts"},
	{"tabgate doctor", "what is wrong"},
}

// youPanel draws who is signed in, with the button, in a box; its height.
func (s *surface) youPanel(x, y int) int {
	t := s.theme
	w := leftColumn
	switch {
	case s.who.setup && !s.who.live:
		s.grid.Box(x, y, w, 11, t.Warn)
		s.grid.Text(x+2, y, " No user pool yet: three choices ", t.Warn, cell.Bold)
		for i, way := range ways {
			s.grid.Text(x+2, y+2+i*3, way.does, t.Text, 0)
			s.grid.Text(x+4, y+3+i*3, way.with, t.Accent, cell.Bold)
		}
		return 11
	case !s.who.live:
		s.grid.Box(x, y, w, 7, t.Faint)
		s.grid.Text(x+2, y, " You ", t.Muted, cell.Bold)
		s.paragraph(x+2, y+1, w-4, 3, s.who.nobody(), t.Text)
		s.button(x+2, y+5, w-4)
		return 7
	}
	facts := s.who.facts()
	ht := len(facts) + 5
	s.grid.Box(x, y, w, ht, t.Faint) // in the accent's colour it would look chosen
	s.grid.Text(x+2, y, " You ", t.Text, cell.Bold)
	s.grid.Text(x+2, y+1, cell.Cut(session.Clean(s.who.Name(), 0), w-4), t.Text, cell.Bold)
	for i, f := range facts {
		s.grid.Text(x+2, y+2+i, f.name, t.Muted, 0)
		s.grid.Text(x+11, y+2+i, cell.Cut(session.Clean(f.value, 0), w-13), t.Text, 0)
	}
	s.button(x+2, y+ht-2, w-4)
	return ht
}
