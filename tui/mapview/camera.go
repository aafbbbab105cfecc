package mapview

import (
	"math"

	"github.com/authtabs/tabgate/tui/canvas"
)

// camera projects Web Mercator common space and heights to pixels of a
// picture, as deck.gl's WebMercatorViewport does: the eye is 1.5 picture
// heights from the middle of the picture.
type camera struct {
	view       View
	w, h       float64 // picture, in pixels of the web
	cx, cy     float64 // its middle, in common space
	scale      float64 // pixels a unit of common space
	meter      float64 // pixels a metre of height
	dist, near float64
	sin, cos   float64 // of the pitch
	bsin, bcos float64 // of the bearing
}

func newCamera(v View, w, h float64) camera {
	c := camera{view: v, w: w, h: h, dist: 1.5 * h, near: 0.15 * h}
	c.cx, c.cy = mercator(v.Lon, v.Lat)
	c.scale = math.Exp2(v.Zoom)
	c.meter = unitsPerMeter(v.Lat) * c.scale
	c.sin, c.cos = math.Sincos(v.Pitch * math.Pi / 180)
	c.bsin, c.bcos = math.Sincos(v.Bearing * math.Pi / 180)
	return c
}

// ground gives the pixels to the right and away from the middle of the
// picture of a place in common space, turned by the bearing, before the tilt.
func (c *camera) ground(x, y float64) (right, away float64) {
	dx, dy := (x-c.cx)*c.scale, (y-c.cy)*c.scale
	return dx*c.bcos - dy*c.bsin, dx*c.bsin + dy*c.bcos
}

// tilt gives the pixel, from the top left, of a place on the ground and a
// height in pixels, and how far it is from the eye. Behind the eye the
// distance is held at the near plane, so that what stands there is drawn
// large and off the picture rather than upside down.
func (c *camera) tilt(right, away, up float64) (at canvas.Vec, depth float64) {
	depth = c.dist + away*c.sin - up*c.cos
	f := c.dist / max(depth, c.near)
	return canvas.Vec{X: c.w/2 + right*f, Y: c.h/2 - (away*c.cos+up*c.sin)*f}, depth
}

// project is ground and tilt of a place in common space.
func (c *camera) project(x, y, up float64) (canvas.Vec, float64) {
	right, away := c.ground(x, y)
	return c.tilt(right, away, up)
}

// fromFoot is the square of the distance on the ground from the place below the
// eye. Upright things hide each other in the order of that distance, whatever
// their heights.
func (c *camera) fromFoot(s spot) float64 {
	right, away := c.ground(s.x, s.y)
	away += c.dist * c.sin
	return right*right + away*away
}

// offset is the inverse of tilt on the ground: where the pixel's ray meets it,
// in pixels to the right and away from the middle.
func (c *camera) offset(px, py float64) (right, away float64) {
	x, y := px-c.w/2, c.h/2-py
	away = y * c.dist / max(c.dist*c.cos-y*c.sin, c.near)
	return x * (c.dist + away*c.sin) / c.dist, away
}

// unproject gives the place on the ground, in common space, under a pixel.
func (c *camera) unproject(px, py float64) (x, y float64) {
	right, away := c.offset(px, py)
	dx, dy := right*c.bcos+away*c.bsin, -right*c.bsin+away*c.bcos
	return c.cx + dx/c.scale, c.cy + dy/c.scale
}

// anchored is v moved so that the place x, y of common space is under a pixel.
func anchored(v View, w, h, x, y, px, py float64) View {
	c := newCamera(v, w, h)
	atX, atY := c.unproject(px, py)
	p := unproject(c.cx+x-atX, c.cy+y-atY)
	v.Lon, v.Lat = p.Lon, p.Lat
	return v
}
