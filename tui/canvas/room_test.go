package canvas

import (
	"testing"
	"unsafe"
)

func TestALargeWindowLeavesNoMemoryBehind(t *testing.T) {
	var g Grid
	var r Raster
	var d Dots
	size := func(w, h int) {
		g.Resize(w, h)
		g.Fill(RGB{1, 2, 3})
		g.Render(0)
		sx, sy := Octant.Samples(w * h)
		r.Resize(w, h, sx, sy)
		r.Stroke([]Vec{{}, {X: 9, Y: 9}}, 2, RGB{}, 1)
		d.Resize(w, h)
	}
	held := func() int {
		return cap(g.Cells)*int(unsafe.Sizeof(Cell{})) + cap(g.buf) + 4*cap(r.Pix) + cap(r.mask) + cap(d.cells)*int(unsafe.Sizeof(dotCell{}))
	}
	size(500, 200)
	if large := held(); large > 8<<20 {
		t.Errorf("a window of 500 by 200 holds %d bytes", large)
	}
	size(80, 24)
	if small := held(); small > 1<<20 {
		t.Errorf("afterwards one of 80 by 24 holds %d", small)
	}
}

func TestAWindowThatIsDraggedMakesNoGarbage(t *testing.T) {
	var g Grid
	var r Raster
	var d Dots
	size := func(w, h int) {
		g.Resize(w, h)
		r.Resize(w, h, 4, 8)
		r.Stroke([]Vec{{}, {X: 9, Y: 9}}, 2, RGB{}, 1)
		d.Resize(w, h)
	}
	size(160, 45)
	if n := testing.AllocsPerRun(10, func() { size(100, 30); size(160, 45) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestSamplesSuitEveryModeAndSize(t *testing.T) {
	for _, m := range []Mode{Half, Quadrant, Sextant, Octant, Eighth} {
		nx, ny := m.pixels()
		for _, cells := range []int{1, 80 * 24, 200 * 60, manyCells - 1, manyCells, 500 * 200} {
			sx, sy := m.Samples(cells)
			if sx%nx != 0 || sy%ny != 0 {
				t.Errorf("mode %d, %d cells: %d by %d samples do not divide into %d by %d pixels", m, cells, sx, sy, nx, ny)
			}
			if bytes := 4 * sx * sy * cells; m != Eighth && bytes > 4<<20 {
				t.Errorf("mode %d, %d cells: %d bytes", m, cells, bytes)
			}
		}
	}
}
