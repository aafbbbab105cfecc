package chart

import (
	"math"
	"math/bits"

	ntcanvas "github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"

	"github.com/authtabs/tabgate/tui/canvas"
)

const (
	eighths  = 8
	maxAreas = 64 // areas that are blended; the later ones are letters in the legend alone
)

// A blend remembers the colour of each set of areas that lie over each other.
type blend struct {
	base   canvas.RGB
	ink    canvas.RGB // what grid lines are a share of
	series []canvas.RGB
	share  []float64
	known  map[uint64]canvas.RGB
}

// color lays the areas of a set over the base in their order.
func (b *blend) color(set uint64) canvas.RGB {
	if c, ok := b.known[set]; ok {
		return c
	}
	c := b.base
	for rest := set; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		c = canvas.Mix(c, b.series[i], b.share[i])
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
	b := &blend{base: l.Background, ink: l.Text, known: map[uint64]canvas.RGB{}}
	for i := range n {
		b.series = append(b.series, l.Series[i%len(l.Series)])
		b.share = append(b.share, opacity)
		if i == a.Emphasis {
			b.share[i] = max(opacity, emphasisOpacity)
		}
	}
	return b
}

// fill paints the areas column by column. A cell holds two colours, split at
// one of its eighths.
func (a Areas) fill(g *canvas.Grid, p Plot, l Look) {
	if len(l.Series) == 0 {
		return
	}
	b := a.blend(l)
	edges := make([][2]int, len(b.series))
	for col := p.X; col < p.X+p.W; col++ {
		for i := range edges {
			edges[i] = p.eighthsOf(a.at(i, p.Value(col)))
		}
		for row := range p.H {
			if c := g.At(col, p.Y+row); c != nil {
				b.cell(c, edges, row*eighths)
			}
		}
	}
}

// eighthsOf gives the eighths of rows, from the top, that an area from zero
// to v covers: the first and the one after the last.
func (p Plot) eighthsOf(v float64) [2]int {
	if !finite(v) || p.YHi <= p.YLo {
		return [2]int{}
	}
	at := func(v float64) int {
		f := (p.YHi - v) / (p.YHi - p.YLo)
		return int(math.Round(min(max(f, 0), 1) * float64(p.H*eighths)))
	}
	return [2]int{at(max(v, 0)), at(min(v, 0))}
}

// cell paints one cell whose first eighth is top. A grid line stays where
// the cell has a single colour.
func (b *blend) cell(c *canvas.Cell, edges [][2]int, top int) {
	var sets [eighths]uint64
	same := true
	for i, e := range edges {
		if e[0] <= top && e[1] >= top+eighths {
			for k := range sets {
				sets[k] |= 1 << i
			}
			continue
		}
		for k := max(e[0]-top, 0); k < min(e[1]-top, eighths); k++ {
			sets[k] |= 1 << i
			same = false
		}
	}
	if same {
		if sets[0] == 0 {
			return
		}
		c.BG = b.color(sets[0])
		c.FG = canvas.Mix(c.BG, b.ink, gridShare) // of the grid line, if one is here
		return
	}
	b.split(c, &sets)
}

// lower are the blocks that fill a cell from below, by eighths.
var lower = [eighths]rune{' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇'}

// split chooses the split of the cell with the least squared error.
func (b *blend) split(c *canvas.Cell, sets *[eighths]uint64) {
	var colors [eighths]canvas.RGB
	for k, set := range sets {
		colors[k] = b.color(set)
	}
	best, least := 1, math.Inf(1)
	for k := 1; k < eighths; k++ {
		if sets[k-1] == sets[k] {
			continue // never better than splitting where something changes
		}
		_, upper := mean(colors[:k])
		_, under := mean(colors[k:])
		if upper+under < least {
			best, least = k, upper+under
		}
	}
	top, _ := mean(colors[:best])
	bottom, _ := mean(colors[best:])
	c.Rune, c.BG, c.FG = lower[eighths-best], top, bottom
}

// mean gives the mean of colours and the sum of squared distances from it.
func mean(colors []canvas.RGB) (m canvas.RGB, spread float64) {
	for ch := range m {
		sum, squares := 0.0, 0.0
		for _, c := range colors {
			v := float64(c[ch])
			sum, squares = sum+v, squares+v*v
		}
		n := float64(len(colors))
		m[ch] = uint8(sum/n + 0.5)
		spread += squares - sum*sum/n
	}
	return m, spread
}

// outline draws the upper edge of one series with braille dots, on whatever
// colour most of the cell has.
func (a Areas) outline(g *canvas.Grid, p Plot, i int, l Look) {
	dots := graph.NewBrailleGrid(p.W, p.H, 0, 1, 0, 1)
	values := a.Series[i].Values
	for k := 0; k+1 < min(len(a.X), len(values)); k++ {
		if !finite(values[k]) || !finite(values[k+1]) {
			continue
		}
		x0, y0 := p.dot(a.X[k], values[k])
		x1, y1 := p.dot(a.X[k+1], values[k+1])
		if x0, y0, x1, y1, ok := clip(x0, y0, x1, y1, 2*p.W-1, 4*p.H-1); ok {
			for _, q := range graph.GetLinePoints(ntcanvas.Point{X: x0, Y: y0}, ntcanvas.Point{X: x1, Y: y1}) {
				dots.Set(q)
			}
		}
	}
	for y, row := range dots.BraillePatterns() {
		for x, r := range row {
			if c := g.At(p.X+x, p.Y+y); c != nil && r > '⠀' {
				if k := lowerIndex(c.Rune); k >= eighths/2 {
					c.BG = c.FG // the lower colour has the greater part
				}
				c.Rune, c.FG = r, l.Color(i)
			}
		}
	}
}

func lowerIndex(r rune) int {
	for k, b := range lower {
		if r == b {
			return k
		}
	}
	return 0
}
