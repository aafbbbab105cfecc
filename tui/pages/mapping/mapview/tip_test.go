package mapview

import (
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

func TestATipNeverCoversWhatItTellsOf(t *testing.T) {
	s := bundled(t)
	r := rand.New(rand.NewPCG(11, 12))
	tips := 0
	for range many(300) {
		v := randomView(r)
		v.Zoom = 10 + 3*r.Float64()
		cols, rows := 36+r.IntN(150), 9+r.IntN(40)
		p, _, f := painted(t, s, v, cols, rows, Pick{})
		x, y := r.IntN(cols), r.IntN(rows)
		if f.Picked = p.Under(cell.Rect{X: 0, Y: 0, W: cols, H: rows}, f, x, y); !f.Picked.OK {
			continue
		}
		tip := p.TipPlace(cell.Rect{X: 0, Y: 0, W: cols, H: rows}, f, cell.Rect{X: x, Y: y, W: 20, H: 2})
		if tip.X < 0 || tip.Y < 0 || tip.X+tip.W > cols || tip.Y+tip.H > rows {
			t.Fatalf("the tip %v leaves the map of %dx%d", tip, cols, rows)
		}
		if tip.Has(x, y) {
			t.Fatalf("the tip %v covers the pointer at %d, %d", tip, x, y)
		}
		if p.labels.clear(tip) {
			tips++
			continue
		}
		// What fills the map cannot be left free; then nothing near is.
		for _, step := range tipSteps {
			at := cell.Rect{X: x + step[0], Y: y + step[1], W: 20, H: 2}
			if step[0] < 0 {
				at.X -= 19
			}
			if step[1] < 0 {
				at.Y--
			}
			if at.X >= 0 && at.Y >= 0 && at.X+20 <= cols && at.Y+2 <= rows && p.labels.clear(at) {
				t.Fatalf("the tip covers what is picked though %v is free", at)
			}
		}
	}
	if tips < many(300)/20 {
		t.Errorf("only %d tips were free", tips)
	}
}
