package sheet

import "github.com/authtabs/tabgate/tui/cell"

// row draws one row: its mark and its cells.
func (p *painter) row(columns []place, row, y int) {
	t, g, r := p.t, p.g, p.area
	bg := t.Background
	if row == p.v.Lit.Row {
		bg = cell.Mix(t.Background, t.Selection, .6)
		g.Rect(r.X, y, r.W, 1, bg)
	}
	p.mark(columns[0].x, y, row)
	if f := p.s.seen.frozen; f > 0 {
		last := columns[f-1]
		g.Text(last.x+last.w, y, "│", t.Faint, 0)
	}
	for i, c := range columns {
		text, ok := p.s.work.held.cell(row, c.col)
		if !ok {
			text = Text{String: "…", Tone: Quiet}
		}
		p.cell(text, c, i, row, y, bg)
	}
}

// mark draws the sign of a row, and that of the cursor where there are no
// colours.
func (p *painter) mark(x, y, row int) {
	if sign, fg, ok := p.v.Mark(row); ok {
		p.g.Put(x, y, sign, fg, cell.Bold)
	}
	if p.plain() && row == p.s.Row {
		p.g.Text(x+1, y, ">", p.t.Accent, 0)
	}
}

// tone is the colour of a tone.
func (p *painter) tone(tone Tone) cell.RGB {
	switch tone {
	case Missing, Quiet:
		return p.t.Muted
	case Good:
		return p.t.Good
	case Warn:
		return p.t.Warn
	case Bad:
		return p.t.Bad
	case Accent:
		return p.t.Accent
	}
	return p.t.Text
}

func (p *painter) cell(content Text, c place, i, row, y int, bg cell.RGB) {
	t, g, s := p.t, p.g, p.s
	x, w := c.x+indent(i), c.w-indent(i)
	text, fg := content.String, p.tone(content.Tone)
	cursor := row == s.Row && c.col == s.Col
	switch {
	case cursor:
		bg, fg = t.Accent, t.OnAccent
		if !s.typing {
			g.SetCursor(x, y, false)
		}
	case s.Selecting && s.selected(row, c.col):
		bg = t.Selection
	case c.col == p.v.Lit.Col && i > 0:
		bg = cell.Mix(bg, t.Selection, .6)
	}
	g.Rect(x, y, w, 1, bg)
	fg = cell.Readable(fg, bg, 4.5)
	shown, at := cell.Cut(text, max(w-2, 1)), x+1
	if i == 0 && !s.Numeric(c.col) {
		shown, at = cell.Cut(text, max(w-1, 1)), x
	} else if s.Numeric(c.col) {
		at = x + w - 1 - cell.Width(shown)
	}
	g.Text(at, y, shown, fg, 0)
	if from, to := s.find.marks(text); to > from && cell.Width(text) == cell.Width(shown) {
		hl := cell.Mix(t.Warn, bg, .25)
		p.recolour(at+cell.Width(text[:from]), y, cell.Width(text[from:to]), cell.Readable(t.Background, hl, 4.5), hl)
	}
	if (cursor || s.Selecting && s.selected(row, c.col)) && p.plain() && i > 0 {
		g.Text(x, y, "[", fg, 0)
		g.Text(x+w-1, y, "]", fg, 0)
	}
}

// recolour gives cells that are drawn other colours, and makes them bold.
func (p *painter) recolour(x, y, w int, fg, bg cell.RGB) {
	for i := range w {
		if c := p.g.At(x+i, y); c != nil {
			c.FG, c.BG = cell.FromRGB(fg), cell.FromRGB(bg)
			c.Attr |= cell.Bold
		}
	}
}
