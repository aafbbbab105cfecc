package sheet

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// Undrawn forgets where the table was drawn: it is not in view.
func (s *Sheet) Undrawn() { s.seen, s.zones, s.Tools = layout{}, nil, nil }

// Draw draws title, headings, rows and the summary of the lit column.
func (s *Sheet) Draw(g *cell.Grid, r chart.Rect, v View) {
	s.Undrawn()
	p := &painter{g: g, t: v.Theme, v: v, s: s, area: r}
	if s.card != nil {
		if r.H >= 5 {
			p.area.H--
			p.summary(r.X, r.Y+r.H-1, r.W)
		}
		p.card(s.card)
		return
	}
	if v.Trend != nil && r.W >= trendFrom {
		p.trend = trendWidth
	}
	y := r.Y
	if r.H >= 4 {
		defer p.title(r.X, y, r.W) // It says which rows are in view.
		y++
	}
	summary, rows, n := r.H >= 5, r.Y+r.H-y-1, s.Size().Rows
	if summary {
		rows--
	}
	if rows < 1 {
		return
	}
	widths := s.Widths.over(s.work.widths)
	columns := s.placeColumns(r, widths, s.Widths.frozen(widths[0], r.W), p.trend, v.Bring)
	s.follow(rows, n)
	s.seen = layout{chart.Rect{X: r.X, Y: y + 1, W: r.W, H: min(rows, n-s.Top)}, columns}
	p.headings(columns, y)
	for i := range s.seen.H {
		p.row(columns, s.Top+i, y+1+i)
	}
	if n > rows {
		p.scrollbar(r.X+r.W-1, y+1, rows, n, s.Top)
	}
	if summary {
		p.summary(r.X, y+1+min(rows, max(n, 1)), r.W)
	}
}
