package table

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var (
	_ page.Lister   = (*Panel)(nil)
	_ panels.Keeper = (*Panel)(nil)
)

// toColumn is the message that a column was chosen by its name.
type toColumn string

// Named are the columns that are shown.
func (p *Panel) Named() (out []page.Named) {
	if p.shown.rows == nil || p.sub != nil {
		return nil
	}
	for _, c := range p.shown.rows.cols {
		out = append(out, page.Named{Name: c.name, Kind: "column", Msg: toColumn(c.name)})
	}
	return out
}

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

// rowAsked is the message that a row is to be read as a whole, where a link may
// be followed instead.
type rowAsked struct{}

// followLink offers the panel's link with the values of the cursor's row.
func followLink(p *Panel) tea.Cmd {
	f, place, ctx := p.shown.rows.f, p.sheet.Place(p.sheet.Row), p.env.Ctx
	var names []string
	var columns []int
	for _, a := range p.env.Panel.Open.Set {
		if i := frame.Find(f, a.Field); i >= 0 && !slices.Contains(names, a.Field) {
			names, columns = append(names, a.Field), append(columns, i)
		}
	}
	return func() tea.Msg {
		out := panels.Follow{Values: map[string]string{}, Else: "the row", Then: rowAsked{}}
		b, err := frame.Rows(ctx, f, columns, place, 1)
		if err != nil {
			return page.Failed{Err: err}
		}
		for i, name := range names {
			if b.Len > 0 && !b.Columns[i].IsNull(0) {
				out.Values[name] = b.Columns[i].String(0)
			}
		}
		return out
	}
}
