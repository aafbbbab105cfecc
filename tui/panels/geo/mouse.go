package geo

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
)

// drag is a held button: what it moves, and from where.
type drag struct {
	held, turns, went bool
	from              mapview.Anchor
	x, y              int
	view              mapview.View // when it began
}

// mouse handles the mouse, in the panel's own cells, and reports whether the
// panel looks otherwise then.
func (p *Panel) mouse(msg tea.MouseMsg) (tea.Cmd, bool) {
	if p.figs == nil || p.area.W == 0 {
		return nil, false
	}
	if press := msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft; p.box.open && press {
		if !holds(p.boxed, msg.X, msg.Y) {
			p.box.open = false
		} else {
			p.box.click(p.figs, p.area, msg.Y)
		}
		return nil, true
	}
	v := mapview.Viewport{View: p.view, Area: p.area}
	px, py := v.Pixel(msg.X, msg.Y)
	switch {
	case msg.Button == tea.MouseButtonWheelUp:
		p.move(v.Zoom(zoomStep/2, px, py))
	case msg.Button == tea.MouseButtonWheelDown:
		p.move(v.Zoom(-zoomStep/2, px, py))
	case msg.Action == tea.MouseActionPress && msg.Button == tea.MouseButtonLeft && holds(p.area, msg.X, msg.Y):
		p.drag = drag{held: true, turns: msg.Ctrl || msg.Alt, from: v.Grab(px, py), x: msg.X, y: msg.Y, view: p.view}
	case msg.Action == tea.MouseActionRelease && p.drag.held:
		if !p.drag.went {
			p.picked = p.under(msg.X, msg.Y)
		}
		p.drag = drag{}
	case msg.Action == tea.MouseActionMotion && p.drag.held:
		p.drag.went = p.drag.went || msg.X != p.drag.x || msg.Y != p.drag.y
		if p.drag.turns {
			to := p.drag.view
			to.Bearing += float64(msg.X-p.drag.x) * 2
			to.Pitch += float64(p.drag.y-msg.Y) * 3
			p.move(to)
		} else if p.drag.went {
			p.move(v.Drag(p.drag.from, px, py))
		}
	case msg.Action == tea.MouseActionMotion:
		before := p.hover
		p.hover = p.under(msg.X, msg.Y)
		return nil, before != p.hover
	default:
		return nil, false
	}
	return nil, true
}

func holds(r cell.Rect, x, y int) bool {
	return x >= r.X && y >= r.Y && x < r.X+r.W && y < r.Y+r.H
}

// under is what is drawn in a cell of the panel.
func (p *Panel) under(x, y int) mapview.Pick {
	if !holds(p.area, x, y) {
		return mapview.Pick{}
	}
	return p.painter.Under(p.area, p.frame(), x-p.area.X, y-p.area.Y)
}
