package geo

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/mapview"
)

// pointer is the cell of the panel that the read-out is about.
type pointer struct {
	kind pointing
	x, y int
	stop int // over the list of names: which one
}

type pointing int

const (
	nothing pointing = iota
	mouse
	cursor
	list // the mouse, on a name in the side bar
)

// pointerAt is the mouse's pointer in a cell of the panel.
func pointerAt(x, y int, area rect, z zones) pointer {
	if area.Has(x, y) {
		return pointer{kind: mouse, x: x, y: y}
	}
	if z, ok := z.At(x, y); ok && z.kind == listedName {
		return pointer{kind: list, stop: z.index}
	}
	return pointer{}
}

// on returns the pixel of the map under the pointer.
func (p pointer) on(v mapview.Viewport) (px, py float64, ok bool) {
	if p.kind == nothing || !v.Area.Has(p.x, p.y) {
		return 0, 0, false
	}
	px, py = v.Pixel(p.x, p.y)
	return px, py, true
}

// steered is the cursor moved within a map. It starts in the middle.
func (p pointer) steered(dx, dy int, area rect) pointer {
	if !area.Has(p.x, p.y) {
		p.x, p.y = area.X+area.W/2, area.Y+area.H/2
	}
	p.kind = cursor
	p.x = min(max(p.x+dx, area.X), max(area.X+area.W-1, area.X))
	p.y = min(max(p.y+dy, area.Y), max(area.Y+area.H-1, area.Y))
	return p
}

// drag is a button held down since it was pressed on the map.
type drag struct {
	on, moved    bool
	turning      bool // the right button, or one with ctrl or alt: turn and tilt
	fromX, fromY int
	grabbed      mapview.Anchor
	view         mapview.View // when it began
	last         click        // the press before this one, or this one
}

// newDrag begins a drag where a button is pressed.
func newDrag(msg tea.MouseMsg, v mapview.Viewport) drag {
	return drag{
		on: true, turning: msg.Button == tea.MouseButtonRight || msg.Ctrl || msg.Alt,
		fromX: msg.X, fromY: msg.Y, view: v.View, grabbed: v.Grab(v.Pixel(msg.X, msg.Y)),
	}
}

// still reports whether the pointer has not left the cell of the press.
func (d drag) still(x, y int) bool { return x == d.fromX && y == d.fromY && !d.moved }

// clicked reports whether releasing now makes a click that picks. The second
// click of two has zoomed instead.
func (d drag) clicked() bool {
	return d.on && !d.moved && !d.turning && d.last.at != (time.Time{})
}

// to is the view with the grabbed place under the pointer, or turned by how far
// the pointer went.
func (d drag) to(x, y int, v mapview.Viewport) mapview.View {
	if d.turning {
		turned := d.view
		turned.Bearing += float64(x-d.fromX) * 2
		turned.Pitch += float64(d.fromY-y) * 3
		return turned
	}
	px, py := v.Pixel(x, y)
	return v.Drag(d.grabbed, px, py)
}

// click is a press of a button, to know a double click by.
type click struct {
	x, y   int
	button tea.MouseButton
	at     time.Time
}

// twoClicks is how quickly the second must follow the first.
const twoClicks = 400 * time.Millisecond

// again reports whether a press makes a double click with the one before.
func (c click) again(msg tea.MouseMsg, now time.Time) bool {
	return msg.Button == tea.MouseButtonLeft && c.button == msg.Button && c.x == msg.X && c.y == msg.Y && now.Sub(c.at) < twoClicks
}
