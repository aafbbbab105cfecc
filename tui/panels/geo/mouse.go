package geo

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/mapview"
)

// mouse takes a mouse event: motion reads the map, the wheel zooms about the
// pointer, the left button drags or picks, the right one turns and tilts.
func (p *Panel) mouse(msg tea.MouseMsg) tea.Cmd {
	pressed := msg.Action == tea.MouseActionPress
	if z, ok := p.zones.At(msg.X, msg.Y); ok && pressed && msg.Button == tea.MouseButtonLeft && z.kind == keyShown {
		p.stale = true
		return p.do(z.does)
	}
	switch {
	case p.figs == nil:
		return nil
	case p.finder.open:
		if !pressed {
			return nil
		}
		p.stale = true
		if name, ok := p.finder.mouse(msg, p.zones); ok {
			return p.goTo(name)
		}
		return nil
	case p.menu.kind != closed:
		if !pressed {
			return nil
		}
		p.stale = true
		return p.do(p.menu.mouse(msg, p.zones, p.keys.choices(p.menu.kind, p.figs)))
	case msg.Action == tea.MouseActionRelease:
		p.release()
		return nil
	case p.drag.on && msg.Action == tea.MouseActionMotion && msg.Button != tea.MouseButtonNone:
		p.dragTo(msg.X, msg.Y)
		return nil
	case p.drag.on && msg.Action == tea.MouseActionMotion:
		p.drag = drag{} // The release was lost.
	}
	p.point(pointerAt(msg.X, msg.Y, p.area(), p.zones))
	switch {
	case !pressed:
	case msg.Button == tea.MouseButtonWheelUp, msg.Button == tea.MouseButtonWheelDown:
		by := zoomStep / 2
		if msg.Button == tea.MouseButtonWheelDown {
			by = -by
		}
		if v := p.viewport(p.camera.view); v.Area.Has(msg.X, msg.Y) {
			px, py := v.Pixel(msg.X, msg.Y)
			p.camera.set(v.Zoom(by, px, py))
		}
	case msg.Button == tea.MouseButtonLeft, msg.Button == tea.MouseButtonRight:
		return p.press(msg)
	}
	return nil
}

// point moves the mouse's pointer. The cursor stays until the mouse comes to
// the map.
func (p *sight) point(to pointer) {
	if to != p.pointer && (to.kind != nothing || p.pointer.kind != cursor) {
		p.pointer, p.stale = to, true
	}
}

func (p *sight) press(msg tea.MouseMsg) tea.Cmd {
	if z, ok := p.zones.At(msg.X, msg.Y); ok && msg.Button == tea.MouseButtonLeft {
		p.stale = true
		if z.kind == listedName {
			return p.goTo(z.index)
		}
		p.toggle(z.index)
		return nil
	}
	v := p.viewport(p.camera.view)
	if !v.Area.Has(msg.X, msg.Y) || p.figs.none() {
		return nil
	}
	p.camera.set(v.View)
	twice := p.drag.last.again(msg, p.env.Now())
	p.drag = newDrag(msg, v)
	if twice {
		px, py := v.Pixel(msg.X, msg.Y)
		return p.zoomAt(1, px, py)
	}
	p.drag.last = click{msg.X, msg.Y, msg.Button, p.env.Now()}
	return nil
}

// dragTo keeps the place that was grabbed under the pointer, or turns the
// view by how far the pointer went.
func (p *sight) dragTo(x, y int) {
	if p.drag.still(x, y) {
		return
	}
	p.drag.moved, p.pointer = true, pointer{}
	p.camera.set(p.drag.to(x, y, p.viewport(p.camera.view)))
}

// release ends a drag; where nothing was moved it was a click, which pins
// what is under the pointer, or lets go of what was.
func (p *sight) release() {
	d := p.drag
	if d.clicked() {
		p.pinned, p.stale = p.under(d.fromX, d.fromY), true
	}
	p.drag = drag{}
	if !d.moved {
		p.drag.last = d.last
	}
}

// under returns what is shown in a cell of the panel.
func (p *sight) under(x, y int) mapview.Pick {
	area, f := p.area(), p.frame()
	return p.painter.Under(area, &f, x-area.X, y-area.Y)
}
