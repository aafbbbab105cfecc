// Package h3 says where the cells of the H3 grid lie: the middle and the
// outline of each of them, at every resolution. It is written from the published
// description of the grid and agrees with h3-js to 1e-9 degrees.
//
// The grid is made of hexagons on the 20 faces of an icosahedron. On a face they
// are numbers of the lattice a + bω, where ω turns by 120°: finer resolutions,
// turns and steps over to the next face are then products and sums.
package h3

import (
	"math"
	"strconv"
)

// Cell is a cell of the grid.
type Cell uint64

// Point is a place in degrees.
type Point struct{ Lat, Lon float64 }

const maxResolution = 15

// Parse reads the name of a cell, hexadecimal as h3 writes it. It reports false
// for what is no cell.
func Parse(name string) (Cell, bool) {
	v, err := strconv.ParseUint(name, 16, 64)
	c := Cell(v)
	return c, err == nil && c.valid()
}

// Resolution is 0 for the largest cells to 15 for the smallest.
func (c Cell) Resolution() int { return int(c >> 52 & 15) }

func (c Cell) base() int { return int(c >> 45 & 127) }

// digit is the direction of a cell in the one of a resolution less, 0 = the
// middle.
func (c Cell) digit(resolution int) int { return int(c >> (3 * (maxResolution - resolution)) & 7) }

// leading is the first direction that is not the middle.
func (c Cell) leading() int {
	for r := 1; r <= c.Resolution(); r++ {
		if d := c.digit(r); d != 0 {
			return d
		}
	}
	return 0
}

// valid reports whether a number is a cell: it has a cell's mode, a base cell,
// directions down to its resolution and none below, and does not go where a
// pentagon has no hexagon.
func (c Cell) valid() bool {
	if c>>59 != 1 || c>>56&7 != 0 || c.base() >= len(baseCells) {
		return false
	}
	for r := 1; r <= maxResolution; r++ {
		if (c.digit(r) == 7) == (r <= c.Resolution()) {
			return false
		}
	}
	return !baseCells[c.base()].pentagon || c.leading() != 1
}

// Pentagon reports whether a cell is one of the twelve with five neighbours.
func (c Cell) Pentagon() bool { return baseCells[c.base()].pentagon && c.leading() == 0 }

// Center returns the middle of a cell.
func (c Cell) Center() Point {
	at, size := c.locate()
	return at.point(size.unit)
}

// Boundary returns the outline of a cell, anticlockwise, without the first
// point again at its end. Where a side crosses an edge of the icosahedron it
// bends, and has a point of its own.
func (c Cell) Boundary() []Point {
	at, size := c.locate()
	corner := number{2, 1}
	if c.Resolution()%2 == 1 {
		corner = corner.times(clockwise7)
	}
	at.at = at.at.times(number{3, 0})
	size = grid{size.unit * 3, size.side * 3}
	var corners []place
	for range 6 {
		corners = append(corners, place{at.face, at.at.plus(corner)})
		corner = corner.times(sixth)
	}
	o := outline{corners: corners, size: size, bends: c.Resolution()%2 == 1}
	if c.Pentagon() {
		o.corners = corners[:5]
		return o.pentagon()
	}
	return o.hexagon(at.face)
}

// grid is a lattice on the faces: what its unit is of that of resolution 0, and
// how far the corners of a face are from its middle.
type grid struct{ unit, side int }

// locate returns the middle of a cell on the face that it lies on, in the
// lattice of the next resolution that is not turned.
func (c Cell) locate() (place, grid) {
	b := &baseCells[c.base()]
	home := lattice(int(b.i), int(b.j), int(b.k))
	at, from := number{}, home
	res := c.Resolution()
	for r := 1; r <= res; r++ {
		finer := clockwise7
		if r%2 == 1 {
			finer = anticlockwise7
		}
		at, from = at.times(finer).plus(directions[c.digit(r)]), from.times(finer)
	}
	if b.pentagon && c.leading() == 5 {
		at = at.times(back)
	}
	at = at.plus(from)
	if res%2 == 1 {
		at, res = at.times(clockwise7), res+1
	}
	size := grid{unit: power7(res / 2), side: 2 * power7(res/2)}
	p := place{int(b.face), at}
	if !b.pentagon && (home == number{}) {
		return p, size // it cannot reach over the face
	}
	over := p.step(size, b.pentagon && c.leading() == 4)
	for b.pentagon && over == beyond {
		over = p.step(size, false)
	}
	return p, size
}

func power7(n int) int { return int(math.Pow(7, float64(n)) + .5) }
