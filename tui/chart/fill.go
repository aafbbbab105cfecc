package chart

import (
	"math"
	"math/bits"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
)

// maxAreas are the areas that are blended; the later ones are letters in the
// legend alone.
const maxAreas = 64

// A blend remembers the colour of each set of areas that lie over each other.
type blend struct {
	base   cell.RGB
	ink    cell.RGB // what grid lines are a share of
	series []cell.RGB
	lines  []cell.RGB // of the edges
	share  []float64
	known  map[uint64]cell.RGB
}

// color lays the areas of a set over the base in their order.
func (b *blend) color(set uint64) cell.RGB {
	if c, ok := b.known[set]; ok {
		return c
	}
	c := b.base
	for rest := set; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		c = cell.Mix(c, b.series[i], b.share[i])
	}
	b.known[set] = c
	return c
}

func (a Areas) blend(l Look) *blend {
	opacity := a.Opacity
	if opacity <= 0 {
		opacity = defaultOpacity
	}
	n := min(len(a.Series), maxAreas)
	b := &blend{base: l.Background, ink: l.Text, known: map[uint64]cell.RGB{}}
	for i := range n {
		b.series = append(b.series, l.Series[i%len(l.Series)])
		b.lines = append(b.lines, l.Color(i))
		b.share = append(b.share, opacity)
		if i == a.Emphasis {
			b.share[i] = max(opacity, emphasisOpacity)
		}
	}
	return b
}

// fill paints the areas, two half columns a cell: each holds one colour, or
// two and the block character that parts them best.
func (a Areas) fill(g *cell.Grid, p Plot, l Look) {
	if len(l.Series) == 0 {
		return
	}
	b := a.blend(l)
	edges := make([][2]edge, len(b.series))
	strokes := make([]stroke, len(b.series))
	for col := range p.W {
		for i := range edges {
			for side := range edges[i] {
				r := p.extent(a.at(i, p.halfValue(2*col+side)))
				edges[i][side] = edge{r, extent{}}
				if a.stroked(i, l) {
					edges[i][side].line = strokes[i].next(r)
				}
			}
		}
		for row := range p.H {
			if c := g.At(p.X+col, p.Y+row); c != nil {
				b.cell(c, edges, row*canvas.EdgeH, l.Blocks)
			}
		}
	}
}

// stroked reports whether an area's edge is drawn as a line: the emphasised
// one's; all of them where there are too few colours to tell mixed ones apart.
func (a Areas) stroked(i int, l Look) bool {
	return i == a.Emphasis || l.Profile == termenv.ANSI256
}

// halfValue returns the x in the middle of a half column of the plot.
func (p Plot) halfValue(half int) float64 {
	return p.XLo + (float64(half)+0.5)/float64(2*p.W)*(p.XHi-p.XLo)
}

// An extent is the eighths of rows, from the top of the plot, that an area
// covers: the first and the one after the last.
type extent struct{ from, to int }

// extent returns what an area from zero to v covers.
func (p Plot) extent(v float64) extent {
	if !finite(v) || p.YHi <= p.YLo {
		return extent{}
	}
	at := func(v float64) int {
		return int(math.Round(min(max(p.depth(v), 0), float64(p.H)) * canvas.EdgeH))
	}
	return extent{at(max(v, 0)), at(min(v, 0))}
}

// part is what of r lies in the cell whose first eighth is top.
func (r extent) part(top int) (from, to int) {
	return max(r.from-top, 0), min(r.to-top, canvas.EdgeH)
}

// cell paints one cell whose first eighth is top. A grid line stays where
// the cell has a single colour.
func (b *blend) cell(c *cell.Cell, edges [][2]edge, top int, blocks canvas.Mode) {
	var sets [canvas.EdgeW][canvas.EdgeH]uint64
	mixed := false
	for i, e := range edges {
		for side, s := range e {
			from, to := s.part(top)
			for k := from; k < to; k++ {
				sets[side][k] |= 1 << i
			}
			line, end := s.line.part(top)
			mixed = mixed || from < to && to-from < canvas.EdgeH || line < end
		}
	}
	if !mixed && sets[0] == sets[1] {
		if sets[0][0] != 0 {
			bg := b.color(sets[0][0])
			c.BG = cell.FromRGB(bg)
			c.FG = cell.FromRGB(cell.Mix(bg, b.ink, gridShare)) // of the grid line, if one is here
		}
		return
	}
	var samples canvas.Edges
	for i := range samples.Colors {
		samples.Colors[i] = b.color(sets[i%canvas.EdgeW][i/canvas.EdgeW])
	}
	for i, e := range edges {
		for side, s := range e {
			for k, end := s.line.part(top); k < end; k++ {
				samples.Stroke(side, k, b.lines[i])
			}
		}
	}
	*c = samples.Cell(blocks)
}
