package board

import (
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/theme"
)

// Sizes, in cells.
const (
	paddedWidth = 60 // from here on panels have a margin
	tableLeast  = 8  // lines that a panel to be moved about in has at least
	panelWidth  = 34 // columns that it has at least
	metricWidth = 18
	textWidth   = 24
)

// stage is where the panels stand below the inputs, which of them has the
// focus, and how far they are scrolled.
type stage struct {
	env     page.Env
	bar     *bar
	slots   []*slot
	heights []float64 // weights of the rows
	focus   int       // of the slots
	full    bool      // the focused panel has all the room
	over    *slot     // a table over the page, nil = none
	scroll  int       // the first line of the rows that is shown

	foot  int // lines below the rows
	w, h  int // of the page
	laid  layout
	ready bool // laid is up to date
	drawn bool
}

// relayout says that something changed where panels stand or what they show.
func (b *stage) relayout() { b.ready, b.drawn = false, false }

// focused is the panel that has the focus, nil where there are none.
func (b *stage) focused() *slot {
	if b.over != nil {
		return b.over
	}
	if b.focus < len(b.slots) {
		return b.slots[b.focus]
	}
	return nil
}

// above is the number of the table over the page.
const above = -1

// get is the panel of a number.
func (b *stage) get(i int) *slot {
	if i == above {
		return b.over
	}
	return b.slots[i]
}

// pad is the margin at both sides of a panel.
func (b *stage) pad() int { return pad(b.w) }

func pad(width int) int {
	if width >= paddedWidth {
		return 1
	}
	return 0
}

// head is the lines above the rows: the inputs.
func (b *stage) head() int {
	_, lines := b.bar.chips()
	return lines
}

// rows is the lines that are left for the rows.
func (b *stage) rows() int { return max(b.h-b.head()-b.foot, 0) }

// layOut finds out where the panels stand, and gives them their sizes.
func (b *stage) layOut() {
	if b.ready {
		return
	}
	b.ready = true
	if b.over != nil || b.full && b.focused() != nil {
		b.laid = b.alone()
	} else {
		b.laid = arrange(b.courses(), b.w, b.rows())
	}
	b.scroll = max(min(b.scroll, b.laid.lines-b.rows()), 0)
	for _, p := range b.laid.places {
		s := b.get(p.slot)
		if w, h := max(p.W-2*b.pad(), 0), p.H; s.cells.W != w || s.cells.H != h {
			s.cells.Resize(w, h)
			s.impl.SetSize(w, h)
			s.resized = true
		}
	}
}

// alone is the layout of one panel with all the room.
func (b *stage) alone() layout {
	p := place{slot: b.focused().index(), Rect: cell.Rect{W: b.w, H: b.rows()}}
	if b.focused().title() != "" && p.H > 3 {
		p.rule = cell.Rect{W: b.w, H: 1}
		p.Y, p.H = 1, p.H-1
	}
	return layout{places: []place{p}, lines: p.Y + p.H}
}

// courses are the rows of the page as the layout sees them.
func (b *stage) courses() []course {
	var out []course
	row := -1
	for i, s := range b.slots {
		if s.row != row || len(out) == 0 {
			row = s.row
			weight := 1.0
			if row < len(b.heights) && b.heights[row] > 0 {
				weight = b.heights[row]
			}
			out = append(out, course{weight: weight})
		}
		last := &out[len(out)-1]
		last.bricks = append(last.bricks, b.brick(i))
	}
	return out
}

func (b *stage) brick(i int) brick {
	s := b.slots[i]
	out := brick{slot: i, weight: s.panel.Width, titled: s.title() != "", minW: panelWidth, minH: tableLeast}
	if _, own := s.impl.(panels.Titler); own && s.shows() == "" {
		out.headed = b.pad() > 0 || s.board.made != nil
	}
	if out.weight <= 0 {
		out.weight = 1
	}
	if sizer, ok := s.impl.(panels.Sizer); ok {
		out.lines = func(width int) int {
			if text := s.shows(); text != "" {
				return len(page.Wrap(text, width-2*b.pad()))
			}
			return sizer.Lines(width - 2*b.pad())
		}
	}
	if modest, ok := s.impl.(panels.Modest); ok && s.shows() == "" {
		out.most = func(width int) int { return modest.Most(width - 2*b.pad()) }
	}
	switch s.panel.Kind {
	case "metric":
		out.minW = metricWidth
	case "markdown":
		out.minW = textWidth
	}
	out.minW = min(out.minW, b.w)
	return out
}

// visible reports whether some of a panel is in view.
func (b *stage) visible(p place) bool {
	return p.Y+p.H > b.scroll && p.Y-p.rule.H < b.scroll+b.rows()
}

// draw draws the inputs, the rules and the panels.
func (b *stage) draw(g *cell.Grid) {
	g.Fill(b.env.Theme.Background)
	b.bar.draw(g)
	body := g.Sub(0, b.head(), b.w, b.rows())
	focus := -1
	for i, p := range b.laid.places {
		if !b.visible(p) {
			continue
		}
		if b.get(p.slot) == b.focused() {
			focus = i
			continue
		}
		b.drawPanel(&body, p)
	}
	g.NoCursor() // Only the focused panel has one.
	if focus >= 0 {
		b.drawPanel(&body, b.laid.places[focus])
	}
	b.drawSplits(&body)
	b.drawMore(&body)
	if b.bar.open() {
		g.NoCursor()
		b.bar.menu.draw(g)
	}
}

