package sheet

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// card is something that is read as a whole, in the place of the table: a row
// with all its fields, or what else a page has to say.
type card struct {
	title  string
	fields []Field
	row    bool // it is that of the cursor's row
	first  int  // the field that is to be in view at first

	lines  []cardLine // of the fields, for a width
	width  int
	top    int // the first line in view
	height int // lines that fitted at the last drawing
}

// cardLine is one line of a card: the name of a field beside its first line.
type cardLine struct{ name, text string }

// cardName is the widest room for the names of fields, in cells.
const cardName = 28

// wrap breaks the fields into lines for a width. It keeps them, and what is in
// view, for as long as the width stays.
func (c *card) wrap(width int) {
	if c.width == width && c.lines != nil && width > 0 {
		return
	}
	name, begun := c.nameWidth(width), c.lines != nil
	c.lines, c.width = []cardLine{}, width
	for i, f := range c.fields {
		if i == c.first && !begun {
			c.top = len(c.lines)
		}
		head := f.Name
		for _, line := range orOne(f.Lines) {
			for _, part := range orOne(cell.Wrap(line, max(width-name, 1))) {
				c.lines = append(c.lines, cardLine{head, part})
				head = ""
			}
		}
	}
}

// orOne is the lines, or an empty one: no text takes a line too.
func orOne(lines []string) []string {
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// nameWidth is the room for the names of the fields, with what parts them from
// the texts.
func (c *card) nameWidth(width int) int {
	w := 0
	for _, f := range c.fields {
		w = max(w, cell.Width(f.Name))
	}
	return min(w, cardName, width/3) + 2
}

// scroll moves what is in view.
func (c *card) scroll(by int) {
	c.top = max(min(c.top+by, len(c.lines)-c.height), 0)
}

// draw draws the card into a part of the screen.
func (p *painter) card(c *card) {
	r, t := p.area, p.t
	y := r.Y
	if r.H >= 3 {
		p.cardTitle(c)
		y++
	}
	c.height = r.Y + r.H - y
	c.wrap(max(r.W-1, 1))
	c.scroll(0)
	name := c.nameWidth(c.width)
	for i := range min(c.height, len(c.lines)-c.top) {
		line := c.lines[c.top+i]
		p.g.Text(r.X, y+i, cell.Cut(line.name, max(name-2, 1)), cell.Readable(t.Muted, t.Background, 4.5), 0)
		p.g.Text(r.X+name, y+i, line.text, t.Text, 0)
	}
	if len(c.lines) > c.height {
		p.scrollbar(r.X+r.W-1, y, c.height, len(c.lines), c.top)
	}
}

func (p *painter) cardTitle(c *card) {
	r := p.area
	used := p.g.Text(r.X, r.Y, cell.Cut(c.title, r.W), p.t.Text, cell.Bold)
	if r.W-used < 5 {
		return
	}
	p.button(r.X+r.W-3, r.Y, closeSign(p.t), func() Intent { p.s.card = nil; return Intent{} })
}

func closeSign(t *theme.Theme) string {
	if t.Glyphs == theme.ASCII {
		return " x "
	}
	return " × "
}

// text is what the card says, one field a line, for other programs.
func (c *card) text() string {
	var b strings.Builder
	for _, f := range c.fields {
		b.WriteString(f.Name + "\t" + strings.Join(f.Lines, "\n") + "\n")
	}
	return b.String()
}

// key takes a key while the card is open: up and down go to the next rows, page
// keys move within the card.
func (c *card) key(s *Sheet, msg tea.KeyMsg) Intent {
	k := s.Keys
	page := max(c.height-1, 1)
	switch {
	case key.Matches(msg, k.Escape, k.Card):
		s.card = nil
		if s.work.busy == readingRow {
			s.work.halt()
		}
	case key.Matches(msg, k.PageUp):
		c.scroll(-page)
	case key.Matches(msg, k.PageDown):
		c.scroll(page)
	case key.Matches(msg, k.Top):
		c.scroll(-len(c.lines))
	case key.Matches(msg, k.Bottom):
		c.scroll(len(c.lines))
	case key.Matches(msg, k.Copy) && c.row:
		return s.CopySelection()
	case key.Matches(msg, k.Copy, k.CopyAll):
		return Intent{Copy: c.text(), What: "All of it"}
	case key.Matches(msg, k.Up):
		return c.step(s, -1)
	case key.Matches(msg, k.Down):
		return c.step(s, 1)
	}
	return Intent{}
}

// step goes to the card of the next or the previous row, or a line up or down
// in a card that is no row's.
func (c *card) step(s *Sheet, by int) Intent {
	if !c.row {
		c.scroll(by)
		return Intent{}
	}
	s.MoveTo(s.Row+by, s.Col)
	return s.OpenRow()
}

// SetCard shows fields in the place of the table until they are closed. Of a
// card that is open what is in view stays.
func (s *Sheet) SetCard(title string, fields []Field) {
	c := &card{title: title, fields: fields}
	if old := s.card; old != nil && old.title == title {
		c.top, c.lines, c.width, c.height = old.top, []cardLine{}, -1, old.height
	}
	s.card = c
}

// Carded reports whether something is read in the place of the table.
func (s *Sheet) Carded() bool { return s.card != nil }

// OpenRow shows all of the cursor's row.
func (s *Sheet) OpenRow() Intent {
	if s.Size().Rows == 0 {
		return Intent{}
	}
	title := "Row " + Thousands(s.Row+1) + " of " + Thousands(s.Size().Rows)
	if s.Sorted() {
		title += ", unsorted " + Thousands(s.Place(s.Row)+1)
	}
	return do(s, s.work.card(s.Row, func(fields []Field) {
		s.card = &card{title: title, fields: fields, row: true, first: s.Col}
	}))
}
