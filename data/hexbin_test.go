package data

import (
	"math"
	"math/rand/v2"
	"testing"
)

func bundledCity(t testing.TB) City {
	t.Helper()
	c, err := BundledCity()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHexbinGivesTheOriginalsBins(t *testing.T) {
	c := bundledCity(t)
	lo, hi := Bounds(c.Racks)
	if len(c.Racks) != 2520 || lo != (Point{-122.51129, 37.70948}) || hi != (Point{-122.37647, 37.80601}) {
		t.Errorf("%d racks in %v..%v", len(c.Racks), lo, hi)
	}
	hexagons := Hexbin(c.Racks, 200)
	least, most, sum := math.MaxInt, 0, 0
	var classes [HexClasses]int
	for _, h := range hexagons {
		least, most, sum = min(least, h.Count), max(most, h.Count), sum+h.Count
		classes[h.Class]++
	}
	if len(hexagons) != 444 || least != 1 || most != 47 || sum != 2520 {
		t.Errorf("%d bins of %d..%d, %d points; want 444 of 1..47, 2520", len(hexagons), least, most, sum)
	}
	if want := [HexClasses]int{345, 65, 20, 10, 3, 1}; classes != want {
		t.Errorf("classes %v, want %v", classes, want)
	}
	for _, h := range hexagons {
		if want := 4000 * float64(h.Count-1) / 46; math.Abs(h.ElevationM-want) > 1e-9 {
			t.Errorf("a bin of %d is %g m high, want %g", h.Count, h.ElevationM, want)
		}
	}
}

func TestHexRangeCoversAllCountsOnce(t *testing.T) {
	want := [HexClasses][2]int{{1, 8}, {9, 16}, {17, 23}, {24, 31}, {32, 39}, {40, 47}}
	for class, w := range want {
		if from, to := HexRange(class, 1, 47); from != w[0] || to != w[1] {
			t.Errorf("class %d is %d..%d, want %v", class, from, to, w)
		}
	}
	for range 200 {
		least := rand.IntN(50)
		most := least + rand.IntN(3000)
		next := least
		for class := range HexClasses {
			from, to := HexRange(class, least, most)
			if from > to {
				continue
			}
			if from != next {
				t.Fatalf("%d..%d: class %d begins at %d, want %d", least, most, class, from, next)
			}
			next = to + 1
		}
		if next != most+1 {
			t.Fatalf("%d..%d: the classes end at %d", least, most, next-1)
		}
	}
}

func TestEveryPointLiesInItsHexagon(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	l := newLattice(700 * UnitsPerMeter(37.8))
	for range 5000 {
		p := Point{-122.5 + rng.Float64()/5, 37.7 + rng.Float64()/5}
		h := l.hexagon(l.bin(p), 1)
		x, y := Mercator(p)
		hx, hy := Mercator(Point{h.Lon, h.Lat})
		// The rule compares distances in units of the lattice, not of the
		// world, so a point near a border may go to its neighbour, never further.
		if d := math.Hypot(x-hx, y-hy) / l.radius; d > 1.06 {
			t.Fatalf("%v is %.3f radii from the centre of its bin", p, d)
		}
	}
}

func TestHexbinOfOddInput(t *testing.T) {
	cases := map[string]struct {
		points []Point
		radius float64
		bins   int
	}{
		"no points":      {nil, 200, 0},
		"no radius":      {[]Point{{1, 2}}, 0, 0},
		"one point":      {[]Point{{1, 2}}, 200, 1},
		"the same twice": {[]Point{{1, 2}, {1, 2}}, 200, 1},
		"far apart":      {[]Point{{-170, -60}, {170, 60}}, 200, 2},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := Hexbin(c.points, c.radius)
			if len(got) != c.bins {
				t.Errorf("%d bins, want %d", len(got), c.bins)
			}
			for _, h := range got {
				if h.Class != 0 || h.ElevationM != 0 {
					t.Errorf("%+v: equal counts are flat and of the first class", h)
				}
			}
		})
	}
}

func TestUnprojectUndoesMercator(t *testing.T) {
	for range 100 {
		p := Point{rand.Float64()*360 - 180, rand.Float64()*160 - 80}
		if q := Unproject(Mercator(p)); math.Abs(p.Lon-q.Lon)+math.Abs(p.Lat-q.Lat) > 1e-9 {
			t.Errorf("%v became %v", p, q)
		}
	}
}

func BenchmarkHexbinMillion(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([]Point, 1_000_000)
	for i := range points {
		points[i] = Point{-122.5 + rng.Float64()/5, 37.7 + rng.Float64()/5}
	}
	for b.Loop() {
		Hexbin(points, 200)
	}
}
