package home

import (
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// Sizes of a document.
const (
	cardHeight = 5  // of a card that has words alone
	cardWidth  = 38 // least width of a card, where there are two beside each other
)

// crowded reports whether the cards have no room in the other layouts.
func (h *home) crowded(height int) bool {
	cards, _ := split(h.items())
	return len(cards) > 4 && height-8 < 4*len(cards)
}

// paintDocument draws the part of the document that the scroll shows.
func (h *home) paintDocument(s *surface) {
	g := s.grid
	d := &h.doc
	d.shown = g.H
	measured := *s
	measured.grid, measured.zones = &cell.Grid{W: g.W, H: 1 << 15}, nil
	d.height = measured.document(h)
	if d.follow {
		for _, z := range measured.zones {
			if z.Means == h.at {
				d.reveal(z.Rect)
			}
		}
	}
	d.follow = false
	d.scroll = max(min(d.scroll, d.height-d.shown), 0)
	part := g.Sub(0, -d.scroll, g.W, max(d.height, g.H))
	s.grid = &part
	s.document(h)
	s.grid = g
	for i, z := range s.zones {
		s.zones[i].Rect = clip(cell.Rect{X: z.X, Y: z.Y - d.scroll, W: z.W, H: z.H}, g.H)
	}
	if d.scroll+d.shown < d.height {
		g.Text(g.W-2, g.H-1, sign(s.theme, "↓", "v"), s.theme.Muted, 0)
	}
	if d.scroll > 0 {
		g.Text(g.W-2, 0, sign(s.theme, "↑", "^"), s.theme.Muted, 0)
	}
}

// clip is the part of a rectangle in the rows of a window.
func clip(r cell.Rect, rows int) cell.Rect {
	top, bottom := max(r.Y, 0), min(r.Y+r.H, rows)
	return cell.Rect{X: r.X, Y: top, W: r.W, H: max(bottom-top, 0)}
}

// reveal scrolls as little as shows a rectangle.
func (d *document) reveal(r cell.Rect) {
	if r.Y+r.H > d.scroll+d.shown {
		d.scroll = r.Y + r.H - d.shown
	}
	if r.Y < d.scroll || r.H > d.shown {
		d.scroll = r.Y
	}
	if r.Y+r.H <= d.shown {
		d.scroll = 0 // the beginning is worth more than the end
	}
}

// document draws all of it and returns its height.
func (s *surface) document(h *home) int {
	t := s.theme
	w := documentWidth(s.grid.W)
	x, y := max((s.grid.W-w)/2, 0), 0
	if s.grid.W >= 60 {
		y = 1
	}
	heading, text := title, intro
	if h.o.Title != "" {
		heading, text = session.Clean(h.o.Title, 200), ""
	}
	s.grid.Text(x, y, cell.Cut(heading, w-2), t.Accent, cell.Bold)
	y += 2
	if h.text != nil {
		if n := s.textLines(h.text, x, y, textWidth(w)); n > 0 {
			y += n + 1
		}
	} else if text != "" {
		y += s.paragraph(x, y, min(w, lineWidth), 4, text, t.Text) + 1
	}
	if !s.bare || s.who.live {
		y += s.whoLines(x, y, w)
	}
	cards, rest := split(s.items)
	y += s.cardRows(x, y, w, cards)
	for _, i := range rest {
		s.row(x, y, w, i, s.items[i].text, "", t.Muted)
		y++
	}
	return y
}

// textLines draws a text and returns its lines.
func (s *surface) textLines(text Text, x, y, w int) int {
	n := text.Lines(w)
	text.SetSize(w, n)
	g := cell.NewGrid(w, n)
	g.Fill(s.theme.Background)
	text.Draw(g)
	s.grid.Blit(g, x, y)
	for i, it := range s.items {
		for _, part := range it.parts {
			part.X, part.Y = part.X+x, part.Y+y
			if i == s.at {
				s.highlight(part)
				s.grid.SetCursor(part.X, part.Y, false)
			}
			s.zones.Add(part, i)
		}
	}
	return n
}

// highlight shows that cells have the cursor.
func (s *surface) highlight(r cell.Rect) {
	t := s.theme
	for y := r.Y; y < r.Y+r.H; y++ {
		for x := r.X; x < r.X+r.W; x++ {
			if c := s.grid.At(x, y); c != nil {
				c.BG, c.FG = cell.FromRGB(t.Selection), cell.FromRGB(cell.Readable(t.Accent, t.Selection, 4.5))
			}
		}
	}
}

// cardRows draws cards beside and below each other, and returns their height.
func (s *surface) cardRows(x, y, w int, cards []int) int {
	if len(cards) == 0 {
		return 0
	}
	columns := max(min(w/cardWidth, 3, len(cards)), 1)
	cw := (w - columns + 1) / columns
	for n, i := range cards {
		cx, cy := x+n%columns*(cw+1), y+n/columns*cardHeight
		it := s.items[i]
		s.card(cx, cy, cw, cardHeight, i, it)
		shown, _ := s.pages.Find(it.tab.ID)
		s.paragraph(cx+2, cy+1, cw-4, 2, session.Clean(shown.About, 400), s.theme.Text)
		_, color := s.verdict(it.tab)
		s.paragraph(cx+2, cy+cardHeight-2, cw-4, 1, why(it.tab, cw-4), color)
	}
	return (len(cards)+columns-1)/columns*cardHeight + 1
}

// scrollBy moves the window of the document.
func (h *home) scrollBy(lines int) {
	at := max(min(h.doc.scroll+lines, h.doc.height-h.doc.shown), 0)
	h.drawn = h.drawn && at == h.doc.scroll
	h.doc.scroll = at
}
