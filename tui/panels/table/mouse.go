package table

import (
	tea "github.com/charmbracelet/bubbletea"
)

// wheelRows is how far one notch of the wheel goes.
const wheelRows = 3

// mouse does what a key does, by where it points, and reports whether anything
// changed.
func (p *Panel) mouse(m tea.MouseMsg) (tea.Cmd, bool) {
	p.layOut()
	switch {
	case m.Action == tea.MouseActionRelease:
		held := p.grid().Held()
		p.grid().Release()
		return nil, held
	case m.Action == tea.MouseActionMotion:
		return nil, p.grid().Held() && p.grid().Drag(m.X, m.Y)
	case tea.MouseEvent(m).IsWheel():
		p.wheel(m)
		return nil, true
	case m.Button == tea.MouseButtonLeft:
		return p.click(m), true
	}
	return nil, false
}

func (p *Panel) click(m tea.MouseMsg) tea.Cmd {
	if do, ok := p.pen.zones.At(m.X, m.Y); ok {
		return do()
	}
	if p.over != nil {
		p.over = nil
		return nil
	}
	in, _ := p.grid().Press(m.X, m.Y, m.Shift)
	if p.sub != nil {
		return subAct(p, in)
	}
	if in.Sort {
		return p.sortBy(m.Shift || m.Ctrl)
	}
	return p.act(in)
}

func (p *Panel) wheel(m tea.MouseMsg) {
	by, sideways := wheelRows, m.Shift
	switch m.Button {
	case tea.MouseButtonWheelUp:
		by = -by
	case tea.MouseButtonWheelLeft:
		by, sideways = -by, true
	case tea.MouseButtonWheelRight:
		sideways = true
	}
	switch {
	case p.over != nil:
		p.over.wheel(by)
	case sideways:
		p.grid().Scroll(0, min(max(by, -1), 1))
	default:
		p.grid().Scroll(by, 0)
	}
}
