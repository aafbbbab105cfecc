package canvas_test

import (
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/tui/canvas"
)

// Where an end lies a rounding off the edge, its dot is drawn or not by chance.
func TestClipPutsAnEndThatItCutsOnTheEdge(t *testing.T) {
	const w, h = 200, 112
	rng := rand.New(rand.NewPCG(1, 2))
	place := func() canvas.Vec {
		return canvas.Vec{X: rng.Float64()*3*w - w, Y: rng.Float64()*3*h - h}
	}
	cuts := 0
	for range 2000 {
		a, b := place(), place()
		from, to, ok := canvas.Clip(a, b, w, h)
		for _, end := range [2][2]canvas.Vec{{a, from}, {b, to}} {
			was, is := end[0], end[1]
			if !ok || was == is {
				continue
			}
			cuts++
			if is.X != 0 && is.X != w && is.Y != 0 && is.Y != h {
				t.Fatalf("of %v to %v, the end %v is cut at %v, which is on no edge", a, b, was, is)
			}
		}
	}
	if cuts < 500 {
		t.Errorf("only %d ends were cut", cuts)
	}
}
