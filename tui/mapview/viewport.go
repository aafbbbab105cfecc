package mapview

import (
	"github.com/authtabs/tabgate/tui/cell"
)

// Viewport is a view on a part of a grid.
type Viewport struct {
	View View
	Area cell.Rect
}

// Anchor is a place of common space and a pixel of the map: the place stays
// under the pixel while the view moves.
type Anchor struct{ x, y, px, py float64 }

// Pixel returns the pixel of the map in the middle of a cell of the grid.
func (v Viewport) Pixel(x, y int) (px, py float64) {
	w, h := Picture(v.Area.W, v.Area.H)
	return (float64(x-v.Area.X) + .5) * w / float64(max(v.Area.W, 1)), (float64(y-v.Area.Y) + .5) * h / float64(max(v.Area.H, 1))
}

// Middle returns the pixel in the middle of the map.
func (v Viewport) Middle() (px, py float64) {
	w, h := Picture(v.Area.W, v.Area.H)
	return w / 2, h / 2
}

// camera is the camera of a map that has a size.
func (v Viewport) camera() (c camera, ok bool) {
	w, h := Picture(v.Area.W, v.Area.H)
	return newCamera(v.View, w, h), w > 0
}

// Place returns the place under a pixel.
func (v Viewport) Place(px, py float64) Point {
	c, _ := v.camera()
	return unproject(c.unproject(px, py))
}

// Grab returns the place under a pixel as an anchor.
func (v Viewport) Grab(px, py float64) Anchor {
	c, _ := v.camera()
	x, y := c.unproject(px, py)
	return Anchor{x, y, px, py}
}

// Drag is the view moved so that an anchor's place is under a pixel.
func (v Viewport) Drag(a Anchor, px, py float64) View {
	c, ok := v.camera()
	if !ok {
		return v.View
	}
	return anchored(v.View, c.w, c.h, a.x, a.y, px, py)
}

// Shift is the view an eighth of the map to the right and down.
func (v Viewport) Shift(right, down float64) View {
	px, py := v.Middle()
	return v.Center(px+right*px/4, py+down*py/4)
}

// Center is the view with the place under a pixel in the middle.
func (v Viewport) Center(px, py float64) View {
	mx, my := v.Middle()
	return v.Drag(v.Grab(px, py), mx, my)
}

// Zoom is the view nearer or farther, within the limits of zooming, with the
// place under a pixel where it is.
func (v Viewport) Zoom(by, px, py float64) View {
	a := v.Grab(px, py)
	if _, ok := v.camera(); !ok {
		return v.View
	}
	v.View.Zoom = min(max(v.View.Zoom+by, minZoom), maxZoom)
	return v.Drag(a, px, py)
}

// Cell returns the cell of the grid that shows a place; ok is false where it is
// behind the eye or not on the map.
func (v Viewport) Cell(lon, lat float64) (col, row int, ok bool) {
	c, ok := v.camera()
	if !ok {
		return 0, 0, false
	}
	x, y := mercator(lon, lat)
	at, depth := c.project(x, y, 0)
	if depth <= c.near || at.X < 0 || at.Y < 0 || at.X >= c.w || at.Y >= c.h {
		return 0, 0, false
	}
	return v.Area.X + int(at.X/c.w*float64(v.Area.W)), v.Area.Y + int(at.Y/c.h*float64(v.Area.H)), true
}
