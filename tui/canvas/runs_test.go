package canvas

import (
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

// seen returns the colours of the 32 samples of a cell as a terminal draws it.
func seen(t *testing.T, c cell.Cell, m Mode) (out [8]RGB) {
	t.Helper()
	nx, ny := m.pixels()
	for mask := uint(0); mask < 1<<(nx*ny); mask++ {
		if m.glyph(mask) == c.Rune() {
			for i := range nx * ny {
				out[i] = c.BG.RGB()
				if mask&(1<<i) != 0 {
					out[i] = c.FG.RGB()
				}
			}
			return out
		}
	}
	t.Fatalf("%q is no character of mode %d", c.Rune(), m)
	return out
}

// cells returns a copy of all cells of g.
func cells(g *cell.Grid) (out []cell.Cell) {
	for y := range g.H {
		out = append(out, g.Row(y)...)
	}
	return out
}

func TestLongerRunsShowTheSamePicture(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	few := []RGB{red, blue, black, white}
	for name, m := range map[string]Mode{"half": Half, "quadrant": Quadrant, "sextant": Sextant, "octant": Octant} {
		t.Run(name, func(t *testing.T) {
			nx, ny := m.pixels()
			g := cell.NewGrid(60, 20)
			for y := range g.H {
				for x := range g.W {
					*g.At(x, y) = cell.New(m.glyph(uint(r.IntN(1<<(nx*ny)))), few[r.IntN(4)], few[r.IntN(4)], 0)
				}
			}
			before, long := cells(g), len(g.ANSI())
			LengthenRuns(g, -3, -3, 99, 99, 0)
			for i, c := range cells(g) {
				if seen(t, c, m) != seen(t, before[i], m) {
					t.Fatalf("cell %d was %+v and is %+v", i, before[i], c)
				}
			}
			if short := len(g.ANSI()); short > long*97/100 {
				t.Errorf("%d bytes, before %d", short, long)
			}
		})
	}
}

func TestLongerRunsChangeColoursAsLittleAsAllowed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const near = 300
	g := cell.NewGrid(60, 20)
	shade := func() RGB { return RGB{uint8(100 + r.IntN(30)), uint8(100 + r.IntN(30)), uint8(100 + r.IntN(30))} }
	for y := range g.H {
		for x := range g.W {
			*g.At(x, y) = cell.New([]rune{' ', '▚', '▖', 'a', '⠓'}[r.IntN(5)], shade(), shade(), 0)
		}
	}
	before, long := cells(g), len(g.ANSI())
	LengthenRuns(g, 0, 0, 60, 20, near)
	for i, c := range cells(g) {
		was := before[i]
		if was.Blank() && c != was {
			t.Fatalf("the space %+v became %+v", was, c)
		}
		if (was.Rune() == 'a' || was.Rune() == '⠓') && (c.Rune() != was.Rune() || c.FG != was.FG) {
			t.Fatalf("%+v became %+v", was, c)
		}
		fg, bg := c.FG, c.BG
		if c.Rune() != was.Rune() {
			fg, bg = bg, fg
		}
		if apart(fg, was.FG) > near || apart(bg, was.BG) > near {
			t.Fatalf("%+v became %+v", was, c)
		}
	}
	if short := len(g.ANSI()); short > long*80/100 {
		t.Errorf("%d bytes, before %d", short, long)
	}
}

func TestAComplementCoversTheRest(t *testing.T) {
	for _, m := range []Mode{Half, Quadrant, Sextant, Octant} {
		nx, ny := m.pixels()
		all := uint(1)<<(nx*ny) - 1
		for mask := uint(1); mask < all; mask++ {
			if got, want := complement(m.glyph(mask)), m.glyph(all^mask); got != want {
				t.Errorf("mode %d: the complement of %q is %q, want %q", m, m.glyph(mask), got, want)
			}
		}
	}
	for _, r := range []rune{' ', 'a', '█', '░', '⠓', 0, 0x10ffff} {
		if got := complement(r); got != 0 {
			t.Errorf("%q has the complement %q", r, got)
		}
	}
}

func TestTheMeanOfACellIsWhatItLooksLikeFromAfar(t *testing.T) {
	tests := map[rune]RGB{'▌': {128, 0, 128}, '▖': {64, 0, 191}, '▜': {191, 0, 64}, ' ': blue, 'a': blue, '⠓': blue}
	for r, want := range tests {
		c := cell.New(r, red, blue, 0)
		if got := Mean(&c); apart(cell.FromRGB(got), cell.FromRGB(want)) > 3 {
			t.Errorf("%q in red on blue looks %v, want %v", r, got, want)
		}
	}
}

func TestSeamsAreAPixelWide(t *testing.T) {
	var r Raster
	r.Resize(6, 2, 4, 8)
	r.Clear(black)
	for i, mark := range []uint8{1, 2, 2} {
		r.Mark = mark
		r.Convex(square(float64(8*i), 0, float64(8*i+8), 16), RGB{200, 100, 40}, 1)
	}
	r.Seams(Quadrant, 0.5)
	for y := range r.H {
		for x := range r.W {
			want := RGB{200, 100, 40}
			if x == 6 || x == 7 {
				want = RGB{100, 50, 20}
			}
			if got := unpack(r.Pix[y*r.W+x]); got != want {
				t.Fatalf("sample %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
	before := append([]uint32(nil), r.Pix...)
	r.Seams(Quadrant, 1)
	r.Mark = 0
	for i := range before {
		if r.Pix[i] != before[i] {
			t.Fatal("a light of 1 changes the picture")
		}
	}
}

func TestARampKeepsOneColourInACell(t *testing.T) {
	var r Raster
	r.Resize(2, 6, 4, 8)
	r.Clear(black)
	r.ConvexRamp(square(0, 0, 8, 48), Ramp{Top: white, Bottom: black, Y0: 0, Y1: 48})
	last := 256
	for row := range 6 {
		first := r.Pix[row*8*r.W]
		for _, p := range r.Pix[row*8*r.W : (row+1)*8*r.W] {
			if p != first {
				t.Fatalf("row %d has two colours", row)
			}
		}
		if light := int(unpack(first)[0]); light >= last {
			t.Errorf("row %d is no darker than the one above", row)
		} else {
			last = light
		}
	}
}
