package canvas

import (
	"math/bits"
	"sync"

	"github.com/authtabs/tabgate/tui/cell"
)

// LengthenRuns makes the cells of a rectangle cheaper to send without changing
// what is seen: a colour that the eye cannot tell from one that the cell
// before uses becomes that colour, and a block character is exchanged for its
// complement where its two colours are then already set. Near is how far apart
// such colours may be (sum of squares). Spaces keep their colour, so that
// areas of one colour stay exact.
func LengthenRuns(g *cell.Grid, x, y, w, h, near int) {
	part := g.Sub(x, y, w, h)
	for row := range h {
		if cells := part.Row(row); len(cells) > 0 {
			lengthen(cells, near)
		}
	}
}

func lengthen(cells []cell.Cell, near int) {
	fg, bg := cells[0].FG, cells[0].BG // what the terminal's pen has
	for i := range cells {
		c := &cells[i]
		if c.Blank() || c.FG == 0 || c.BG == 0 {
			bg = c.BG
			continue
		}
		c.BG = alike(c.BG, bg, fg, near)
		if other := complement(c.Rune()); other != 0 {
			c.FG = alike(c.FG, fg, bg, near)
			as, turned := differ(c.FG, fg)+differ(c.BG, bg), differ(c.BG, fg)+differ(c.FG, bg)
			if turned < as {
				c.Set(other)
				c.FG, c.BG = c.BG, c.FG
			}
		}
		fg, bg = c.FG, c.BG
	}
}

func differ(a, b cell.Color) int {
	if a == b {
		return 0
	}
	return 1
}

// alike returns the first of two colours that c cannot be told from, else c.
func alike(c, a, b cell.Color, near int) cell.Color {
	switch {
	case apart(c, a) <= near:
		return a
	case apart(c, b) <= near:
		return b
	}
	return c
}

// apart is the sum of the squares by which two colours differ.
func apart(a, b cell.Color) int {
	part := func(c cell.Color, shift int) int { return int(c >> shift & 0xff) }
	r, g, l := part(a, 16)-part(b, 16), part(a, 8)-part(b, 8), part(a, 0)-part(b, 0)
	return r*r + g*g + l*l
}

// complement returns the block character that covers what r leaves uncovered; 0
// where there is none.
func complement(r rune) rune {
	if b := blockOf(r); b != nil {
		return b.other
	}
	return 0
}

// Mean returns the colour of a cell as it looks from afar: of a block
// character's two colours each by its share, else the background.
func Mean(c *cell.Cell) RGB {
	if b := blockOf(c.Rune()); b != nil {
		return cell.Mix(c.BG.RGB(), c.FG.RGB(), float64(b.share))
	}
	return c.BG.RGB()
}

// block is what there is to know of a block character: its complement and how
// much of the cell it covers, 0 to 1.
type block struct {
	other rune
	share float32
}

func blockOf(r rune) *block {
	var b *block
	switch {
	case r >= 0x2580 && r < 0x25a0:
		b = &blocks().old[r-0x2580]
	case r >= 0x1cd00 && r < 0x1cde6:
		b = &blocks().octants[r-0x1cd00]
	case r >= 0x1fb00 && r < 0x1fb3c:
		b = &blocks().sextants[r-0x1fb00]
	case r > 0x1cde5:
		return blocks().others[r]
	default:
		return nil
	}
	if b.other == 0 {
		return nil
	}
	return b
}

// blockTable has a block for each block character, by where Unicode has them.
type blockTable struct {
	old      [32]block
	octants  [230]block
	sextants [60]block
	others   map[rune]*block
}

var blocks = sync.OnceValue(func() *blockTable {
	t := &blockTable{others: map[rune]*block{}}
	for m, pixels := range map[Mode]int{Half: 2, Quadrant: 4, Sextant: 6, Octant: 8} {
		all := uint(1)<<pixels - 1
		for mask := uint(1); mask < all; mask++ {
			b := block{m.glyph(all ^ mask), float32(bits.OnesCount(mask)) / float32(pixels)}
			switch r := m.glyph(mask); {
			case r < 0x25a0:
				t.old[r-0x2580] = b
			case r >= 0x1cd00 && r < 0x1cde6:
				t.octants[r-0x1cd00] = b
			case r >= 0x1fb00 && r < 0x1fb3c:
				t.sextants[r-0x1fb00] = b
			default:
				t.others[r] = &b
			}
		}
	}
	return t
})
