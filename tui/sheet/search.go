package sheet

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// DrawFind draws the search into one line.
func (s *Sheet) DrawFind(g *cell.Grid, r cell.Rect, t *theme.Theme) {
	(&painter{g: g, t: t, s: s}).search(r.X, r.Y, r.W)
}

// search draws what is searched for, and what was found.
func (p *painter) search(x, y, w int) {
	s := p.s
	at := x + p.g.Text(x, y, "Find: ", p.t.Muted, 0)
	room := max(x+w-at-16, 4)
	if s.typing {
		at += s.find.field.Draw(p.g, at, y, room, p.t.Text, cell.Bold) + 1
	} else {
		at += p.g.Text(at, y, cell.Cut(s.find.field.String(), room), p.t.Text, cell.Bold) + 1
	}
	at += p.g.Text(at, y, cell.Cut(s.find.status(), max(x+w-at-6, 0)), p.t.Muted, 0) + 1
	if !s.typing && x+w-at >= 8 {
		at += p.button(at, y, " ◂ ", func() Intent { s.Step(-1); return Intent{} })
		at += p.button(at, y, " ▸ ", func() Intent { s.Step(1); return Intent{} })
	}
	if x+w-at >= 3 {
		p.button(x+w-3, y, " × ", func() Intent { s.Drop(); return Intent{} })
	}
}
