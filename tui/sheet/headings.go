package sheet

import "github.com/authtabs/tabgate/tui/cell"

// headings draws the column names and the lines below them; a click sorts.
func (p *painter) headings(columns []place, y int) {
	t, g, s, r := p.t, p.g, p.s, p.area
	g.Rect(r.X, y, r.W, 1+p.heads, t.Surface)
	muted := cell.Readable(t.Muted, t.Surface, 4.5)
	for i, c := range columns {
		p.name(i, c, y, muted)
		for line := range p.heads {
			p.head(i, c, line, y+1+line, muted)
		}
		p.zone(c.x, y, c.w, 1+p.heads, func() Intent {
			s.Col = c.col
			return Intent{Sort: true}
		})
		p.edge(i, c, y)
	}
	p.more(columns, y)
}

// name draws the name of a column.
func (p *painter) name(i int, c place, y int, fg cell.RGB) {
	name, attr := p.s.work.fixed[c.col].Title, cell.Attr(0)
	if c.col == p.v.Lit.Col {
		fg, attr = p.t.Accent, cell.Bold|cell.Underline
	}
	mark := p.v.Sorted(c.col)
	if p.s.Numeric(c.col) {
		name = cell.Cut(mark+name, c.w-1-indent(i))
		p.g.Text(c.x+c.w-1-cell.Width(name), y, name, fg, attr)
		return
	}
	name = cell.Cut(name, c.w-2-indent(i)-cell.Width(mark)) + mark
	p.g.Text(p.left(i, c), y, cell.Cut(name, c.w-2-indent(i)), fg, attr)
}

// left is where the texts of a column begin: those of the first stand behind
// its marks.
func (p *painter) left(i int, c place) int {
	if i == 0 {
		return c.x + indent(i)
	}
	return c.x + 1 + indent(i)
}

// head draws one of the lines below the name of a column.
func (p *painter) head(i int, c place, line, y int, fg cell.RGB) {
	room := c.w - 2 - indent(i)
	if room < 1 {
		return
	}
	text := p.v.Head(c.col, line, room)
	if text.Tone != Plain {
		fg = cell.Readable(p.tone(text.Tone), p.t.Surface, 4.5)
	}
	shown := cell.Cut(text.String, room)
	x := p.left(i, c)
	if p.s.Numeric(c.col) {
		x = c.x + c.w - 1 - cell.Width(shown)
	}
	p.g.Text(x, y, shown, fg, 0)
	p.outline(x, y, text.Behind, shown)
}

// outline draws glyphs dimly where those over them are blank, and tints what
// these leave of a higher one.
func (p *painter) outline(x, y int, glyphs, over string) {
	if cell.Width(glyphs) != cell.Width(over) || p.plain() {
		return
	}
	dim := cell.Readable(p.t.Faint, p.t.Surface, 1.6)
	front := []rune(over)
	for i, r := range []rune(glyphs) {
		switch c := p.g.At(x+i, y); {
		case c == nil || i >= len(front):
		case front[i] == ' ':
			p.g.Put(x+i, y, r, dim, 0)
		case r > front[i]:
			c.BG = cell.FromRGB(cell.Mix(p.t.Surface, dim, 0.5))
		}
	}
}

// edge draws a column's right edge in the headings, which can be dragged.
func (p *painter) edge(i int, c place, y int) {
	if c.w < 3 {
		return
	}
	s, x, w := p.s, c.x+c.w-1, c.w
	if c.col == 0 {
		w -= MarkWidth
	}
	if i == s.seen.frozen-1 { // above what parts the frozen columns from the others
		x++
	}
	if p.heads == 0 || i == s.seen.frozen-1 {
		p.g.Text(x, y, "┊", cell.Readable(p.t.Faint, p.t.Surface, 1.6), 0)
	}
	p.zone(x, y, 1, 1+p.heads, func() Intent {
		s.held, s.edge = dragEdge, edge{c.col, x, w}
		return Intent{}
	})
}

// more shows that there are columns to the left or right.
func (p *painter) more(columns []place, y int) {
	s, r, last := p.s, p.area, columns[len(columns)-1]
	fg := cell.Readable(p.t.Accent, p.t.Surface, 3)
	turn := func(x int, arrow string, by int) {
		p.g.Text(x, y, arrow, fg, cell.Bold)
		p.zone(x, y, 1, 1, func() Intent { s.Scroll(0, by*s.pageCols); return Intent{} })
	}
	if f := s.seen.frozen; f > 0 && len(columns) > f && columns[f].col > s.firstLeft {
		turn(columns[f-1].x+columns[f-1].w, "◂", -1)
	}
	if last.col < len(s.Columns())-1 {
		turn(r.X+r.W-1, "▸", 1)
	}
}

// scrollbar shows how far down the rows in view are: top is the first of them.
func (p *painter) scrollbar(x, y, rows, n, top int) {
	size := max(rows*rows/n, 1)
	at := (rows - size) * top / max(n-rows, 1)
	for i := range rows {
		fg, r := p.t.Faint, "│"
		if i >= at && i < at+size {
			fg, r = p.t.Muted, "┃"
		}
		p.g.Text(x, y+i, r, fg, 0)
	}
	s := p.s
	p.zone(x, y, 1, rows, func() Intent {
		s.held, s.bar = dragBar, bar{y, rows, n}
		return Intent{}
	})
}
