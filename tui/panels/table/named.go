package table

import (
	"slices"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var (
	_ page.Lister   = (*Panel)(nil)
	_ panels.Keeper = (*Panel)(nil)
)

// kept is what outlives a table whose page says something else of it: where its
// cursor is.
type kept struct {
	row    int
	column string
}

// Keep returns where the cursor is.
func (p *Panel) Keep() any {
	k := kept{row: p.sheet.Row}
	if c := p.column(); c != nil {
		k.column = c.name
	}
	return k
}

// memory is what another table kept for this one.
type memory struct {
	restored *kept // where the cursor is to be, once there are rows
}

// Restore puts the cursor where it was in another table, once there are rows.
func (m *memory) Restore(state any) {
	if k, ok := state.(kept); ok {
		m.restored = &k
	}
}

// restore puts the cursor where it was.
func (p *body) restore() {
	if k := p.restored; k != nil {
		p.restored = nil
		col := slices.IndexFunc(p.shown.rows.cols, func(c column) bool { return c.name == k.column })
		p.sheet.MoveTo(k.row, max(col, 0))
	}
}
