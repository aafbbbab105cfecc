package canvas

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

var (
	black = RGB{}
	white = RGB{255, 255, 255}
	red   = RGB{255, 0, 0}
	blue  = RGB{0, 0, 255}
)

func square(x0, y0, x1, y1 float64) []Vec {
	return []Vec{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

func count(r *Raster, c RGB) (n int) {
	for _, p := range r.Pix {
		if unpack(p) == c {
			n++
		}
	}
	return n
}

func TestPolygonsCoverTheSamplesInsideThem(t *testing.T) {
	hole := [][]Vec{square(2, 2, 14, 14), square(5, 5, 9, 9)}
	tests := map[string]struct {
		draw func(*Raster)
		want int
	}{
		"a square":                       {func(r *Raster) { r.Convex(square(1, 1, 5, 4), red, 1) }, 12},
		"either direction":               {func(r *Raster) { r.Convex([]Vec{{1, 4}, {5, 4}, {5, 1}, {1, 1}}, red, 1) }, 12},
		"a triangle":                     {func(r *Raster) { r.Convex([]Vec{{0, 0}, {8, 0}, {0, 8}}, red, 1) }, 28},
		"cut by the picture":             {func(r *Raster) { r.Convex(square(-9, -9, 2, 99), red, 1) }, 32},
		"outside":                        {func(r *Raster) { r.Convex(square(90, 90, 92, 99), red, 1) }, 0},
		"thinner than a sample":          {func(r *Raster) { r.Convex(square(1, 1, 1.2, 5), red, 1) }, 0},
		"a ring in a ring is a hole":     {func(r *Raster) { r.Polygon(hole, red, 1) }, 144 - 16},
		"an unfinished ring":             {func(r *Raster) { r.Polygon([][]Vec{{{1, 1}, {3, 3}}}, red, 1) }, 0},
		"a polygon as high as the world": {func(r *Raster) { r.Polygon([][]Vec{square(3, -1e12, 5, 1e12)}, red, 1) }, 32},
		"no number":                      {func(r *Raster) { r.Convex([]Vec{{math.NaN(), 0}, {math.Inf(1), 5}, {3, math.NaN()}}, red, 1) }, 0},
		"a stroke":                       {func(r *Raster) { r.Stroke([]Vec{{4, 4.5}, {12, 4.5}}, 1, red, 1) }, 8},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var r Raster
			r.Resize(4, 2, 4, 8)
			r.Clear(blue)
			tt.draw(&r)
			if got := count(&r, red); got != tt.want {
				t.Errorf("%d samples, want %d", got, tt.want)
			}
		})
	}
}

func TestPolygonsOneAfterTheOtherAreDrawnEachWhereItIs(t *testing.T) {
	var r Raster
	r.Resize(10, 10, 4, 8)
	r.Clear(RGB{})
	red, green := RGB{255}, RGB{0, 255}
	r.Polygon([][]Vec{square(2, 2, 38, 78)}, red, 1)
	r.Polygon([][]Vec{{{X: 5, Y: math.NaN()}, {X: 30, Y: 41}, {X: 30, Y: 49}, {X: 5, Y: 49}}}, red, 1)
	r.Polygon([][]Vec{square(10, 50, 20, 60), square(12, 52, 18, 58)}, green, 1)
	if n := count(&r, green); n != 100-36 {
		t.Errorf("the second has %d samples", n)
	}
	if n := count(&r, red); n != 36*76-64 {
		t.Errorf("of the first %d samples are left", n)
	}
	r.Polygon([][]Vec{square(-50, -50, 60, -10), square(0, 90, 9, 99)}, green, 1)
	if n := count(&r, green); n != 100-36 {
		t.Errorf("one that is not in the picture has %d samples", n-64)
	}
}

func TestTranslucentShapesBlend(t *testing.T) {
	var r Raster
	r.Resize(1, 1, 4, 8)
	r.Clear(black)
	r.Convex(square(0, 0, 4, 8), white, 0.5)
	if got := unpack(r.Pix[0]); got[0] < 127 || got[0] > 128 {
		t.Errorf("half of white on black is %v", got)
	}
}

func TestAStrokeThatCrossesItselfBlendsOnce(t *testing.T) {
	var r Raster
	r.Resize(4, 2, 4, 8)
	r.Clear(black)
	r.Stroke([]Vec{{1, 8}, {14, 8}, {14, 3}, {7, 3}, {7, 14}}, 3, white, 0.5)
	for i, p := range r.Pix {
		if c := unpack(p); c != black && c[0] > 128 {
			t.Fatalf("sample %d blended twice: %v", i, c)
		}
	}
	if r.Pix[8*16+7] == 0 {
		t.Error("the crossing is not painted")
	}
}

