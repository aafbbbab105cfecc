package table

import (
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var (
	_ page.Lister   = (*Panel)(nil)
	_ panels.Keeper = (*Panel)(nil)
)

// kept is what outlives a table whose page says something else of it: where its
// cursor is, and what was done to it.
type kept struct {
	row     int
	top     int // the first row in view
	column  string
	history history
}

// Keep returns what is to outlive the table.
func (p *Panel) Keep() any {
	k := kept{row: p.sheet.Row, top: p.sheet.Top, history: p.history}
	if c := p.column(); c != nil {
		k.column = c.name
	}
	return k
}

// memory is what another table kept for this one.
type memory struct {
	restored *kept // what is to be restored, once there are rows
}

// Restore keeps what another table kept, until there are rows.
func (m *memory) Restore(state any) {
	if k, ok := state.(kept); ok {
		m.restored = &k
	}
}

// resume makes the steps hold that were made in the other table: what the page
// says now is below them.
func resume(p *body) {
	if k := p.restored; k != nil && k.history.at > 0 {
		p.history.list = append(p.history.list[:1:1], k.history.list[1:]...)
		p.history.at = k.history.at
	}
}

// restore puts the cursor where it was.
func restore(p *body) {
	if k := p.restored; k != nil {
		p.restored = nil
		p.sheet.Top = k.top
		p.sheet.MoveTo(k.row, max(indexOf(p.shown.rows.cols, k.column), 0))
	}
}
