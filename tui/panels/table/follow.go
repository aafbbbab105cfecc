package table

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// followRow asks to go where the panel's link leads, with the values of the
// cursor's row.
func followRow(p *Panel) tea.Cmd {
	f := p.shown.rows.f
	if f.Len() == 0 {
		return nil
	}
	b, err := frame.Rows(p.env.Ctx, f, frame.All(f), p.sheet.Place(p.sheet.Row), 1)
	if err != nil {
		return p.fail(err)
	}
	values := map[string]string{}
	for i, c := range f.Columns() {
		if b.Len > 0 {
			values[c.Name] = b.Columns[i].String(0)
		}
	}
	return panels.Send(panels.Follow{Values: values, Else: "the row", Then: rowAsked{}})
}

// rowAsked is the message that a row is to be read as a whole, where a link may
// be followed instead.
type rowAsked struct{}

// toColumn asks a table to go to one of its columns.
type toColumn struct {
	of   *Panel
	name string
}

// Named are the columns: they are gone to by their names.
func (p *Panel) Named() []page.Named {
	if p.shown.rows == nil || p.sub != nil {
		return nil
	}
	a := p.shown
	a.steps.hidden = nil
	var out []page.Named
	for _, c := range p.columns(a) {
		if c.at >= 0 {
			out = append(out, page.Named{Name: c.title, Kind: "column", Msg: toColumn{p, c.name}})
		}
	}
	return out
}

// take goes to the column, which is shown if it was hidden.
func (t toColumn) take(p *Panel) tea.Cmd {
	if t.of != p || p.shown.rows == nil {
		return nil
	}
	var cmd tea.Cmd
	if s := p.history.now(); slices.Contains(s.hidden, t.name) {
		s.hidden = slices.DeleteFunc(slices.Clone(s.hidden), func(n string) bool { return n == t.name })
		cmd = p.step(s, "showing")
	}
	p.sub, p.over = nil, nil
	if at := indexOf(p.shown.rows.cols, t.name); at >= 0 {
		p.sheet.MoveTo(p.sheet.Row, at)
	}
	return cmd
}
