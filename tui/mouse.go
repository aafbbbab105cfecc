package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/canvas"
)

// mouse routes one mouse event by what is under the pointer: a box, the tab
// bar, the footer, else the page, whose own row 0 is below the tab bar.
func (r *Root) mouse(msg tea.MouseMsg) tea.Cmd {
	press := msg.Action == tea.MouseActionPress
	if r.tooSmall() || press && r.deaf() {
		return nil
	}
	click := press && msg.Button == tea.MouseButtonLeft
	panels := r.panels()
	for i := len(panels) - 1; i >= 0; i-- {
		if act, inside := panels[i].at(msg.X, msg.Y); inside && (click || act == nil && !tea.MouseEvent(msg).IsWheel()) {
			return run(act)
		}
	}
	if msg.Y == r.height-1 && click {
		return r.clickOn(r.footer, msg.X, 0)
	}
	if r.box != nil {
		return r.roll(msg)
	}
	if msg.Y == 0 && click && !r.dragging {
		return r.clickOn(r.tabBar, msg.X, 0)
	}
	return r.pageMouse(msg, click)
}

func run(act action) tea.Cmd {
	if act == nil {
		return nil
	}
	return act()
}

// clickOn clicks at x, y of a drawing.
func (r *Root) clickOn(draw func() (*canvas.Grid, []hit), x, y int) tea.Cmd {
	g, hits := draw()
	act, _ := panel{grid: g, hits: hits}.at(x, y)
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
		return nil
	}
	switch {
	case click:
		r.dragging, r.toast = true, toast{}
	case msg.Action == tea.MouseActionRelease:
		r.dragging = false
	}
	if p := r.current(); p != nil {
		msg.X = min(max(msg.X, 0), r.width-1)
		msg.Y = min(max(msg.Y-1, 0), r.pageHeight()-1)
		return p.Update(msg)
	}
	if click {
		return r.clickOn(r.lockedCard, msg.X, msg.Y-1)
	}
	return nil
}
