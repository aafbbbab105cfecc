package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/page"
)

// mouse routes one mouse event by what is under the pointer: a notice, a box,
// the tab bar, the footer, else the page, whose own row 0 is below the tab bar.
func (r *Root) mouse(msg tea.MouseMsg) tea.Cmd {
	press := msg.Action == tea.MouseActionPress
	if r.pointer.dragging && !press {
		return r.pageMouse(msg, false) // whatever came above the page meanwhile
	}
	if r.tooSmall() || press && r.inputBlocked.at(r.env.Now()) {
		return nil
	}
	click := press && msg.Button == tea.MouseButtonLeft
	r.pointer.dragging = r.pointer.dragging && !click // the release of the one before got lost
	switch {
	case click && r.footer().Covers(msg.Y, r.height):
		return tea.Batch(r.pointerLeft(), r.do(bars.Intent{Clear: true}))
	case click && msg.Y == r.height-1:
		foot := r.footer()
		line := foot.Bar()
		return r.do(line.Hit(msg.X))
	case r.box != nil:
		return r.boxMouse(msg, click)
	case click && msg.Y == 0:
		bar := r.tabBar()
		return r.do(bar.Hit(msg.X))
	}
	return r.pageMouse(msg, click)
}

// do does what a click on a bar asks for.
func (r *Root) do(i bars.Intent) tea.Cmd {
	switch {
	case i.Clear:
		r.notice = bars.Notice{}
	case i.Tab > 0:
		return r.show(i.Tab - 1)
	}
	return r.press(i.Key)
}

// boxMouse gives an event to the box that is open: the wheel scrolls it, and a
// click means a key.
func (r *Root) boxMouse(msg tea.MouseMsg, click bool) tea.Cmd {
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		r.box.Wheel(3)
		return nil
	case tea.MouseButtonWheelUp:
		r.box.Wheel(-3)
		return nil
	}
	p := r.box.Panel()
	name, inside := p.Hit(msg.X, msg.Y-1)
	if !inside {
		return nil
	}
	left := r.pointerLeft()
	if !click || name == "" {
		return left
	}
	if p.Closes {
		left = tea.Batch(left, r.closeBox())
	}
	return tea.Batch(left, r.press(name))
}

// Hovering reports whether the shown page wants the pointer's motion.
func (r *Root) Hovering() bool {
	if r.box != nil || r.tooSmall() {
		return false
	}
	h, ok := r.tabs.current().(page.Hoverer)
	return ok && h.Hovering()
}

// pointerLeft tells the page that the pointer which moved over it does so no
// more.
func (r *Root) pointerLeft() tea.Cmd {
	p := r.tabs.current()
	if !r.pointer.hovered || p == nil {
		return nil
	}
	r.pointer.hovered = false
	return p.Update(page.Left{})
}

// pageMouse gives an event to the page. A drag that began in the page stays
// the page's until the button is up, wherever the pointer goes.
func (r *Root) pageMouse(msg tea.MouseMsg, click bool) tea.Cmd {
	inside := msg.Y > 0 && msg.Y <= r.pageHeight()
	if !inside && !r.pointer.dragging {
		return r.pointerLeft()
	}
	switch {
	case click:
		r.pointer.dragging, r.notice = true, bars.Notice{}
	case msg.Action == tea.MouseActionRelease:
		r.pointer.dragging = false
	}
	if p := r.tabs.current(); p != nil {
		r.pointer.hovered = r.pointer.hovered || msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonNone
		msg.X = max(min(msg.X, r.width-1), 0)
		msg.Y = max(min(msg.Y-1, r.pageHeight()-1), 0)
		return p.Update(msg)
	}
	if click {
		card := r.locked()
		name, _ := card.Hit(msg.X, msg.Y-1)
		return r.press(name)
	}
	return nil
}
