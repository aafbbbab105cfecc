package canvas

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Text writes s from column x of row y in fg, keeping each cell's background,
// and gives the number of cells that it took. Control characters and other
// signs without a shape become U+FFFD, marks that combine with the letter
// before them are left out (a cell holds one rune), and what does not fit
// into the row is cut.
func (g *Grid) Text(x, y int, s string, fg RGB, attr Attr) int {
	start := x
	for _, r := range s {
		r, w := shape(r)
		if x+w > g.W {
			break
		}
		g.put(x, y, r, w, fg, attr)
		x += w
	}
	return x - start
}

// put writes one rune of w cells. A wide rune that starts left of the grid
// leaves a blank in the cell that can be seen.
func (g *Grid) put(x, y int, r rune, w int, fg RGB, attr Attr) {
	for i := 0; i < w; i++ {
		c := g.At(x+i, y)
		if c == nil {
			continue
		}
		c.FG, c.Attr, c.NoFG = fg, attr, false
		switch {
		case i == 0:
			c.Rune = r
		case x < 0:
			c.Rune = ' '
		default:
			c.Rune = Tail
		}
	}
}

// Box draws a frame of w by h cells with rounded corners, keeping each cell's
// background. A box smaller than 2 by 2 is not drawn.
func (g *Grid) Box(x, y, w, h int, fg RGB) {
	if w < 2 || h < 2 {
		return
	}
	for i := 1; i < w-1; i++ {
		g.put(x+i, y, '─', 1, fg, 0)
		g.put(x+i, y+h-1, '─', 1, fg, 0)
	}
	for i := 1; i < h-1; i++ {
		g.put(x, y+i, '│', 1, fg, 0)
		g.put(x+w-1, y+i, '│', 1, fg, 0)
	}
	g.put(x, y, '╭', 1, fg, 0)
	g.put(x+w-1, y, '╮', 1, fg, 0)
	g.put(x, y+h-1, '╰', 1, fg, 0)
	g.put(x+w-1, y+h-1, '╯', 1, fg, 0)
}

// Width is the number of cells that Text takes for s when there is room.
func Width(s string) int {
	n := 0
	for _, r := range s {
		_, w := shape(r)
		n += w
	}
	return n
}

// Cut shortens s to at most w cells, the last of them "…" where something was
// cut off.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	used, keep := 0, 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		_, rw := shape(r)
		if used+rw > w {
			return s[:keep] + "…"
		}
		i += size // of a broken character less than its stand-in has
		if used += rw; used < w {
			keep = i
		}
	}
	return s
}

// shape says which rune to show for r and in how many cells: 0 for a mark
// that combines with the rune before it. Runes that terminals join with their
// neighbours in ways that change the width (flags, skin tones, some vowel
// signs) have no place in a cell of their own and become U+FFFD.
func shape(r rune) (rune, int) {
	if r >= ' ' && r < 0x7f {
		return r, 1
	}
	switch {
	case r >= 0x2500 && r < 0x25fd, r >= 0x2800 && r < 0x2900, r >= 0x1cd00 && r < 0x1ceb0, r >= 0x1fb00 && r < 0x1fbf0:
		return r, 1 // Lines, blocks and dots; one cell everywhere.
	case unicode.Is(unicode.M, r):
		return r, 0
	case !unicode.IsPrint(r), unicode.Is(unicode.Cf, r), joins(r):
		return utf8.RuneError, 1
	}
	if w := displaywidth.Rune(r); w > 0 {
		return r, min(w, 2)
	}
	return utf8.RuneError, 1
}

func joins(r rune) bool { return r >= 0x0d4e && unicode.Is(joining, r) }

var joining = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x0d4e, 0x0d4e, 1},
		{0x0e33, 0x0e33, 1},
		{0x0eb3, 0x0eb3, 1},
		{0x1100, 0x11ff, 1},
		{0xa960, 0xa97f, 1},
		{0xd7b0, 0xd7ff, 1},
		{0xff9e, 0xff9f, 1},
	},
	R32: []unicode.Range32{
		{0x111c2, 0x111c3, 1},
		{0x1193f, 0x11941, 2},
		{0x11a84, 0x11a89, 1},
		{0x11d46, 0x11d46, 1},
		{0x11f02, 0x11f02, 1},
		{0x1f1e6, 0x1f1ff, 1},
		{0x1f3fb, 0x1f3ff, 1},
	},
}
