package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// pointer is the cell of the page that the read-out is about.
type pointer struct {
	kind pointing
	x, y int
}

type pointing int

const (
	nothing pointing = iota
	mouse
	cursor
)

// drag is a button held down since it was pressed on the map.
type drag struct {
	on, moved    bool
	turning      bool // the right button: turn and tilt
	fromX, fromY int
	x, y         float64 // the place grabbed, in common space
	view         View    // when it began
}

// zone is a part of the page that a click acts on: a layer's check box, or a
// stop to go to.
type zone struct {
	rect
	kind  zoneKind
	index int // of the layer, or of the stop
}

type zoneKind int

const (
	checkBox zoneKind = iota
	listedStop
)

// zoneAt gives the topmost zone of a cell.
func (a *atlas) zoneAt(x, y int) (zone, bool) {
	for i := len(a.zones) - 1; i >= 0; i-- {
		if a.zones[i].has(x, y) {
			return a.zones[i], true
		}
	}
	return zone{}, false
}

// pointed gives the pixel of the map under the pointer.
func (a *atlas) pointed() (px, py float64, ok bool) {
	m := a.arrange().area
	if a.pointer.kind == nothing || !m.has(a.pointer.x, a.pointer.y) {
		return 0, 0, false
	}
	px, py = a.pixel(a.pointer.x, a.pointer.y)
	return px, py, true
}

// pixel gives the pixel of the map in the middle of a cell of the page.
func (a *atlas) pixel(x, y int) (px, py float64) {
	m := a.arrange().area
	w, h := picture(m.w, m.h)
	return (float64(x-m.x) + .5) * w / float64(max(m.w, 1)), (float64(y-m.y) + .5) * h / float64(max(m.h, 1))
}

// steer moves the cursor, which starts in the middle. Shift takes it five
// cells at once.
func (a *atlas) steer(msg tea.KeyMsg) {
	m := a.arrange().area
	if a.pointer.kind != cursor || !m.has(a.pointer.x, a.pointer.y) {
		if !m.has(a.pointer.x, a.pointer.y) {
			a.pointer.x, a.pointer.y = m.x+m.w/2, m.y+m.h/2
		}
		a.pointer.kind = cursor
	}
	step := 1
	if len(msg.String()) > 1 {
		step = 5
	}
	k := a.keys
	switch {
	case key.Matches(msg, k.cUp):
		a.pointer.y -= step
	case key.Matches(msg, k.cDown):
		a.pointer.y += step
	case key.Matches(msg, k.cLeft):
		a.pointer.x -= step
	case key.Matches(msg, k.cRight):
		a.pointer.x += step
	}
	a.pointer.x = min(max(a.pointer.x, m.x), max(m.x+m.w-1, m.x))
	a.pointer.y = min(max(a.pointer.y, m.y), max(m.y+m.h-1, m.y))
	a.stale = true
}

// mouse takes a mouse event: the wheel zooms about the pointer, the left
// button drags or picks, the right one turns and tilts.
func (a *atlas) mouse(msg tea.MouseMsg) tea.Cmd {
	if a.mode == finding {
		return a.finderMouse(msg)
	}
	if !a.ready() {
		return nil
	}
	if msg.Action == tea.MouseActionRelease {
		a.release()
		return nil
	}
	if a.drag.on && msg.Action == tea.MouseActionMotion {
		a.dragTo(msg.X, msg.Y)
		return nil
	}
	a.pointAt(msg.X, msg.Y)
	if msg.Action != tea.MouseActionPress {
		return nil
	}
	switch msg.Button {
	case tea.MouseButtonWheelUp, tea.MouseButtonWheelDown:
		a.wheel(msg)
	case tea.MouseButtonLeft, tea.MouseButtonRight:
		return a.press(msg)
	}
	return nil
}

// pointAt moves the pointer to a cell of the page.
func (a *atlas) pointAt(x, y int) {
	to := pointer{mouse, x, y}
	if !a.arrange().area.has(x, y) {
		to = pointer{}
	}
	if to != a.pointer && (to.kind == mouse || a.pointer.kind == mouse) {
		a.pointer, a.stale = to, true
	}
}

func (a *atlas) wheel(msg tea.MouseMsg) {
	if !a.arrange().area.has(msg.X, msg.Y) {
		return
	}
	by := 0.25
	if msg.Button == tea.MouseButtonWheelDown {
		by = -by
	}
	w, h := a.pictureSize()
	px, py := a.pixel(msg.X, msg.Y)
	a.flight.land()
	a.move(zoomedAbout(a.view, by, w, h, px, py))
}

func (a *atlas) press(msg tea.MouseMsg) tea.Cmd {
	if z, ok := a.zoneAt(msg.X, msg.Y); ok && msg.Button == tea.MouseButtonLeft {
		if z.kind == listedStop {
			return a.goTo(z.index)
		}
		a.toggle(z.index)
		return nil
	}
	if !a.arrange().area.has(msg.X, msg.Y) || a.layers.none() {
		return nil
	}
	w, h := a.pictureSize()
	c := newCamera(a.view, w, h)
	d := drag{on: true, turning: msg.Button == tea.MouseButtonRight, fromX: msg.X, fromY: msg.Y, view: a.view}
	d.x, d.y = c.unproject(a.pixel(msg.X, msg.Y))
	a.drag = d
	a.flight.land()
	return nil
}

// dragTo keeps the place that was grabbed under the pointer, or turns the
// view by how far the pointer went.
func (a *atlas) dragTo(x, y int) {
	d := &a.drag
	if x == d.fromX && y == d.fromY && !d.moved {
		return
	}
	d.moved = true
	a.pointer = pointer{}
	if d.turning {
		v := d.view
		v.Bearing += float64(x-d.fromX) * 2
		v.Pitch += float64(d.fromY-y) * 3
		a.move(v)
		return
	}
	w, h := a.pictureSize()
	px, py := a.pixel(x, y)
	a.move(anchored(a.view, w, h, d.x, d.y, px, py))
}

// release ends a drag; where nothing was moved it was a click, which pins
// what is under the pointer, or lets go of what was.
func (a *atlas) release() {
	if a.drag.on && !a.drag.moved && !a.drag.turning {
		a.pinned = a.under(a.drag.fromX, a.drag.fromY)
		a.stale = true
	}
	a.drag = drag{}
}
