package mapview

import "github.com/authtabs/tabgate/data/land"

// landCut is the part of the land around what is seen. The outlines of the world
// have hundreds of thousands of points, most of them far away: they are cut once
// for a view and those near it.
type landCut struct {
	of     *land.Ring // the first of the outlines that were cut: it tells their level
	lo, hi spot
	rings  []cutRing
}

// cutRing is a part of an outline, of the world itself or of a copy of it shift
// to the east.
type cutRing struct {
	land.Ring
	shift float64
}

// widest is how much wider than what is seen a part may be.
const widest = 12

// fits reports whether a part is one of the outlines, holds what is seen, and
// little else.
func (c *landCut) fits(of *land.Ring, lo, hi spot) bool {
	return c.of == of && lo.x >= c.lo.x && lo.y >= c.lo.y && hi.x <= c.hi.x && hi.y <= c.hi.y && c.hi.x-c.lo.x <= widest*(hi.x-lo.x)
}

// nearby is the land around what is seen, with copies of the world to the east
// and west where the view reaches there.
func (b *brush) nearby(zoom float64) []cutRing {
	all, err := land.At(zoom)
	if err != nil || len(all) == 0 { // NewScene has told
		return nil
	}
	c := &b.land
	if c.fits(&all[0], b.lo, b.hi) {
		return c.rings
	}
	lo, hi := b.lo, b.hi
	dx, dy := hi.x-lo.x, hi.y-lo.y
	b.lo, b.hi = spot{lo.x - dx, lo.y - dy}, spot{hi.x + dx, hi.y + dy}
	c.of, c.lo, c.hi, c.rings = &all[0], b.lo, b.hi, c.rings[:0]
	for _, shift := range [3]float64{0, -tile, tile} {
		for i := range all {
			r := &all[i]
			if r.Hi.X+shift < b.lo.x || r.Lo.X+shift > b.hi.x || r.Hi.Y < b.lo.y || r.Lo.Y > b.hi.y {
				continue
			}
			if points := pointsOf(b.cut(r.Points, shift), shift); len(points) > 2 {
				c.rings = append(c.rings, cutRing{land.NewRing(append(points, points[0])), shift})
			}
		}
	}
	b.lo, b.hi = lo, hi
	return c.rings
}

func pointsOf(spots []spot, shift float64) []land.Point {
	out := make([]land.Point, len(spots), len(spots)+1)
	for i, s := range spots {
		out[i] = land.Point{X: s.x - shift, Y: s.y}
	}
	return out
}
