package screen

import "testing"

func TestAWindowThatIsDraggedAllocatesNothing(t *testing.T) {
	d := newDiff(500, 200)
	d.frame()
	if n := testing.AllocsPerRun(10, func() {
		for _, size := range [][2]int{{400, 120}, {500, 200}} {
			d.resize(size[0], size[1])
			d.out = d.out[:0]
			d.frame()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
