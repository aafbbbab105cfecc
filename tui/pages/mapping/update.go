package mapping

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// Update takes a key, a mouse event, an answer or a tick.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	before := p.camera.view
	cmd := p.update(msg)
	if p.camera.view != before {
		p.stale = true
	}
	return cmd
}

func (p *Page) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case loaded:
		return p.loaded(msg)
	case flown:
		return p.camera.fly(p.env, msg, p.area())
	case page.Rethemed:
		p.stale = true
	case page.Hidden:
		p.camera.arrive()
	case page.Left:
		p.point(pointer{})
	case tea.KeyMsg:
		if p.finder.open {
			p.stale = true
			if stop, ok := p.finder.key(msg, p.keys.finder, p.scene); ok {
				return p.goTo(stop)
			}
			return nil
		}
		if p.menu.kind != closed {
			p.stale = true
			return p.do(p.menu.key(msg, &p.keys))
		}
		return p.do(p.keys.intent(msg))
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}