func TestABentStrokeHasNoGaps(t *testing.T) {
	const half = 4.0
	for _, points := range []int{4, 7, 12, 40} {
		var r Raster
		r.Resize(30, 15, 4, 8)
		var path []Vec
		for i := range points {
			a := math.Pi * float64(i) / float64(points-1)
			path = append(path, Vec{60 - 45*math.Cos(a), 100 - 70*math.Sin(a)})
		}
		r.Stroke(path, 2*half, RGB{255, 0, 0}, 1)
		for y := range r.H {
			for x := range r.W {
				near := math.Inf(1)
				for _, v := range path[1 : points-1] {
					near = min(near, math.Hypot(float64(x)+.5-v.X, float64(y)+.5-v.Y))
				}
				if near < half*math.Cos(math.Pi/8)-0.5 && unpack(r.Pix[y*r.W+x]) != (RGB{255, 0, 0}) {
					t.Fatalf("%d points: a gap at %d,%d, %.1f from a bend", points, x, y, near)
				}
			}
		}
	}
}

func TestMarksTellWhatIsInFront(t *testing.T) {
	var r Raster
	r.Resize(4, 2, 4, 8)
	r.Clear(black)
	r.Mark = 3
	r.Convex(square(0, 0, 8, 8), red, 1)
	r.Mark = 0
	r.Convex(square(0, 0, 4, 4), blue, 0.5)
	for at, want := range map[Vec]uint8{{2, 2}: 3, {7, 7}: 3, {9, 9}: 0, {-1, 2}: 0, {2, 99}: 0} {
		if got := r.MarkAt(at.X, at.Y); got != want {
			t.Errorf("mark at %v is %d, want %d", at, got, want)
		}
	}
}

func TestAShieldKeepsTranslucentShapesOff(t *testing.T) {
	var r Raster
	r.Resize(4, 2, 4, 8)
	r.Clear(black)
	r.Mark = 2
	r.Convex(square(0, 0, 8, 16), black, 1)
	r.Mark, r.Shield, r.ShieldAlpha = 0, 2, 0.5
	r.Convex(square(0, 0, 16, 16), white, 0.5)
	if in, out := unpack(r.Pix[0])[0], unpack(r.Pix[12])[0]; in < 62 || in > 65 || out < 126 || out > 129 {
		t.Errorf("%d behind the shield, %d beside it; want about 64 and 128", in, out)
	}
}

func TestAThinRimIsMixedAndAnotherColourIsNot(t *testing.T) {
	var r Raster
	r.Resize(1, 1, 4, 8)
	r.Clear(RGB{200, 200, 100})
	r.Convex(square(0, 0, 4, 1), RGB{150, 150, 75}, 1)
	r.Convex(square(0, 4, 4, 5), blue, 1)
	g := cell.NewGrid(1, 1)
	r.Encode(g, 0, 0, Quadrant)
	top, bottom := g.At(0, 0).BG.RGB(), g.At(0, 0).FG.RGB()
	if top != (RGB{187, 187, 93}) || bottom != (RGB{200, 200, 100}) {
		t.Errorf("the upper half is %v, the lower %v", top, bottom)
	}
}

func TestEncodersDrawTwoColourCellsExactly(t *testing.T) {
	for name, m := range map[string]Mode{"half": Half, "quadrant": Quadrant, "sextant": Sextant, "octant": Octant, "eighth": Eighth} {
		t.Run(name, func(t *testing.T) {
			nx, ny := m.pixels()
			g := cell.NewGrid(1, 1)
			for mask := uint(0); mask < 1<<(nx*ny); mask++ {
				var r Raster
				sx, sy := m.Samples(1)
				r.Resize(1, 1, sx, sy)
				r.Clear(blue)
				for i := range nx * ny {
					if mask&(1<<i) != 0 {
						x, y := float64(i%nx*sx/nx), float64(i/nx*sy/ny)
						r.Convex(square(x, y, x+float64(sx/nx), y+float64(sy/ny)), red, 1)
					}
				}
				r.Encode(g, 0, 0, m)
				if m == Eighth && !steps(mask) {
					continue
				}
				if got := shown(m, *g.At(0, 0), red); got != mask {
					t.Errorf("mask %b is drawn as %b with %c", mask, got, g.At(0, 0).Rune())
				}
			}
		})
	}
}

