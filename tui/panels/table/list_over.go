package table

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// listOver is the list of columns in the place of a table that has no room
// beside it.
type listOver struct {
	k   keyMap
	own bool // the heading stays when the list is closed
}

func (*listOver) wheel(int) {}

func (l *listOver) keys() []key.Binding {
	l.k.take.SetHelp("enter", "in full")
	return []key.Binding{l.k.up, l.k.down, l.k.take, l.k.column, l.k.profile, l.k.back}
}

func (l *listOver) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, l.k.back):
		p.over = nil
	case key.Matches(msg, l.k.profile):
		p.over, p.profiled = nil, l.own
	case key.Matches(msg, l.k.up):
		p.sheet.MoveTo(p.sheet.Row, p.sheet.Col-1)
	case key.Matches(msg, l.k.down):
		p.sheet.MoveTo(p.sheet.Row, p.sheet.Col+1)
	case key.Matches(msg, l.k.take, l.k.column):
		p.over = nil
		return openColumn(p)
	}
	return nil
}

func (l *listOver) draw(p *Panel, d *pen) {
	if p.shown.rows == nil {
		return
	}
	top := min(1, p.height-1)
	d.Rect(0, top, d.W, d.H-top, d.t.Background)
	d.zones = d.zones[:0]
	drawList(p, cell.Rect{Y: top, W: d.W, H: d.H - top})
}

// overList reports whether the list is in the place of the table.
func (p *Panel) overList() bool {
	_, ok := p.over.(*listOver)
	return ok
}
