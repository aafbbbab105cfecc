package sheet

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// Undrawn forgets where the table was drawn: it is not in view.
func (s *Sheet) Undrawn() { s.seen, s.zones, s.Tools = layout{}, s.zones[:0], nil }

// Draw draws title, headings, rows and the summary of the lit column.
func (s *Sheet) Draw(g *cell.Grid, r chart.Rect, v View) {
	s.Undrawn()
	p := &painter{g: g, t: v.Theme, v: v, s: s, area: r}
	if s.card != nil {
		if r.H >= 5 && !v.Plain {
			p.area.H--
			p.summary(r.X, r.Y+r.H-1, r.W)
		}
		p.card(s.card)
		return
	}
	if v.Trend != nil && r.W >= trendFrom {
		p.trend = trendWidth
	}
	p.table()
}

// table draws all but a card.
func (p *painter) table() {
	s, r, y := p.s, p.area, p.area.Y
	if r.H >= 4 && !p.v.Plain {
		defer p.title(r.X, y, r.W) // It says which rows are in view.
		y++
	}
	summary, rows, n := r.H >= 5 && !p.v.Plain, r.Y+r.H-y-1, s.Size().Rows
	if summary {
		rows--
	}
	if p.heads = p.v.Heads; rows < p.heads+2 {
		p.heads = 0
	}
	if rows -= p.heads; rows < 1 {
		return
	}
	widths := s.Widths.over(s.work.fixed, s.work.widths)
	frozen := s.Widths.frozen(s.work.fixed, widths, s.firstLeft, r.W)
	at := room{Rect: r, frozen: frozen, trend: p.trend, bring: p.v.Bring}
	if p.v.Plain {
		at.cut = func(col int) bool { return !s.Numeric(col) }
	}
	columns := s.placeColumns(at, widths)
	s.follow(rows, n)
	s.seen = layout{chart.Rect{X: r.X, Y: y + 1 + p.heads, W: r.W, H: min(rows, n-s.Top)}, columns, len(frozen)}
	if len(columns) == 0 {
		return
	}
	p.headings(columns, y)
	for i := range s.seen.H {
		p.row(columns, s.Top+i, s.seen.Y+i)
	}
	if n > rows {
		p.scrollbar(r.X+r.W-1, s.seen.Y, rows, n, s.Top)
	}
	if summary {
		p.summary(r.X, s.seen.Y+min(rows, max(n, 1)), r.W)
	}
}
