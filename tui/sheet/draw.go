package sheet

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// Undrawn forgets where the table was drawn: it is not in view.
func (s *Sheet) Undrawn() { s.seen, s.zones = layout{}, s.zones[:0] }

// Draw draws headings and rows, or the card in their place.
func (s *Sheet) Draw(g *cell.Grid, r chart.Rect, v View) {
	s.Undrawn()
	p := &painter{g: g, t: v.Theme, v: v, s: s, area: r}
	if s.card != nil {
		p.card(s.card)
		return
	}
	p.table()
}

// table draws all but a card.
func (p *painter) table() {
	s, r, n := p.s, p.area, p.s.Size().Rows
	rows := r.H - 1
	if p.heads = p.v.Heads; rows < p.heads+2 {
		p.heads = 0
	}
	if rows -= p.heads; rows < 1 {
		return
	}
	widths := s.Widths.over(s.work.fixed, s.work.widths)
	frozen := s.Widths.frozen(s.work.fixed, widths, s.firstLeft, r.W)
	columns := s.placeColumns(room{Rect: r, frozen: frozen, cut: func(col int) bool { return !s.Numeric(col) }}, widths)
	s.follow(rows, n)
	s.seen = layout{chart.Rect{X: r.X, Y: r.Y + 1 + p.heads, W: r.W, H: min(rows, n-s.Top)}, columns, len(frozen)}
	if len(columns) == 0 {
		return
	}
	p.headings(columns, r.Y)
	for i := range s.seen.H {
		p.row(columns, s.Top+i, s.seen.Y+i)
	}
	if n > rows {
		p.scrollbar(r.X+r.W-1, s.seen.Y, rows, n, s.Top)
	}
}
