package canvas

import (
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

// heights returns a cell whose left and right half are filled from below.
func heights(left, right int, fg, bg RGB) (e Edges) {
	for i := range e.Colors {
		e.Colors[i] = bg
		if h := []int{left, right}[i%EdgeW]; i/EdgeW >= EdgeH-h {
			e.Colors[i] = fg
		}
	}
	return e
}

// wrong counts the samples that a cell draws in another colour.
func wrong(e Edges, c cell.Cell) (n int) {
	mask := uint16(0)
	for _, s := range edgeShapes() {
		if s.r == c.Rune() {
			mask = s.mask
		}
	}
	for m := range 256 {
		if mask == 0 && cell.Octant(uint(m)) == c.Rune() {
			for i := range e.Colors {
				mask |= uint16(m>>(i/(2*EdgeW)*2+i%2)&1) << i
			}
		}
	}
	for i, want := range e.Colors {
		got := c.BG.RGB()
		if mask&(1<<i) != 0 {
			got = c.FG.RGB()
		}
		if got != want {
			n++
		}
	}
	return n
}

func TestEdgesTakeTheNearestBlock(t *testing.T) {
	fg, bg := RGB{200, 30, 0}, RGB{10, 20, 30}
	tests := map[string]struct {
		left, right int
		mode        Mode
		wrong       int
	}{
		"level":                    {3, 3, Quadrant, 0},
		"nearly level":             {3, 4, Quadrant, 1},
		"half and whole":           {4, 8, Quadrant, 0},
		"falls to nothing":         {8, 0, Quadrant, 0},
		"a quarter":                {0, 4, Quadrant, 0},
		"between the quadrants":    {2, 6, Quadrant, 4},
		"octants where wanted":     {2, 6, Octant, 0},
		"an octant is no eighth":   {5, 5, Octant, 0},
		"nothing but background":   {0, 0, Quadrant, 0},
		"whole cells have no edge": {8, 8, Quadrant, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			e := heights(tt.left, tt.right, fg, bg)
			c := e.Cell(tt.mode)
			if n := wrong(e, c); n != tt.wrong {
				t.Errorf("%q in %v on %v: %d samples are wrong, want %d", c.Rune(), c.FG, c.BG, n, tt.wrong)
			}
		})
	}
}

// No cell has a colour that is in none of its samples: mixed ones flicker
// along an edge.
func TestEdgesMixNoColours(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	palette := []RGB{{14, 17, 23}, {49, 72, 93}, {26, 80, 130}, {131, 201, 255}}
	for range 2000 {
		e := heights(r.IntN(9), r.IntN(9), palette[r.IntN(4)], palette[r.IntN(4)])
		y := r.IntN(EdgeH)
		e.Stroke(0, y, palette[3])
		e.Stroke(1, y, palette[3])
		there := map[RGB]bool{}
		for _, c := range e.Colors {
			there[c] = true
		}
		c := e.Cell([]Mode{Quadrant, Octant}[r.IntN(2)])
		if !there[c.FG.RGB()] || !there[c.BG.RGB()] {
			t.Fatalf("%v became %v on %v", e.Colors, c.FG, c.BG)
		}
	}
}

// A line along an edge is in every cell that it goes through, whatever its
// height.
func TestALineAlongAnEdgeStaysWhole(t *testing.T) {
	above, fill, line := RGB{14, 17, 23}, RGB{49, 72, 93}, RGB{131, 201, 255}
	for h := 2; h <= EdgeH; h++ {
		e := heights(h, h, fill, above)
		for y := EdgeH - h; y < EdgeH-h+2; y++ {
			e.Stroke(0, y, line)
			e.Stroke(1, y, line)
		}
		if c := e.Cell(Quadrant); c.FG.RGB() != line && c.BG.RGB() != line {
			t.Errorf("at %d eighths the line is gone: %q in %v on %v", h, c.Rune(), c.FG, c.BG)
		}
	}
}

func TestMostOfACell(t *testing.T) {
	fg, bg := RGB{1, 1, 1}, RGB{2, 2, 2}
	for r, want := range map[rune]RGB{' ': bg, '▃': bg, '▆': fg, '▟': fg, '▘': bg, '█': fg, cell.Octant(0xfe): fg, 'x': bg} {
		c := cell.New(r, fg, bg, 0)
		if got := Most(&c).RGB(); got != want {
			t.Errorf("%q: %v, want %v", r, got, want)
		}
	}
}
