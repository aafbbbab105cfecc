package table

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/sheet"
)

// turnFew turns a table of a few rows that shows less than three in five of its
// columns, if all of them are seen so, and turns it back where there is room for
// them, or more rows came. What somebody has touched stays as it is.
func turnFew(p *Panel) {
	if p.touched || p.env.Bare || p.env.Still || p.over != nil || p.shown.rows == nil || !small(p.shown.rows.f) {
		return
	}
	if t, ok := p.sub.(*turned); ok && t.itself {
		p.sub, p.laid = nil, false
	}
	if n := p.shown.rows.f.Len(); p.sub != nil || !p.data.Complete || n == 0 || n > fewRows || p.width == 0 {
		return
	}
	p.layOut()
	_, seen := p.sheet.InView()
	if 5*seen >= 3*len(p.shown.rows.cols) {
		return
	}
	made, err := turnedOf(p.env.Ctx, p.shown.rows, p.shown.order)
	if err != nil {
		return
	}
	made.itself = true
	if fits := made.try(p) || made.squeeze(p.width) && made.try(p); !fits || min(len(made.cells), p.height-2) <= seen {
		p.sub, p.laid = nil, false
	}
}

// leastTurned is how wide the column of a row is at least that has to be cut.
const leastTurned = 10

// squeeze cuts the columns of the rows so that all of them fit into a width. It
// reports false where they would be too narrow.
func (t *turned) squeeze(width int) bool {
	names := cell.Width(t.heads[0].Title)
	for _, name := range t.names {
		names = max(names, cell.Width(name))
	}
	room := (width - names - sheet.MarkWidth - 4) / (len(t.heads) - 1)
	for i := range t.heads[1:] {
		t.heads[1+i].Width = room
	}
	t.s = nil
	return room >= leastTurned
}

// try shows the turned rows, and reports whether all of them are in view.
func (t *turned) try(p *Panel) bool {
	t.begin(p)
	p.laid = false
	p.layOut()
	_, to := t.s.InView()
	return to == len(t.heads)
}

// turnedKey lets the keys of the table act on turned rows, which stay turned: the
// column of a line and the row of a column are those of the cursor. It reports
// whether it is one of these keys.
func turnedKey(p *Panel, t *turned, msg tea.KeyMsg) (tea.Cmd, bool) {
	k := p.keys
	if !key.Matches(msg, k.values, k.where, k.whereNot, k.sort, k.sortAlso, k.columns, k.kind, k.hide, k.undo, k.redo, k.clear, k.column, k.mark) {
		return nil, false
	}
	if t.s.Row < len(t.columns) {
		p.sheet.MoveTo(max(t.s.Col-1, 0), t.columns[t.s.Row])
	}
	if cmd, ok := p.stepKey(msg); ok {
		return cmd, true
	}
	switch {
	case key.Matches(msg, k.values):
		return openValues(p), true
	case key.Matches(msg, k.columns):
		p.over = newColumnList(p)
		return tea.Batch(p.joins.ask(), p.joins.offer(p)), true
	case key.Matches(msg, k.kind):
		return openType(p), true
	case key.Matches(msg, k.column):
		p.sub = nil
		return openColumn(p), true
	}
	p.mark()
	return nil, true
}
