package h3

import "math"

// number is a + bω: a place on the lattice of a face, from its middle.
type number struct{ a, b int }

// What turns and what makes finer, and the directions of a cell's children.
var (
	sixth          = number{1, 1}  // turns by 60°, anticlockwise
	back           = number{0, -1} // the same, clockwise
	anticlockwise7 = number{2, -1} // seven times finer, for odd resolutions
	clockwise7     = number{3, 1}  // the same, for even ones
	directions     = [8]number{{0, 0}, {-1, -1}, {0, 1}, {-1, 0}, {1, 0}, {0, -1}, {1, 1}}
)

func (n number) plus(m number) number { return number{n.a + m.a, n.b + m.b} }

// times is the product; ω² = -1 - ω.
func (n number) times(m number) number {
	return number{n.a*m.a - n.b*m.b, n.a*m.b + n.b*m.a - n.b*m.b}
}

// lattice is a place by steps along the three axes of a face.
func lattice(i, j, k int) number { return number{i - k, j - k} }

// The sides of a face: between its first and second axis, third and first,
// second and third.
const (
	sideIJ = iota
	sideKI
	sideJK
)

// height is how far a place is towards a side; the corners of that side have
// the distance of the corners from the middle.
func height(side int, a, b float64) float64 {
	switch side {
	case sideIJ:
		return a + b
	case sideKI:
		return a - 2*b
	}
	return b - 2*a
}

// side is the side that a place lies towards.
func (n number) side() int {
	switch least := min(n.a, n.b, 0); {
	case least == 0:
		return sideIJ
	case n.b > least:
		return sideJK
	}
	return sideKI
}

// across are the turns, in sixths, and the way of the origin over each side, to
// the faces around the poles and to those between them.
var across = [2][3]struct {
	turns int
	way   number
}{
	{{1, number{0, -2}}, {5, number{2, 2}}, {3, number{-2, 0}}},
	{{3, number{2, 2}}, {3, number{0, -2}}, {3, number{-2, 0}}},
}

// place is a place on a face.
type place struct {
	face int
	at   number
}

// over moves a place to the coordinates of the face over a side.
func (p place) over(side int, size grid) place {
	belt := 0
	if p.face >= 5 && p.face < 15 {
		belt = 1
	}
	c := across[belt][side]
	for range c.turns {
		p.at = p.at.times(sixth)
	}
	p.at = p.at.plus(number{c.way.a * size.unit, c.way.b * size.unit})
	p.face = int(faces[p.face].beside[side])
	return p
}

// reach is whether a place is on its face.
type reach int

const (
	within reach = iota
	edge
	beyond
)

// step moves a place that lies beyond its face to the next one. Gap tells that
// it is on the side of a pentagon where a sixth is missing.
func (p *place) step(size grid, gap bool) reach {
	side := p.at.side()
	if int(height(side, float64(p.at.a), float64(p.at.b))) <= size.side {
		return within
	}
	if gap && side == sideKI {
		at := number{p.at.a - size.side, p.at.b}.times(back)
		p.at = at.plus(number{size.side, 0})
	}
	*p = p.over(side, size)
	return beyond
}

// stepToEdge is step that tells places on the edge of a face.
func (p *place) stepToEdge(size grid) reach {
	on := func() bool {
		return int(height(p.at.side(), float64(p.at.a), float64(p.at.b))) == size.side
	}
	if on() {
		return edge
	}
	if p.step(size, false) == within {
		return within
	}
	if on() {
		return edge
	}
	return beyond
}

// vector is a place in space, from the middle of the globe.
type vector [3]float64

func (v vector) plus(w vector, by float64) vector {
	return vector{v[0] + w[0]*by, v[1] + w[1]*by, v[2] + w[2]*by}
}

// tangent is the direction on the globe at v of an azimuth.
func (v vector) tangent(azimuth float64) vector {
	r := math.Hypot(v[0], v[1])
	north := vector{-v[0] * v[2] / r, -v[1] * v[2] / r, r}
	east := vector{-v[1] / r, v[0] / r, 0}
	sin, cos := math.Sincos(azimuth)
	return vector{}.plus(north, cos).plus(east, sin)
}

// unit0 is the unit of resolution 0 on a plane that touches a face in its
// middle, of radii of the globe.
const unit0 = 0.38196601125010500003

// point is the place on the globe; unit is how many units of the lattice one of
// resolution 0 has.
func (p place) point(unit int) Point {
	return onGlobe(p.face, float64(p.at.a), float64(p.at.b), float64(unit))
}

// onGlobe projects a place on the plane of a face from the middle of the globe.
func onGlobe(face int, a, b, unit float64) Point {
	f := &faces[face]
	x, y := (a-b/2)*unit0/unit, b*math.Sqrt(3)/2*unit0/unit
	v := f.middle.plus(f.middle.tangent(f.azimuth), x).plus(f.middle.tangent(f.azimuth-math.Pi/2), y)
	return Point{
		Lat: math.Atan2(v[2], math.Hypot(v[0], v[1])) * 180 / math.Pi,
		Lon: math.Atan2(v[1], v[0]) * 180 / math.Pi,
	}
}