// steps reports whether the set bits of an eighth mask are the lowest pixels.
func steps(mask uint) bool {
	inverse := ^mask & 0xff
	return mask&(mask+1) == 0 || inverse&(inverse+1) == 0
}

// shown returns the mask of the pixels of a cell that show a colour.
func shown(m Mode, c cell.Cell, color RGB) (mask uint) {
	nx, ny := m.pixels()
	all := uint(1)<<(nx*ny) - 1
	switch {
	case c.Blank() && c.BG.RGB() == color:
		return all
	case c.Blank():
		return 0
	}
	for mask = 1; mask < all; mask++ {
		if m.glyph(mask) == c.Rune() && (m != Eighth || mask>>(8-popcount(mask))<<(8-popcount(mask)) == mask) {
			if c.FG.RGB() == color {
				return mask
			}
			return all &^ mask
		}
	}
	return all
}

func popcount(m uint) (n int) {
	for ; m != 0; m &= m - 1 {
		n++
	}
	return n
}

func TestTheSplitHasTheLeastError(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		colors := make([]pixel, 2+rng.IntN(7))
		for i := range colors {
			colors[i] = pixel{rng.Int32N(256), rng.Int32N(256), rng.Int32N(256)}
		}
		px := make([]pixel, []int{4, 6, 8}[rng.IntN(3)])
		var sum pixel
		for i := range px {
			px[i] = colors[rng.IntN(len(colors))]
			if i < 2 {
				px[i] = colors[i] // Two of them are unlike.
			}
			sum = sum.plus(px[i])
		}
		least := math.Inf(1)
		for mask := uint(1); mask < 1<<len(px)-1; mask++ {
			least = min(least, splitError(px, mask))
		}
		if got := splitError(px, bestSplit(px, sum)); math.Abs(got-least) > 1 { // score rounds down
			t.Fatalf("%v: error %v, the least is %v", px, got, least)
		}
	}
}

func splitError(px []pixel, mask uint) (sum float64) {
	for _, in := range []bool{true, false} {
		var n float64
		var m [3]float64
		for i, p := range px {
			if (mask&(1<<i) != 0) == in {
				n, m[0], m[1], m[2] = n+1, m[0]+float64(p.r), m[1]+float64(p.g), m[2]+float64(p.b)
			}
		}
		for i, p := range px {
			if (mask&(1<<i) != 0) == in {
				sum += math.Pow(float64(p.r)-m[0]/n, 2) + math.Pow(float64(p.g)-m[1]/n, 2) + math.Pow(float64(p.b)-m[2]/n, 2)
			}
		}
	}
	return sum
}

func TestDotsRespectTheirOrder(t *testing.T) {
	tests := map[string]struct {
		draw func(*Dots)
		want string
		fg   RGB
	}{
		"equal z joins":             {func(d *Dots) { d.Set(0, 0, red, 1); d.Set(1, 0, red, 1) }, "⠉", red},
		"higher z takes over":       {func(d *Dots) { d.Set(0, 0, red, 1); d.Set(1, 0, blue, 2) }, "⠈", blue},
		"lower z is not seen":       {func(d *Dots) { d.Set(0, 0, red, 2); d.Set(1, 0, blue, 1) }, "⠁", red},
		"outside is nothing":        {func(d *Dots) { d.Set(0, 0, red, 2); d.Set(2, 0, blue, 3); d.Set(0, -1, blue, 3) }, "⠁", red},
		"a line from far off":       {func(d *Dots) { d.Line(Vec{-1e9, 1.5}, Vec{1e9, 1.5}, red, 1) }, "⠒", red},
		"a stroke is filled":        {func(d *Dots) { d.Stroke([]Vec{{-3, 1}, {9, 1}}, 2, red, 1) }, "⠛", red},
		"a line of no number":       {func(d *Dots) { d.Set(0, 3, red, 1); d.Line(Vec{math.NaN(), 1}, Vec{math.Inf(1), 2}, blue, 9) }, "⡀", red},
		"a line that is kept apart": {func(d *Dots) { d.LineWhere(Vec{0, .5}, Vec{2, .5}, red, 1, func(x, _ int) bool { return x == 1 }) }, "⠈", red},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var d Dots
			d.Resize(1, 1)
			tt.draw(&d)
			g := cell.NewGrid(1, 1)
			d.Draw(g, 0, 0, nil)
			if got := g.String(); got != tt.want || g.At(0, 0).FG.RGB() != tt.fg {
				t.Errorf("got %s in %v, want %s in %v", got, g.At(0, 0).FG, tt.want, tt.fg)
			}
		})
	}
}
