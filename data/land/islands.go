package land

import (
	_ "embed" // the rings
	"math"
)

// Islands, and a strait, that the outlines of the world leave out. The strait is
// a ring inside land, and so water.
//
//go:embed islands.csv
var islandsText string

// seam is an edge that two rings share: where a strait meets the sea.
type seam [2]Point

// snap is how far a point of a strait may be from one of a coast that it stands
// for, in common space: some ten metres.
const snap = 2e-4

// islands are the rings of the islands, joined to the outlines of the world.
func islands(world []Ring) (out []Ring, seams map[seam]bool) {
	seams = map[seam]bool{}
	var name string
	var points []Point
	end := func() {
		if len(points) > 3 {
			out = append(out, joined(points, world, seams))
		}
		points = nil
	}
	for row := range rows(islandsText) {
		if row[0] != name {
			end()
			name = row[0]
		}
		points = append(points, project(number(row[1]), number(row[2])))
	}
	end()
	return out, seams
}

// joined is a ring whose points are those of the coast where they stand for
// them. It keeps the edges that it shares.
func joined(points []Point, world []Ring, seams map[seam]bool) Ring {
	r := NewRing(points)
	shared := map[Point]bool{}
	for i := range world {
		w := &world[i]
		if w.Hi.X < r.Lo.X || w.Lo.X > r.Hi.X || w.Hi.Y < r.Lo.Y || w.Lo.Y > r.Hi.Y {
			continue
		}
		for _, p := range w.Points {
			for k, own := range points {
				if math.Abs(own.X-p.X) < snap && math.Abs(own.Y-p.Y) < snap {
					points[k], shared[p] = p, true
				}
			}
		}
	}
	for i := 1; i < len(points); i++ {
		if a, b := points[i-1], points[i]; shared[a] && shared[b] {
			seams[seam{a, b}], seams[seam{b, a}] = true, true
		}
	}
	return NewRing(points)
}
