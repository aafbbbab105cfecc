package canvas

import (
	"testing"
	"unsafe"

	"github.com/authtabs/tabgate/tui/cell"
)

// buffers are what a page draws with.
type buffers struct {
	g cell.Grid
	r Raster
	d Dots
}

func (b *buffers) size(w, h int) {
	b.g.Resize(w, h)
	sx, sy := Octant.Samples(w * h)
	b.r.Resize(w, h, sx, sy)
	b.r.Stroke([]Vec{{}, {X: 9, Y: 9}}, 2, RGB{}, 1)
	b.d.Resize(w, h)
}

// held is how many bytes they keep.
func (b *buffers) held() int {
	return 4*cap(b.r.Pix) + cap(b.r.mask) + cap(b.d.cells)*int(unsafe.Sizeof(dotCell{}))
}

func TestALargeWindowLeavesNoMemoryBehind(t *testing.T) {
	var b buffers
	b.size(500, 200)
	b.g.Fill(RGB{1, 2, 3})
	if large := b.held(); large > 8<<20 {
		t.Errorf("a window of 500 by 200 holds %d bytes", large)
	}
	b.size(80, 24)
	if small := b.held(); small > 1<<20 {
		t.Errorf("afterwards one of 80 by 24 holds %d", small)
	}
}

func TestAWindowThatIsDraggedMakesNoGarbage(t *testing.T) {
	var b buffers
	b.size(160, 45)
	if n := testing.AllocsPerRun(10, func() { b.size(100, 30); b.size(160, 45) }); n != 0 {
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
