package mapping

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// pointer is the cell of the page that the read-out is about.
type pointer struct {
	kind pointing
	x, y int
	stop int // over the list of stops: which one
}

type pointing int

const (
	nothing pointing = iota
	mouse
	cursor
	list // the mouse, on a stop in the panel
)

// drag is a button held down since it was pressed on the map.
type drag struct {
	on, moved    bool
	turning      bool // the right button, or one with ctrl or alt: turn and tilt
	fromX, fromY int
	x, y         float64 // the place grabbed, in common space
	view         View    // when it began
	last         click   // the press before this one, or this one
}

// target is what a click outside the map means: a layer's check box, or a stop
// to go to.
type target struct {
	kind  targetKind
	index int // of the layer, or of the stop
}

type targetKind int

const (
	checkBox targetKind = iota
	listedStop
)

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

// Hovering says that the page shows what is under the mouse: it wants all
// motion, except while a name is typed.
func (a *atlas) Hovering() bool { return a.ready() && a.mode == looking && !a.layers.none() }

// mouse takes a mouse event: motion reads the map, the wheel zooms about the
// pointer, the left button drags or picks, the right one turns and tilts.
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
		if msg.Button != tea.MouseButtonNone {
			a.dragTo(msg.X, msg.Y)
			return nil
		}
		a.drag = drag{} // The release was lost.
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
	if a.arrange().area.has(x, y) {
		a.point(pointer{kind: mouse, x: x, y: y})
	} else if z, ok := a.zones.At(x, y); ok && z.kind == listedStop {
		a.point(pointer{kind: list, stop: z.index})
	} else {
		a.point(pointer{})
	}
}

// point moves the mouse's pointer. The cursor stays until the mouse comes to
// the map.
func (a *atlas) point(to pointer) {
	if to != a.pointer && (to.kind != nothing || a.pointer.kind != cursor) {
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
	if z, ok := a.zones.At(msg.X, msg.Y); ok && msg.Button == tea.MouseButtonLeft {
		if z.kind == listedStop {
			return a.goTo(z.index)
		}
		a.toggle(z.index)
		return nil
	}
	if !a.arrange().area.has(msg.X, msg.Y) || a.layers.none() {
		return nil
	}
	a.flight.land()
	twice := a.drag.last.again(msg, a.env.Now())
	w, h := a.pictureSize()
	c := newCamera(a.view, w, h)
	d := drag{on: true, turning: msg.Button == tea.MouseButtonRight || msg.Ctrl || msg.Alt, fromX: msg.X, fromY: msg.Y, view: a.view}
	d.x, d.y = c.unproject(a.pixel(msg.X, msg.Y))
	a.drag = d
	if twice {
		px, py := a.pixel(msg.X, msg.Y)
		return a.zoomAt(1, px, py)
	}
	a.drag.last = click{msg.X, msg.Y, msg.Button, a.env.Now()}
	return nil
}

// click is a press of a button, to know a double click by.
type click struct {
	x, y   int
	button tea.MouseButton
	at     time.Time
}

// twoClicks is how quickly the second must follow the first.
const twoClicks = 400 * time.Millisecond

// again tells whether a press makes a double click with the one before.
func (c click) again(msg tea.MouseMsg, now time.Time) bool {
	return msg.Button == tea.MouseButtonLeft && c.button == msg.Button && c.x == msg.X && c.y == msg.Y && now.Sub(c.at) < twoClicks
}

// dragTo keeps the place that was grabbed under the pointer, or turns the
// view by how far the pointer went.
func (a *atlas) dragTo(x, y int) {
	d := &a.drag
	if x == d.fromX && y == d.fromY && !d.moved {
		return
	}
	d.moved = true
	a.flight.land()
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
// what is under the pointer, or lets go of what was. The second click of two
// has zoomed instead.
func (a *atlas) release() {
	d := a.drag
	if d.on && !d.moved && !d.turning && d.last.at != (time.Time{}) {
		a.pinned = a.under(d.fromX, d.fromY)
		a.stale = true
	}
	a.drag = drag{}
	if !d.moved {
		a.drag.last = d.last
	}
}
