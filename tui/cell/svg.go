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
	o = o.withDefaults()
	p := newPicture(g, o)
	var b strings.Builder
	p.open(&b, o)
	p.draw(&b, o.BG)
	b.WriteString("</svg>\n")
	return b.String()
}

func (o SVGOptions) withDefaults() SVGOptions {
	if o.FG == (RGB{}) && o.BG == (RGB{}) {
		o.FG, o.BG = RGB{0xe6, 0xe9, 0xef}, RGB{0x0e, 0x11, 0x17}
	}
	return o
}

// open begins an SVG of p's size.
func (p *picture) open(b *strings.Builder, o SVGOptions) {
	w, h := p.w*cellW+2*o.Margin, p.h*cellH+2*o.Margin
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%d %d %d %d" role="img">`+"\n",
		w, h, -o.Margin, -o.Margin, w, h)
	if o.Title != "" {
		fmt.Fprintf(b, "<title>%s</title>\n", xmlText(o.Title))
	}
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", -o.Margin, -o.Margin, w, h, hex(o.BG))
}

// draw draws all that is not the page's background.
func (p *picture) draw(b *strings.Builder, page RGB) {
	p.backgrounds(b, page)
	p.shapes(b)
	p.words(b)
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

// write draws what was gathered: each colour is the paint, fill or stroke, of
// one path in a group with attrs.
func (p *paths) write(b *strings.Builder, attrs, paint string) {
	if len(p.order) == 0 {
		return
	}
	fmt.Fprintf(b, "<g %s>\n", attrs)
	for _, c := range p.order {
		fmt.Fprintf(b, `<path %s="%s" d="%s"/>`+"\n", paint, hex(c), p.d[c])
	}
	b.WriteString("</g>\n")
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
				fmt.Fprintf(out.of(c), "M%d %dh%d", start*cellW, y*cellH+cellH/2, (x-start)*cellW) // a stroke as wide as the row
			}
		}
	}
	out.write(b, fmt.Sprintf(`fill="none" shape-rendering="crispEdges" stroke-width="%d"`, cellH), "stroke")
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
	blocks.write(b, `shape-rendering="crispEdges"`, "fill")
	dots.write(b, `fill="none" stroke-linecap="round" stroke-width="2.5"`, "stroke")
	lines.write(b, `fill="none" stroke-width="1.2"`, "stroke")
}

// svgDots draws a dot as the round ends of a line that is hardly one: it takes
// a fifth of what an outline would.
func svgDots(b *strings.Builder, x, y float64, bits uint8) {
	for row := range 4 {
		for col := range 2 {
			if bits&BrailleDot(col, row) != 0 {
				fmt.Fprintf(b, "M%g %gh.01", x+2+4*float64(col), y+2+4*float64(row))
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

// svgLine draws arms from the middle of a cell, and opposite ones in one go.
func svgLine(b *strings.Builder, x, y float64, arms [4]bool) {
	mx, my := x+cellW/2, y+cellH/2
	for _, way := range []struct {
		from, to bool
		x, y     float64 // of the edge where from begins
		draw     string
		half     float64
	}{{arms[0], arms[1], x, my, "h", cellW / 2}, {arms[2], arms[3], mx, y, "v", cellH / 2}} {
		switch {
		case way.from && way.to:
			fmt.Fprintf(b, "M%g %g%s%g", way.x, way.y, way.draw, 2*way.half)
		case way.from:
			fmt.Fprintf(b, "M%g %g%s%g", way.x, way.y, way.draw, way.half)
		case way.to:
			fmt.Fprintf(b, "M%g %g%s%g", mx, my, way.draw, way.half)
		}
	}
}
