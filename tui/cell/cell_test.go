package cell

import (
	"testing"
	"unsafe"
)

// bytesOf compares cells by their memory.
func TestACellHasNoPadding(t *testing.T) {
	var c Cell
	sum := unsafe.Sizeof(c.FG) + unsafe.Sizeof(c.BG) + unsafe.Sizeof(c.text) + unsafe.Sizeof(c.Attr) + unsafe.Sizeof(c.extra) + unsafe.Sizeof(c.link)
	if size := unsafe.Sizeof(c); size != sum || size != 16 {
		t.Errorf("a cell has %d bytes, its fields %d", size, sum)
	}
}

func TestColors(t *testing.T) {
	if got := FromRGB(RGB{1, 2, 3}).RGB(); got != (RGB{1, 2, 3}) {
		t.Errorf("got %v", got)
	}
	for i, want := range map[uint8]RGB{9: {255, 0, 0}, 196: {255, 0, 0}, 244: {128, 128, 128}} {
		if got := FromIndex(i).RGB(); got != want {
			t.Errorf("entry %d is %v, want %v", i, got, want)
		}
	}
	if Color(0).RGB() != (RGB{}) {
		t.Error("the terminal's own colour is not black")
	}
}

func TestSameLooksAtWhatCanBeSeen(t *testing.T) {
	blank := func(fg RGB, attr Attr) Cell { return New(' ', fg, RGB{9, 9, 9}, attr) }
	red, green := RGB{255, 0, 0}, RGB{0, 255, 0}
	tests := map[string]struct {
		a, b Cell
		want bool
	}{
		"blanks of two foregrounds":        {blank(red, 0), blank(green, Bold), true},
		"underlined blanks":                {blank(red, Underline), blank(green, Underline), false},
		"a reversed and a plain blank":     {blank(red, Reverse), blank(red, 0), false},
		"letters of two foregrounds":       {New('x', red, RGB{}, 0), New('x', green, RGB{}, 0), false},
		"the same letter":                  {New('x', red, RGB{}, 0), New('x', red, RGB{}, 0), true},
		"a blank and a space are the same": {New(' ', red, RGB{}, 0), Cell{FG: FromRGB(red), BG: FromRGB(RGB{})}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.a.Same(&tt.b); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
