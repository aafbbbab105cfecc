package cell

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

// SVG returns a standalone picture of g: backgrounds are rectangles, block
// characters, braille and lines are drawn as shapes so that they join in every
// browser, and words stay words, fitted to their cells whatever monospaced
// font there is.
func SVG(g *Grid, o SVGOptions) string {
	if o.FG == (RGB{}) && o.BG == (RGB{}) {
		o.FG, o.BG = RGB{0xe6, 0xe9, 0xef}, RGB{0x0e, 0x11, 0x17}
	}
	p := newPicture(g, o)
	w, h := p.w*cellW+2*o.Margin, p.h*cellH+2*o.Margin
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%d %d %d %d" role="img">`+"\n",
		w, h, -o.Margin, -o.Margin, w, h)
	if o.Title != "" {
		fmt.Fprintf(&b, "<title>%s</title>\n", xmlText(o.Title))
	}
	fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", -o.Margin, -o.Margin, w, h, hex(o.BG))
	p.backgrounds(&b, o.BG)
	p.shapes(&b)
	p.words(&b)
	b.WriteString("</svg>\n")
	return b.String()
}

// A picture is a grid with its colours worked out.
type picture struct {
	w, h  int
	cells []ink
}

// ink is what is drawn of a cell.
type ink struct {
	text   string // "" for a blank and for the continuation of a wide character
	r      rune   // of text, if it is one rune
	width  int    // columns; 0 for a continuation
	fg, bg RGB
	attr   Attr
}

func newPicture(g *Grid, o SVGOptions) *picture {
	p := &picture{w: g.W, h: g.H, cells: make([]ink, 0, g.W*g.H)}
	for y := range g.H {
		row := g.Row(y)
		for x := 0; x < len(row); {
			c, width := g.Shown(row, x)
			for i := range width {
				p.cells = append(p.cells, row[x+i].ink(o))
				if i == 0 && c.text != 0 {
					at := &p.cells[len(p.cells)-1]
					at.text, at.r, at.width = g.Cluster(c), c.Rune(), width
				}
			}
			x += width
		}
	}
	return p
}

// ink turns what a cell asks the terminal for into colours.
func (c *Cell) ink(o SVGOptions) ink {
	i := ink{fg: c.FG.RGB(), bg: c.BG.RGB(), attr: c.Attr}
	if c.FG == 0 {
		i.fg = o.FG
	}
	if c.BG == 0 {
		i.bg = o.BG
	}
	if i.attr&Reverse != 0 {
		i.fg, i.bg = i.bg, i.fg
	}
	if i.attr&Faint != 0 {
		i.fg = Mix(i.fg, i.bg, 0.4)
	}
	return i
}

func (p *picture) row(y int) []ink { return p.cells[y*p.w : (y+1)*p.w] }

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

// backgrounds draws one rectangle for each run of a background in a row.
func (p *picture) backgrounds(b *strings.Builder, page RGB) {
	var out paths
	for y := range p.h {
		row := p.row(y)
		for x := 0; x < p.w; {
			start := x
			for x < p.w && row[x].bg == row[start].bg {
				x++
			}
			if c := row[start].bg; c != page {
				fmt.Fprintf(out.of(c), "M%d %dh%dv%dh%dz", start*cellW, y*cellH, (x-start)*cellW, cellH, (start-x)*cellW)
			}
		}
	}
	out.write(b, `shape-rendering="crispEdges" fill`)
}

// shapes draws blocks, dots and lines.
func (p *picture) shapes(b *strings.Builder) {
	var blocks, dots, lines paths
	for i, c := range p.cells {
		x, y := float64(i%p.w*cellW), float64(i/p.w*cellH)
		switch {
		case c.r > 0x2800 && c.r < 0x2900:
			svgDots(dots.of(c.fg), x, y, uint8(c.r-0x2800))
		case lineArms[c.r] != [4]bool{}:
			svgLine(lines.of(c.fg), x, y, lineArms[c.r])
		default:
			for _, r := range blockRects()[c.r] {
				fmt.Fprintf(blocks.of(c.fg), "M%g %gh%gv%gh%gz", x+r[0]*cellW, y+r[1]*cellH, r[2]*cellW, r[3]*cellH, -r[2]*cellW)
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
			if bits&BrailleDot(col, row) != 0 {
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
