package board

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// pointer is what the mouse is about.
type pointer struct {
	over *slot // that it was over last
	held *slot // in which a button went down
}

// Hovering reports whether a panel wants the pointer's motion.
func (b *Board) Hovering() bool {
	if b.bar.open() {
		return true
	}
	for _, s := range b.slots {
		if h, ok := s.impl.(page.Hoverer); ok && h.Hovering() {
			return true
		}
	}
	return false
}

// event gives an event to what is under the pointer. A drag stays that of
// the panel in which it began.
func (p *pointer) event(b *Board, m tea.MouseMsg) tea.Cmd {
	press := m.Action == tea.MouseActionPress
	if held := p.held; held != nil && !press {
		if m.Action == tea.MouseActionRelease {
			p.held = nil
		}
		left, top := b.origin(held)
		return give(held, m, left, top)
	}
	if b.offer != nil || b.chooser != nil {
		if press {
			b.offer, b.chooser, b.drawn = nil, nil, false
		}
		return nil
	}
	if b.bar.open() {
		b.drawn = false
		return b.choseIf(b.bar.menuMouse(m))
	}
	if press && m.Button == tea.MouseButtonLeft && m.Y < b.head() {
		b.drawn = false
		return b.choseIf(b.bar.click(m.X, m.Y))
	}
	s, left, top := b.at(m.X, m.Y)
	if s == nil {
		return tea.Batch(p.moveTo(nil), wheel(&b.stage, m))
	}
	leave := p.moveTo(s)
	if press && !tea.MouseEvent(m).IsWheel() {
		p.held, b.chord = s, false
		b.focusOn(s.index(), false)
	}
	if tea.MouseEvent(m).IsWheel() && still(s.panel.Kind) && !scrollsItself(s) || m.Alt {
		return tea.Batch(leave, wheel(&b.stage, m))
	}
	return tea.Batch(leave, give(s, m, left, top))
}

// scrollsItself reports whether a panel that is only read has more lines than
// it shows.
func scrollsItself(s *slot) bool {
	sizer, ok := s.impl.(interface{ Lines(int) int })
	return ok && sizer.Lines(s.cells.W) > s.cells.H
}

// give gives a panel an event in its own cells.
func give(s *slot, m tea.MouseMsg, left, top int) tea.Cmd {
	if s.shows() != "" {
		return nil
	}
	m.X = max(min(m.X-left, s.cells.W-1), 0)
	m.Y = max(min(m.Y-top, s.cells.H-1), 0)
	return s.update(m)
}

// moveTo tells the panel that the pointer was over that it has gone.
func (p *pointer) moveTo(s *slot) tea.Cmd {
	was := p.over
	p.over = s
	if was != nil && was != s {
		return was.update(page.Left{})
	}
	return nil
}

// wheel scrolls the page.
func wheel(b *stage, m tea.MouseMsg) tea.Cmd {
	switch m.Button {
	case tea.MouseButtonWheelUp:
		b.scrollBy(-3)
	case tea.MouseButtonWheelDown:
		b.scrollBy(3)
	}
	return nil
}
