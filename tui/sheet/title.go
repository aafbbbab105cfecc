package sheet

import (
	"fmt"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// title draws the table's heading, and the tools or the search at its right.
func (p *painter) title(x, y, w int) {
	s := p.s
	if s.typing || s.find.done {
		p.search(x, y, w)
		return
	}
	title := p.v.Title
	if title == "" {
		title = p.rowsInView()
	}
	used := p.g.Text(x, y, cell.Cut(title, w), p.t.Text, cell.Bold)
	at := x + w
	for i := len(p.v.Tools) - 1; i >= 0; i-- {
		tool := p.v.Tools[i]
		n := cell.Width(tool.Text)
		if at-n-1 < x+used+1 {
			return
		}
		at -= n
		s.Tools = append(s.Tools, tool.Key)
		p.button(at, y, tool.Text, func() Intent { return Intent{Key: tool.Key} })
		at--
	}
	if size := p.v.Size; at-cell.Width(size)-2 > x+used {
		p.g.Text(x+used+2, y, size, p.t.Muted, 0)
	}
}

func (p *painter) rowsInView() string {
	from, n := p.s.Top+1, p.s.Size().Rows
	to := min(p.s.Top+max(p.s.PageRows, 1), n)
	return fmt.Sprintf("Rows %s–%s of %s", Thousands(min(from, to)), Thousands(to), Thousands(n))
}

// DrawFind draws the search into one line.
func (s *Sheet) DrawFind(g *cell.Grid, r cell.Rect, t *theme.Theme) {
	(&painter{g: g, t: t, s: s}).search(r.X, r.Y, r.W)
}

// search draws the search in the place of the title.
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

// summary says what can be said of the lit column.
func (p *painter) summary(x, y, w int) {
	s := p.s
	text := p.summaryText(w)
	if r0, r1, c0, c1 := s.selection(); s.Selecting && (r1 > r0 || c1 > c0) {
		text = fmt.Sprintf("%d × %d selected · ", r1-r0+1, c1-c0+1) + text
	}
	p.g.Text(x, y, cell.Cut(text, w), p.t.Muted, 0)
	p.zone(x, y, w, 1, func() Intent { return s.Sum(s.Col) })
}

func (p *painter) summaryText(w int) string {
	s := p.s
	col := min(p.v.Lit.Col, len(s.Columns())-1)
	if s.Size().Whole && s.Numeric(col) && (s.work.sum == nil || s.work.sumCol != col) {
		s.Sum(col)
	}
	if s.work.sum == nil || s.work.sumCol != col {
		return p.v.Hint
	}
	text := s.Columns()[col].Title + ":"
	for i, part := range s.work.sum {
		sep := " · "
		if i == 0 {
			sep = " "
		}
		if cell.Width(text+sep+part) > w {
			break
		}
		text += sep + part
	}
	return text
}
