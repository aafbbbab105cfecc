package canvas

import (
	"fmt"
	"strings"
)

// SVGOptions are the looks of an SVG picture. The zero value is a dark one.
type SVGOptions struct {
	Title  string // for people who do not see the picture
	FG, BG RGB    // in place of the terminal's own; both zero = light grey on near black
	Margin int    // around the frame, in pixels
}

// The size of a cell in pixels, and of its letters.
const (
	cellW, cellH = 8, 16
	fontSize     = 13
)

// SVG makes a standalone picture of any frame: backgrounds are rectangles,
// block characters, braille and lines are drawn as shapes so that they join
// in every browser, and words stay words, fitted to their cells whatever
// monospaced font there is.
func SVG(frame string, o SVGOptions) string {
	if o.FG == (RGB{}) && o.BG == (RGB{}) {
		o.FG, o.BG = RGB{0xe6, 0xe9, 0xef}, RGB{0x0e, 0x11, 0x17}
	}
	g := Parse(frame)
	for i := range g.Cells {
		g.Cells[i].resolve(o)
	}
	w, h := g.W*cellW+2*o.Margin, g.H*cellH+2*o.Margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%d %d %d %d" role="img">`+"\n",
		w, h, -o.Margin, -o.Margin, w, h)
	if o.Title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", xmlText(o.Title))
	}
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", -o.Margin, -o.Margin, w, h, hex(o.BG))
	g.svgBackgrounds(&b, o.BG)
	g.svgShapes(&b)
	g.svgWords(&b)
	b.WriteString("</svg>\n")
	return b.String()
}

// resolve turns what a cell asks the terminal for into colours.
func (c *Cell) resolve(o SVGOptions) {
	if c.NoFG {
		c.FG = o.FG
	}
	if c.NoBG {
		c.BG = o.BG
	}
	if c.Attr&Reverse != 0 {
		c.FG, c.BG = c.BG, c.FG
	}
	if c.Attr&Faint != 0 {
		c.FG = Mix(c.FG, c.BG, 0.4)
	}
	c.NoFG, c.NoBG, c.Attr = false, false, c.Attr&^(Reverse|Faint)
}

func hex(c RGB) string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// paths gathers shapes by colour, in the order in which colours first appear.
type paths struct {
	order []RGB
	d     map[RGB]*strings.Builder
}

func (p *paths) of(c RGB) *strings.Builder {
	if p.d == nil {
		p.d = map[RGB]*strings.Builder{}
	}
	b := p.d[c]
	if b == nil {
		b = &strings.Builder{}
		p.d[c], p.order = b, append(p.order, c)
	}
	return b
}

func (p *paths) write(b *strings.Builder, attrs string) {
	for _, c := range p.order {
		fmt.Fprintf(b, `<path %s="%s" d="%s"/>`+"\n", attrs, hex(c), p.d[c])
	}
}

// svgBackgrounds draws one rectangle for each run of a background in a row.
func (g *Grid) svgBackgrounds(b *strings.Builder, page RGB) {
	var p paths
	for y := range g.H {
		row := g.Cells[y*g.W : (y+1)*g.W]
		for x := 0; x < g.W; {
			start := x
			for x < g.W && row[x].BG == row[start].BG {
				x++
			}
			if c := row[start].BG; c != page {
				fmt.Fprintf(p.of(c), "M%d %dh%dv%dh%dz", start*cellW, y*cellH, (x-start)*cellW, cellH, (start-x)*cellW)
			}
		}
	}
	p.write(b, `shape-rendering="crispEdges" fill`)
}

// svgShapes draws blocks, dots and lines.
func (g *Grid) svgShapes(b *strings.Builder) {
	var blocks, dots, lines paths
	for i, c := range g.Cells {
		x, y := float64(i%g.W*cellW), float64(i/g.W*cellH)
		switch {
		case c.Rune > 0x2800 && c.Rune < 0x2900:
			svgDots(dots.of(c.FG), x, y, uint8(c.Rune-0x2800))
		case lineArms[c.Rune] != [4]bool{}:
			svgLine(lines.of(c.FG), x, y, lineArms[c.Rune])
		default:
			for _, r := range blockRects()[c.Rune] {
				fmt.Fprintf(blocks.of(c.FG), "M%g %gh%gv%gh%gz", x+r[0]*cellW, y+r[1]*cellH, r[2]*cellW, r[3]*cellH, -r[2]*cellW)
			}
		}
	}
	blocks.write(b, `shape-rendering="crispEdges" fill`)
	dots.write(b, "fill")
	lines.write(b, `fill="none" stroke-width="1.2" stroke`)
}

func svgDots(b *strings.Builder, x, y float64, bits uint8) {
	const r = 1.25
	for row := range 4 {
		for col := range 2 {
			if bits&brailleBits[row][col] != 0 {
				fmt.Fprintf(b, "M%g %ga%g %g 0 1 0 %g 0a%g %g 0 1 0 %g 0", x+2+4*float64(col)-r, y+2+4*float64(row), r, r, 2*r, r, r, -2*r)
			}
		}
	}
}

// lineArms says in which directions a line character goes from its middle:
// left, right, up, down.
var lineArms = map[rune][4]bool{
	'─': {true, true, false, false}, '│': {false, false, true, true}, '┼': {true, true, true, true},
	'├': {false, true, true, true}, '┤': {true, false, true, true}, '┬': {true, true, false, true}, '┴': {true, true, true, false},
	'╭': {false, true, false, true}, '╮': {true, false, false, true}, '╰': {false, true, true, false}, '╯': {true, false, true, false},
	'┌': {false, true, false, true}, '┐': {true, false, false, true}, '└': {false, true, true, false}, '┘': {true, false, true, false},
}

func svgLine(b *strings.Builder, x, y float64, arms [4]bool) {
	mx, my := x+cellW/2, y+cellH/2
	for i, end := range [4][2]float64{{x, my}, {x + cellW, my}, {mx, y}, {mx, y + cellH}} {
		if arms[i] {
			fmt.Fprintf(b, "M%g %gL%g %g", mx, my, end[0], end[1])
		}
	}
}