// drawSplits draws the lines between panels, joined to the rules.
func (b *stage) drawSplits(body *cell.Grid) {
	t := b.env.Theme
	faint := t.Faint
	for _, s := range b.laid.splits {
		for y := range s.h {
			body.Put(s.x, s.y+y-b.scroll, line(t, '│', '|'), faint, 0)
		}
		if s.ruled {
			body.Put(s.x, s.y-b.scroll, line(t, '┬', '+'), faint, 0)
		}
	}
	for _, s := range b.laid.splits {
		if end := s.y + s.h; b.laid.rules[end] {
			c := body.At(s.x, end-b.scroll)
			if c == nil {
				continue
			}
			if joined := map[rune]rune{'┬': '┼', '─': '┴', '-': '+'}[c.Rune()]; joined != 0 {
				c.Put(joined, c.FG.RGB(), 0) // in the colour of the rule that it is a part of
			}
		}
	}
}

// drawPanel draws a panel and the rule above it.
func (b *stage) drawPanel(body *cell.Grid, p place) {
	s, t := b.get(p.slot), b.env.Theme
	y := p.Y - b.scroll
	if p.rule.H > 0 {
		b.drawRule(body, p, y-1)
	} else if b.marked(p.slot) && b.pad() > 0 {
		lines := p.H
		if _, own := s.impl.(panels.Titler); own {
			lines = 1
		}
		for i := range lines {
			body.Put(p.X, y+i, line(t, '▌', '>'), t.Accent, 0)
		}
	}
	text, mood := s.sentence()
	if text == "" {
		body.Blit(&s.cells, p.X+b.pad(), y)
		if p.rule.H == 0 && s.stale() {
			body.Text(p.X+p.W-2, y, "!", t.Bad, cell.Bold)
		}
		return
	}
	if mood == asking && b.askedBefore(p.slot, text) {
		return
	}
	area := body.Sub(p.X+b.pad(), y, p.W-2*b.pad(), p.H)
	fg, attr := t.Muted, cell.Attr(0)
	switch mood {
	case failed:
		fg = t.Bad
	case asking:
		fg, attr = t.Bad, cell.Bold
	}
	for i, line := range page.Wrap(text, area.W) {
		area.Text(0, i, line, fg, attr)
	}
}

// askedBefore reports whether a panel before asks for the same choice: it is
// asked for once.
func (b *stage) askedBefore(slot int, text string) bool {
	for i := range max(slot, 0) {
		if other, mood := b.slots[i].sentence(); mood == asking && other == text && !b.full {
			return true
		}
	}
	return false
}

// marked reports whether a panel is to be told from the others because it has
// the focus.
func (b *stage) marked(i int) bool { return i == b.focus && len(b.slots) > 1 && !b.env.Bare && !b.full }

// drawRule draws the line above a panel: its title, and what has to be known of
// its figures.
func (b *stage) drawRule(body *cell.Grid, p place, y int) {
	s, t := b.get(p.slot), b.env.Theme
	fg, title, attr := t.Faint, t.Text, cell.Attr(0)
	if b.marked(p.slot) {
		fg, title, attr = t.Accent, t.Accent, cell.Bold
	}
	for x := range p.W {
		body.Put(p.X+x, y, line(t, '─', '-'), fg, 0)
	}
	x := p.X + 2
	if b.marked(p.slot) {
		body.Text(p.X, y, box.Sign(t, "▸ ", "> "), t.Accent, cell.Bold)
	}
	aside, asideColor := s.aside()
	if s.hint != "" {
		aside, asideColor = s.hint, t.Muted
	}
	if aside != "" && p.W > 30 {
		aside = cell.Cut(" "+aside+" ", p.W/2)
		body.Text(p.X+p.W-1-cell.Width(aside), y, aside, asideColor, 0)
	} else {
		aside = ""
	}
	if words := s.title(); words != "" {
		if !b.marked(p.slot) {
			x += body.Text(x, y, " ", title, 0)
		}
		x += body.Text(x, y, cell.Cut(words, p.W-6-cell.Width(aside)), title, attr)
		body.Text(x, y, " ", title, 0)
	}
}

// drawMore says at the edge that there is more above or below.
func (b *stage) drawMore(body *cell.Grid) {
	if b.laid.lines <= body.H || b.env.Bare || body.W < 4 {
		return
	}
	t := b.env.Theme
	if b.scroll > 0 {
		body.Text(body.W-2, 0, box.Sign(t, " ↑", " ^"), t.Accent, cell.Bold)
	}
	if b.scroll+body.H < b.laid.lines {
		body.Text(body.W-2, body.H-1, box.Sign(t, " ↓", " v"), t.Accent, cell.Bold)
	}
}

// line is a character of a line, or the plain one.
func line(t *theme.Theme, r, plain rune) rune {
	if t.Glyphs == theme.ASCII {
		return plain
	}
	return r
}
