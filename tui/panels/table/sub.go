package table

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// sub is a table that stands in the place of the rows until it is left: their
// values, or the rows turned.
type sub interface {
	table() *sheet.Sheet
	// name says what it is, behind the rows that it is of.
	name() string
	keys(p *Panel) []key.Binding
	// key does what a key does, and reports whether it is one of its own.
	key(p *Panel, msg tea.KeyMsg) (tea.Cmd, bool)
	// sortBy goes on to the next order of the cursor's column.
	sortBy(p *Panel, also bool) tea.Cmd
	view(p *Panel) sheet.View
	// foot is what is said below it, "" for nothing.
	foot() string
	// renew is called when the rows became others.
	renew(p *Panel) tea.Cmd
}

// grid is the table that is shown.
func (p *Panel) grid() *sheet.Sheet {
	if p.sub != nil {
		return p.sub.table()
	}
	return p.sheet
}

// subKeys are the keys of a table that all of them have.
func subKeys(p *Panel, s sheet.Keys) []key.Binding {
	out := []key.Binding{s.Search, s.Copy, p.keys.copyTable, s.Up, s.Left, s.PageUp, s.PageDown, s.Top, s.Bottom, s.Home, s.End, s.ExtendUp, s.Wider, s.Fit}
	if p.sub.table().Found() {
		out = append(out, s.Next, s.Prev)
	}
	return append(out, s.More()...)
}

// subKey does what a key does in a table that stands in the place of the rows.
func subKey(p *Panel, msg tea.KeyMsg) tea.Cmd {
	s := p.sub.table()
	if !s.Typing() && !s.Carded() {
		if cmd, ok := subChartKey(p, msg); ok {
			return cmd
		}
		if cmd, ok := p.sub.key(p, msg); ok {
			return cmd
		}
		if key.Matches(msg, p.keys.sort) {
			return p.sub.sortBy(p, false)
		}
		if key.Matches(msg, s.Keys.Escape) && !s.Selecting && s.Query() == "" {
			p.sub = nil
			return nil
		}
	}
	in, _ := s.Key(msg)
	return subAct(p, in)
}

// subAct does what the sheet of a table in the place of the rows wants done.
func subAct(p *Panel, in sheet.Intent) tea.Cmd {
	switch {
	case in.Sort:
		return p.sub.sortBy(p, false)
	case in.Mark:
		cmd, _ := p.sub.key(p, page.Key(" "))
		return cmd
	}
	return p.act(in)
}
