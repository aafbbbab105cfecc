package screen

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"
)

func TestAWindowThatIsDraggedAllocatesNothing(t *testing.T) {
	c := newCanvas()
	c.resize(500, 200)
	if n := testing.AllocsPerRun(10, func() { c.resize(40, 12); c.resize(500, 200) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A row's text is a part of its frame's: an old one would keep a whole frame.
func TestOldFramesAreLetGo(t *testing.T) {
	const rows = 60
	c := newCanvas()
	c.resize(80, rows)
	address := func(s string) uintptr { return uintptr(unsafe.Pointer(unsafe.StringData(s))) }
	for n := range rows {
		text := make([]string, rows)
		for y := range text {
			text[y] = fmt.Sprintf("row %d, last changed by frame %d", y, min(n, y))
		}
		frame := strings.Join(text, "\n")
		c.frame(frame)
		for y, line := range c.lines {
			if line != text[y] || address(line) < address(frame) || address(line) >= address(frame)+uintptr(len(frame)) {
				t.Fatalf("after frame %d row %d is of an older one: %q", n, y, line)
			}
		}
	}
}
