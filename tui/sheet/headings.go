package sheet

import "github.com/authtabs/tabgate/tui/cell"

// headings draws the column names; a click sorts.
func (p *painter) headings(columns []place, y int) {
	t, g, s, r := p.t, p.g, p.s, p.area
	g.Rect(r.X, y, r.W, 1, t.Surface)
	for i, c := range columns {
		name := s.Columns()[c.col].Title
		fg, attr := cell.Readable(t.Muted, t.Surface, 4.5), cell.Attr(0)
		if c.col == p.v.Lit.Col {
			fg, attr = t.Accent, cell.Bold|cell.Underline
		}
		mark := p.sortMark(c.col) + p.v.Letter(c.col)
		if i == 0 || !s.Numeric(c.col) {
			name = cell.Cut(name, c.w-2-cell.Width(mark)) + mark
			g.Text(c.x+1+indent(i), y, cell.Cut(name, c.w-2-indent(i)), fg, attr)
		} else {
			name = cell.Cut(mark+name, c.w-1)
			g.Text(c.x+c.w-1-cell.Width(name), y, name, fg, attr)
		}
		p.zone(c.x, y, c.w, 1, func() Intent { s.Col = c.col; return s.Sort(c.col) })
		p.edge(c, y)
	}
	if p.trend > 0 {
		g.Text(columns[0].x+columns[0].w+1, y, "trend", cell.Readable(t.Muted, t.Surface, 4.5), 0)
	}
	p.more(columns, y)
}

func (p *painter) sortMark(col int) string {
	if p.s.SortCol != col {
		return ""
	}
	return [...]string{Unsorted: "", Ascending: "▲", Descending: "▼"}[p.s.SortBy]
}

// edge draws a column's right edge in the headings, which can be dragged.
func (p *painter) edge(c place, y int) {
	if c.w < 3 {
		return
	}
	s, x, w := p.s, c.x+c.w-1, c.w
	if c.col == 0 {
		w -= MarkWidth
	}
	p.g.Text(x, y, "┊", cell.Readable(p.t.Faint, p.t.Surface, 1.6), 0)
	p.zone(x, y, 1, 1, func() Intent {
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
	if len(columns) > 1 && columns[1].col > 1 {
		turn(columns[0].x+columns[0].w+p.trend, "◂", -1)
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
	p.zone(x, y, 1, rows, func() Intent { return Intent{} })
}
