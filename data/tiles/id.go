package tiles

import "github.com/authtabs/tabgate/data/land"

// Point is a place in the common space of Web Mercator: 0 to 512 to the east and
// to the north.
type Point = land.Point

func pt(x, y float64) Point { return Point{X: x, Y: y} }

// MaxZoom is the finest zoom that a tile may have.
const MaxZoom = 26

// world is the side of common space.
const world = 512

// ID names a tile: zoom, and columns and rows from the north-west.
type ID struct{ Z, X, Y int }

// Valid reports whether there is such a tile.
func (t ID) Valid() bool {
	return t.Z >= 0 && t.Z <= MaxZoom && t.X >= 0 && t.Y >= 0 && t.X < 1<<t.Z && t.Y < 1<<t.Z
}

// Side is the side of a tile in common space.
func (t ID) Side() float64 { return world / float64(int(1)<<t.Z) }

// Box returns the south-western and the north-eastern corner of a tile.
func (t ID) Box() (lo, hi Point) {
	s := t.Side()
	return pt(float64(t.X)*s, world-float64(t.Y+1)*s), pt(float64(t.X+1)*s, world-float64(t.Y)*s)
}
