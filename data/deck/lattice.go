package deck

import (
	"math"
)

// lattice tells which bin of common space a place is in, and what it looks like.
type lattice interface {
	bin(x, y float64) [2]int
	center(bin [2]int) (x, y float64)
	corners(x, y float64) [][2]float64
}

// hexLattice is a lattice of pointy-topped hexagons that begins at the world's
// origin: the rule of d3-hexbin.
type hexLattice struct{ r, dx, dy float64 }

func newHexLattice(r float64) hexLattice { return hexLattice{r, 2 * r * math.Sin(math.Pi/3), 1.5 * r} }

func (h hexLattice) bin(x, y float64) [2]int {
	py := y / h.dy
	pj := math.Floor(py + .5)
	px := x/h.dx - odd(pj)/2
	pi := math.Floor(px + .5)
	if py1 := py - pj; math.Abs(py1)*3 > 1 {
		px1 := px - pi
		pi2, pj2 := pi+side(px < pi)/2, pj+side(py < pj)
		px2, py2 := px-pi2, py-pj2
		if px1*px1+py1*py1 > px2*px2+py2*py2 {
			pi, pj = pi2+(odd(pj)*2-1)/2, pj2
		}
	}
	return [2]int{int(pi), int(pj)}
}

func odd(v float64) float64 { return math.Abs(math.Mod(v, 2)) }

func side(less bool) float64 {
	if less {
		return -1
	}
	return 1
}

func (h hexLattice) center(b [2]int) (x, y float64) {
	return (float64(b[0]) + odd(float64(b[1]))/2) * h.dx, float64(b[1]) * h.dy
}

func (h hexLattice) corners(x, y float64) (out [][2]float64) {
	for i := range 6 {
		sin, cos := math.Sincos(float64(i)*math.Pi/3 - math.Pi/6)
		out = append(out, [2]float64{x + h.r*cos, y + h.r*sin})
	}
	return out
}

// squareLattice is a lattice of squares that begins at the world's origin.
type squareLattice float64

func (s squareLattice) bin(x, y float64) [2]int {
	return [2]int{int(math.Floor(x / float64(s))), int(math.Floor(y / float64(s)))}
}

func (s squareLattice) center(b [2]int) (x, y float64) {
	return (float64(b[0]) + .5) * float64(s), (float64(b[1]) + .5) * float64(s)
}

func (s squareLattice) corners(x, y float64) [][2]float64 {
	h := float64(s) / 2
	return [][2]float64{{x - h, y - h}, {x + h, y - h}, {x + h, y + h}, {x - h, y + h}}
}

// middle is the latitude in the middle of the places' box.
func middle(at [][]Place) float64 {
	lo, hi := infinity, -infinity
	for _, p := range at {
		lo, hi = min(lo, p[0].Lat), max(hi, p[0].Lat)
	}
	return (lo + hi) / 2
}
