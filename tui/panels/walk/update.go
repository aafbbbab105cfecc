package walk

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// Update handles a key, a mouse event, a tick of the walk, and what the root
// tells.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tickMsg:
		if !p.run.tick(msg) {
			return nil
		}
		p.stale = true
		return p.run.next(p.env, msg.at)
	case page.Shown:
		return p.run.wake(p.env)
	case page.Hidden:
		p.run.rest()
		p.drag = drag{}
		p.leave()
	case page.Left:
		p.leave()
	case page.Rethemed:
		p.stale = true
	case tea.KeyMsg:
		p.stale = true
		p.adopt()
		return p.key(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

// key does what a key means; what means nothing else is typed.
func (p *Panel) key(msg tea.KeyMsg) tea.Cmd {
	in := p.keys.intent(p.mode, msg)
	if in == none && p.mode == typing {
		p.field.Key(msg)
	}
	return p.do(in)
}
