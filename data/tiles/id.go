package tiles

// Point is a place in the common space of Web Mercator: 0 to 512 to the east and
// to the north.
type Point struct{ X, Y float64 }

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
	return Point{float64(t.X) * s, world - float64(t.Y+1)*s}, Point{float64(t.X+1) * s, world - float64(t.Y)*s}
}

// place is the number of a tile in archives: after all tiles of the zooms
// before, along the Hilbert curve of its own.
func (t ID) place() uint64 {
	id := (uint64(1)<<(2*t.Z) - 1) / 3
	x, y := uint64(t.X), uint64(t.Y)
	for s := uint64(1) << t.Z / 2; s > 0; s /= 2 {
		var rx, ry uint64
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		id += s * s * ((3 * rx) ^ ry)
		if ry == 0 {
			if rx == 1 {
				x, y = s-1-x, s-1-y // the lower bits are all that counts from here
			}
			x, y = y, x
		}
	}
	return id
}
