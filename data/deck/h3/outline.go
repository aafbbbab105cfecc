package h3

// outline is what the points of a cell's boundary are found with.
type outline struct {
	corners []place // in the coordinates of the face of the cell's middle
	size    grid
	bends   bool // its sides may cross edges of the icosahedron
	points  []Point
}

// hexagon returns the boundary of a hexagon whose middle is on a face.
func (o *outline) hexagon(home int) []Point {
	last, lastReach := -1, within
	for i := range len(o.corners) + 1 {
		p := o.corners[i%len(o.corners)]
		reach := p.stepToEdge(o.size)
		if o.bends && i > 0 && p.face != last && lastReach != edge {
			other := last
			if last == home {
				other = p.face
			}
			o.bend(o.corners[i-1], o.corners[i%len(o.corners)], other, true)
		}
		if i < len(o.corners) {
			o.points = append(o.points, p.point(o.size.unit))
		}
		last, lastReach = p.face, reach
	}
	return o.points
}

// pentagon returns the boundary of a pentagon: each of its corners is on another
// face, and where the grid is turned each of its sides bends.
func (o *outline) pentagon() []Point {
	var last place
	for i := range len(o.corners) + 1 {
		p := o.corners[i%len(o.corners)]
		for p.stepToEdge(o.size) == beyond {
		}
		if o.bends && i > 0 {
			o.bend(last, p.over(beside(p.face, last.face), o.size), p.face, false)
		}
		if i < len(o.corners) {
			o.points = append(o.points, p.point(o.size.unit))
		}
		last = p
	}
	return o.points
}

// beside is the side of a face over which another lies.
func beside(face, other int) int {
	for side, f := range faces[face].beside {
		if int(f) == other {
			return side
		}
	}
	return sideKI
}

// bend adds the point where a side from p to q, in the coordinates of one face,
// crosses the edge to another. At a corner there is none, if that is told apart.
func (o *outline) bend(p, q place, other int, apart bool) {
	const almost = 1e-7
	side := beside(p.face, other)
	pa, pb, qa, qb := float64(p.at.a), float64(p.at.b), float64(q.at.a), float64(q.at.b)
	from, to := height(side, pa, pb), height(side, qa, qb)
	t := (float64(o.size.side) - from) / (to - from)
	if apart && (t < almost || t > 1-almost) {
		return
	}
	o.points = append(o.points, onGlobe(p.face, pa+(qa-pa)*t, pb+(qb-pb)*t, float64(o.size.unit)))
}
