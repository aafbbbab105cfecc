package screen

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestTheCursorFollowsTheFrame(t *testing.T) {
	d := newDiff(20, 5)
	e := newEmulator(20, 5)
	steps := []struct {
		name string
		do   func()
		x, y int
		on   bool
		most int // bytes
	}{
		{"none at first", func() {}, -1, -1, false, 1000},
		{"nothing is written where none was", func() {}, -1, -1, false, 0},
		{"shown at a caret", func() { d.next.SetCursor(3, 2, true) }, 3, 2, true, len("\x1b[3;4H\x1b[?25h")},
		{"nothing is written where it stands", func() {}, 3, 2, true, 0},
		{"it moves", func() { d.next.SetCursor(4, 2, true) }, 4, 2, true, len("\x1b[C")},
		{"back after a letter was written", func() { d.next.Text(4, 2, "x", [3]uint8{}, 0); d.next.SetCursor(5, 2, true) }, 5, 2, true, 60},
		{"back from where a frame ended", func() { d.next.Text(0, 0, "y", [3]uint8{}, 0) }, 5, 2, true, 60},
		{"hidden at a selected row", func() { d.next.SetCursor(0, 4, false) }, 0, 4, false, len("\x1b[?25l\x1b[5H")},
		{"still there after a frame", func() { d.next.Text(7, 1, "z", [3]uint8{}, 0) }, 0, 4, false, 60},
		{"shown again, all written anew", func() { d.next.SetCursor(1, 1, true); d.valid = false }, 1, 1, true, 1000},
		{"taken away", func() { d.next.NoCursor() }, 1, 1, false, len("\x1b[?25l")},
		{"nothing is written after that", func() {}, 1, 1, false, 0},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			step.do()
			if n := len(d.out); d.same() && step.most > 0 {
				t.Errorf("the frame counts as shown (%d bytes before)", n)
			}
			d.show(e)
			if len(d.out) > step.most {
				t.Errorf("%q is written, %d bytes at most", d.out, step.most)
			}
			if e.modes["?25"] != step.on || step.x >= 0 && (e.x != step.x || e.y != step.y) {
				t.Errorf("the cursor is at %d,%d, shown %v, want %d,%d, %v", e.x, e.y, e.modes["?25"], step.x, step.y, step.on)
			}
			if !d.same() {
				t.Error("what is shown does not count as shown")
			}
		})
	}
}

// TestTheCursorIsHiddenWhileCellsAreWritten holds that nobody sees it jump.
func TestTheCursorIsHiddenWhileCellsAreWritten(t *testing.T) {
	d := newDiff(40, 10)
	e := newEmulator(40, 10)
	r := rand.New(rand.NewPCG(3, 5))
	for range 300 {
		if r.IntN(2) == 0 {
			d.next.Text(r.IntN(40), r.IntN(10), "word", [3]uint8{uint8(r.IntN(3))}, 0)
		}
		d.next.SetCursor(r.IntN(40), r.IntN(10), r.IntN(3) > 0)
		was := e.modes["?25"]
		d.show(e)
		at, _ := d.next.Cursor()
		if e.x != at.X || e.y != at.Y || e.modes["?25"] != at.Shown {
			t.Fatalf("the cursor is at %d,%d, shown %v, want %v", e.x, e.y, e.modes["?25"], at)
		}
		if text := strings.Index(string(d.out), "word"); text >= 0 && was && !strings.Contains(string(d.out[:text]), hideCursor) {
			t.Fatalf("cells are written with the cursor shown: %q", d.out)
		}
	}
}
