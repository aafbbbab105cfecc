package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// mouse routes one mouse event by what is under the pointer: a box, the tab
// bar, the footer, else the page, whose own row 0 is below the tab bar.
func (r *Root) mouse(msg tea.MouseMsg) tea.Cmd {
	press := msg.Action == tea.MouseActionPress
	if r.dragging && !press {
		return r.pageMouse(msg, false) // whatever came above the page meanwhile
	}
	if r.tooSmall() || press && r.deaf() {
		return nil
	}
	click := press && msg.Button == tea.MouseButtonLeft
	r.dragging = r.dragging && !click // the release of the one before got lost
	panels := r.panels(r.nowhere())
	for i := len(panels) - 1; i >= 0; i-- {
		if act, inside := panels[i].at(msg.X, msg.Y); inside && (click || act == nil && !tea.MouseEvent(msg).IsWheel()) {
			return tea.Batch(r.left(), run(act))
		}
	}
	if msg.Y == r.height-1 && click {
		return r.clickOn(r.footer, msg.X, 0)
	}
	if r.box != nil {
		return r.roll(msg)
	}
	if msg.Y == 0 && click {
		return r.clickOn(r.tabBar, msg.X, 0)
	}
	return r.pageMouse(msg, click)
}

// Hovering says whether the shown page wants the pointer's motion.
func (r *Root) Hovering() bool {
	if r.box != nil || r.tooSmall() {
		return false
	}
	h, ok := r.current().(page.Hoverer)
	return ok && h.Hovering()
}

// left tells the page that the pointer which moved over it does so no more.
func (r *Root) left() tea.Cmd {
	p := r.current()
	if !r.hovered || p == nil {
		return nil
	}
	r.hovered = false
	return p.Update(page.Left{})
}

func run(act action) tea.Cmd {
	if act == nil {
		return nil
	}
	return act()
}

// clickOn clicks at x, y of a drawing.
func (r *Root) clickOn(draw func(*cell.Grid) []hit, x, y int) tea.Cmd {
	act, _ := panel{w: r.width, h: r.height, hits: draw(r.nowhere())}.at(x, y)
	return run(act)
}

func (r *Root) roll(msg tea.MouseMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		r.box.wheel(r, 3)
	case tea.MouseButtonWheelUp:
		r.box.wheel(r, -3)
	}
	return nil
}

// pageMouse gives an event to the page. A drag that began in the page stays
// the page's until the button is up, wherever the pointer goes.
func (r *Root) pageMouse(msg tea.MouseMsg, click bool) tea.Cmd {
	inside := msg.Y > 0 && msg.Y < r.height-1
	if !inside && !r.dragging {
		return r.left()
	}
	switch {
	case click:
		r.dragging, r.toast = true, toast{}
	case msg.Action == tea.MouseActionRelease:
		r.dragging = false
	}
	if p := r.current(); p != nil {
		r.hovered = r.hovered || msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone
		msg.X = max(min(msg.X, r.width-1), 0)
		msg.Y = max(min(msg.Y-1, r.pageHeight()-1), 0)
		return p.Update(msg)
	}
	if click {
		return r.clickOn(r.lockedCard, msg.X, msg.Y-1)
	}
	return nil
}
