package data

import (
	"cmp"
	"math"
	"slices"
)

// The colour classes and the height of the demo's hexagon layer.
const (
	HexClasses    = 6
	HexElevationM = 1000 * 4 // elevation range 0..1000 times the layer's scale 4
)

// Hexagon is one bin: how many points fell into it, its colour class
// (0..HexClasses-1) and its height in metres. Corners go round from the
// south-east.
type Hexagon struct {
	Lon, Lat   float64
	Count      int
	Class      int
	ElevationM float64
	Corners    [6]Point
}

// Hexbin counts points in pointy-topped hexagons of a radius in metres, taken
// at the latitude of the centre of the points' bounding box. The lattice is
// anchored at the origin of Web Mercator common space (deck.gl's hexagon
// layer; binning rule of d3-hexbin). The result is in lattice order, south to
// north, then west to east.
func Hexbin(points []Point, radiusM float64) []Hexagon {
	if len(points) == 0 || !(radiusM > 0) {
		return nil
	}
	lo, hi := Bounds(points)
	l := newLattice(radiusM * UnitsPerMeter((lo.Lat+hi.Lat)/2))
	counts := map[bin]int{}
	for _, p := range points {
		counts[l.bin(p)]++
	}
	bins := make([]bin, 0, len(counts))
	least, most := math.MaxInt, 0
	for b, n := range counts {
		bins = append(bins, b)
		least, most = min(least, n), max(most, n)
	}
	slices.SortFunc(bins, func(a, b bin) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
	out := make([]Hexagon, len(bins))
	for i, b := range bins {
		out[i] = l.hexagon(b, counts[b])
		out[i].Class = HexClass(out[i].Count, least, most)
		if most > least {
			out[i].ElevationM = HexElevationM * float64(out[i].Count-least) / float64(most-least)
		}
	}
	return out
}

// HexClass is the colour class of a count between the smallest and the
// largest of all bins: six equal parts of that range.
func HexClass(count, least, most int) int {
	if most <= least {
		return 0
	}
	part := float64(most-least) / HexClasses
	return min(max(int(math.Floor(float64(count-least)/part)), 0), HexClasses-1)
}

// HexRange is the smallest and largest whole count of a class. Where the
// range is narrower than the classes, from is greater than to: an empty class.
func HexRange(class, least, most int) (from, to int) {
	from, to = math.MaxInt, math.MinInt
	part := float64(most-least) / HexClasses
	first := least + int(float64(class)*part)
	for n := max(first-1, least); n <= min(first+int(part)+2, most); n++ {
		if HexClass(n, least, most) == class {
			from, to = min(from, n), max(to, n)
		}
	}
	return from, to
}

// bin is a place in the lattice.
type bin struct{ col, row int }

type lattice struct{ radius, dx, dy float64 }

func newLattice(radius float64) lattice {
	return lattice{radius, radius * 2 * math.Sin(math.Pi/3), radius * 1.5}
}

// bin rounds to the nearest row and column, then looks whether the hexagon of
// the next row is nearer.
func (l lattice) bin(p Point) bin {
	x, y := Mercator(p)
	py := y / l.dy
	row := math.Floor(py + .5)
	odd := float64(int(row) & 1)
	px := x/l.dx - odd/2
	col := math.Floor(px + .5)
	dy := py - row
	if math.Abs(dy)*3 > 1 {
		dx := px - col
		col2, row2 := col+math.Copysign(.5, px-col), row+math.Copysign(1, dy)
		dx2, dy2 := px-col2, py-row2
		if dx*dx+dy*dy > dx2*dx2+dy2*dy2 {
			col, row = col2+odd-.5, row2
		}
	}
	return bin{int(math.Floor(col + .5)), int(row)}
}

func (l lattice) hexagon(b bin, count int) Hexagon {
	x := (float64(b.col) + float64(b.row&1)/2) * l.dx
	y := float64(b.row) * l.dy
	c := Unproject(x, y)
	h := Hexagon{Lon: c.Lon, Lat: c.Lat, Count: count}
	for i := range h.Corners {
		a := float64(2*i-1) * math.Pi / 6
		h.Corners[i] = Unproject(x+l.radius*math.Cos(a), y+l.radius*math.Sin(a))
	}
	return h
}
