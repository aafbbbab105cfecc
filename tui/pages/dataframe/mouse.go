package dataframe

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3

// mouse does what a key does, by where it points.
func (f *Page) mouse(m tea.MouseMsg) tea.Cmd {
	f.layOut()
	f.leave()
	switch {
	case m.Action == tea.MouseActionRelease:
		f.letGo()
	case m.Action == tea.MouseActionMotion:
		if f.drags {
			f.point(m.X)
		} else {
			f.table.Drag(m.X, m.Y)
		}
	case tea.MouseEvent(m).IsWheel():
		f.wheel(m)
	case m.Button == tea.MouseButtonLeft:
		return f.click(m)
	}
	return nil
}

func (f *Page) click(m tea.MouseMsg) tea.Cmd {
	if a, ok := f.pen.zones.At(m.X, m.Y); ok {
		if a.change == nil {
			return f.key(page.Key(a.key))
		}
		a.change()
		f.refill()
		return nil
	}
	if f.choosing {
		f.choosing = f.menu.Has(m.X, m.Y)
		return nil
	}
	if in, ok := f.table.Press(m.X, m.Y, m.Shift); ok {
		return f.act(in)
	}
	if f.plot.Contains(m.X, m.Y) {
		f.drags = true
		f.point(m.X)
	}
	return nil
}

func (f *Page) wheel(m tea.MouseMsg) {
	by, sideways := wheelRows, m.Shift
	switch m.Button {
	case tea.MouseButtonWheelUp:
		by = -by
	case tea.MouseButtonWheelLeft:
		by, sideways = -by, true
	case tea.MouseButtonWheelRight:
		sideways = true
	}
	one := min(max(by, -1), 1)
	switch {
	case f.choosing && f.menu.Has(m.X, m.Y):
		f.regions.move(by)
	case f.plot.Contains(m.X, m.Y):
		f.table.MoveTo(f.table.Row, f.table.Col+one)
	case sideways:
		f.table.Scroll(0, one)
	default:
		f.table.Scroll(by, 0)
	}
}

// hovered takes motion without a button, and reports whether anything is shown
// otherwise.
func (f *Page) hovered(m tea.MouseMsg) (changed bool) {
	f.letGo() // The release was lost.
	f.layOut()
	if f.choosing {
		f.leave()
		return f.regions.pointed(f.menu, m.X, m.Y)
	}
	now := f.under(m.X, m.Y)
	changed = now != f.hover
	f.hover = now
	return changed
}
