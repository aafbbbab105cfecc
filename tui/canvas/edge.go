package canvas

import (
	"math"
	"math/bits"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/tui/cell"
)

// EdgeW and EdgeH are the samples across and down a cell that Edges has.
const EdgeW, EdgeH = 2, 8

// An Edges is the samples of a cell, row by row from the top left.
type Edges struct {
	Colors [EdgeW * EdgeH]RGB
	line   uint16 // the samples that belong to a line, by bits
}

// lineWeight is how many samples one of a line counts as: a line across a cell
// outweighs all the rest of it, and is never left out.
const lineWeight = 8

// Stroke returns a sample the colour of a line.
func (e *Edges) Stroke(x, y int, c RGB) {
	i := y*EdgeW + x
	e.Colors[i] = c
	e.line |= 1 << i
}

// A blockShape is a block character and the samples that its foreground covers.
type blockShape struct {
	r    rune
	mask uint16
}

// edgeShapes are the blocks that every font has and that suit the edge of an
// area: the lower eighths first, which win where others are no better, then
// the quadrants, which have half steps across.
var edgeShapes = sync.OnceValue(func() (out []blockShape) {
	for k := 1; k < EdgeH; k++ {
		out = append(out, blockShape{'▁' + rune(k) - 1, uint16(0xffff) << (EdgeW * (EdgeH - k))})
	}
	for q := uint(1); q < 15; q++ {
		var mask uint16
		for i := range EdgeW * EdgeH {
			x, y := i%EdgeW, i/EdgeW
			if q&(1<<(2*(y/4)+x)) != 0 {
				mask |= 1 << i
			}
		}
		out = append(out, blockShape{cell.Quadrant(q), mask})
	}
	return out
})

// tint is a colour of a cell and the samples that have it.
type tint struct {
	color  pixel
	mask   uint16
	weight int32
}

// of is the weight of the samples of a mask that have the tint.
func (t tint) of(mask uint16) int32 { return int32(bits.OnesCount16(t.mask&mask)) * t.weight }

// Cell returns the cell that is nearest to its samples: two colours, and the
// block character with the least squared error among lower eighths and
// quadrants, and octants where the terminal draws them; halves alone where it
// draws nothing finer.
func (e *Edges) Cell(m Mode) cell.Cell {
	var found [EdgeW * EdgeH]tint
	tints := e.tints(&found)
	if len(tints) == 1 {
		c := tints[0].color.rgb()
		return cell.New(' ', c, c, 0)
	}
	var best cell.Cell
	least := int32(math.MaxInt32)
	try := func(s blockShape) {
		fg, bg := mainTint(tints, s.mask), mainTint(tints, ^s.mask)
		if v := miss(tints, s.mask, fg, bg); v < least {
			best, least = cell.New(s.r, fg.rgb(), bg.rgb(), 0), v
		}
	}
	for _, s := range edgeShapes() {
		if m != Half || strings.ContainsRune("▀▄▌▐", s.r) {
			try(s)
		}
	}
	if m == Octant {
		try(e.octant())
	}
	return best
}

// tints gathers the colours of the samples.
func (e *Edges) tints(found *[EdgeW * EdgeH]tint) []tint {
	n := 0
	for i, c := range e.Colors {
		p, weight := pixel{int32(c[0]), int32(c[1]), int32(c[2])}, int32(1)
		if e.line&(1<<i) != 0 {
			weight = lineWeight
		}
		k := 0
		for k < n && (found[k].color != p || found[k].weight != weight) {
			k++
		}
		if k == n {
			found[n] = tint{color: p, weight: weight}
			n++
		}
		found[k].mask |= 1 << i
	}
	return found[:n]
}

// mainTint returns the colour that most samples of a mask have, the first of
// several. A mean of all would be nearer to the samples, but along an edge it
// leaves a murky rim that flickers from cell to cell.
func mainTint(tints []tint, mask uint16) pixel {
	best, most := pixel{}, int32(0)
	for _, t := range tints {
		if n := t.of(mask); n > most {
			best, most = t.color, n
		}
	}
	return best
}

// miss is the squared error of drawing the samples of a mask in one colour,
// and the others in another.
func miss(tints []tint, mask uint16, fg, bg pixel) (sum int32) {
	for _, t := range tints {
		sum += t.of(mask)*t.color.less(fg).square() + t.of(^mask)*t.color.less(bg).square()
	}
	return sum
}

func (p pixel) square() int32 { return p.r*p.r + p.g*p.g + p.b*p.b }

// octant returns the best of the 2 by 4 blocks.
func (e *Edges) octant() blockShape {
	var px [8]pixel
	var sum pixel
	for i := range px {
		at := i/2*2*EdgeW + i%2
		a, b := e.Colors[at], e.Colors[at+EdgeW]
		px[i] = pixel{
			(int32(a[0]) + int32(b[0])) / 2, (int32(a[1]) + int32(b[1])) / 2, (int32(a[2]) + int32(b[2])) / 2,
		}
		sum = sum.plus(px[i])
	}
	small := bestSplit(px[:], sum)
	var mask uint16
	for i := range e.Colors {
		if small&(1<<(i/(2*EdgeW)*2+i%2)) != 0 {
			mask |= 1 << i
		}
	}
	return blockShape{Octant.glyph(small), mask}
}

// Most returns the colour that the greater part of a cell has, as far as its
// character is a block that Edges draws; the background otherwise.
func Most(c *cell.Cell) cell.Color {
	samples, r := 0, c.Rune()
	for _, s := range edgeShapes() {
		if s.r == r {
			samples = bits.OnesCount16(s.mask)
		}
	}
	if r >= cell.Octant(4) { // the first that is an octant alone
		for mask := range uint(256) {
			if cell.Octant(mask) == r {
				samples = 2 * bits.OnesCount(mask)
			}
		}
	}
	if r == '█' || samples > EdgeW*EdgeH/2 {
		return c.FG
	}
	return c.BG
}
