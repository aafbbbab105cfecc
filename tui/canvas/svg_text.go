package canvas

import (
	"fmt"
	"strings"
	"sync"
)

// svgWords draws the runs of letters of one style, each fitted to its cells.
func (g *Grid) svgWords(b *strings.Builder) {
	fmt.Fprintf(b, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d" xml:space="preserve">`+"\n", fontSize)
	for y := range g.H {
		row := g.Cells[y*g.W : (y+1)*g.W]
		for x := 0; x < g.W; {
			if !letter(row[x].Rune) {
				x++
				continue
			}
			end := runEnd(row, x)
			g.svgRun(b, x, y, row[x:end])
			x = end
		}
	}
	b.WriteString("</g>\n")
}

// letter tells whether a rune is drawn as text.
func letter(r rune) bool {
	return r > ' ' && r != Tail && !(r >= 0x2800 && r < 0x2900) && lineArms[r] == [4]bool{} && blockRects()[r] == nil
}

// runEnd gives where a run of one style ends. Single spaces inside are part
// of it; wide runes end it, because fonts disagree on their width.
func runEnd(row []Cell, start int) int {
	end := start + 1
	if end < len(row) && row[end].Rune == Tail {
		return end + 1
	}
	for x := end; x < len(row); x++ {
		c := row[x]
		wide := x+1 < len(row) && row[x+1].Rune == Tail
		if wide || c.Rune != ' ' && (!letter(c.Rune) || c.FG != row[start].FG || c.Attr != row[start].Attr) {
			break
		}
		if c.Rune != ' ' {
			end = x + 1
		} else if x > end {
			break
		}
	}
	return end
}

func (g *Grid) svgRun(b *strings.Builder, x, y int, cells []Cell) {
	var text strings.Builder
	for _, c := range cells {
		if c.Rune != Tail {
			text.WriteRune(c.Rune)
		}
	}
	style := ""
	if a := cells[0].Attr; a != 0 {
		if a&Bold != 0 {
			style += ` font-weight="bold"`
		}
		if a&Italic != 0 {
			style += ` font-style="italic"`
		}
		if a&Underline != 0 {
			style += ` text-decoration="underline"`
		}
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		x*cellW, y*cellH+12, len(cells)*cellW, hex(cells[0].FG), style, xmlText(text.String()))
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		r, _ = shape(r)
		return r
	}, s)
	return xmlEscapes.Replace(s)
}

// blockRects are the parts of a cell that block characters cover: x, y, width
// and height from 0 to 1. Only pictures need them, so no start pays for them.
var blockRects = sync.OnceValue(func() map[rune][][4]float64 {
	out := map[rune][][4]float64{'█': {{0, 0, 1, 1}}}
	for _, m := range []Mode{Half, Quadrant, Sextant, Octant} {
		nx, ny := m.pixels()
		for mask := uint(1); mask < 1<<(nx*ny)-1; mask++ {
			if r := m.glyph(mask); out[r] == nil {
				out[r] = maskRects(mask, nx, ny)
			}
		}
	}
	for k := 1; k < 8; k++ {
		h := float64(k) / 8
		out['▁'+rune(k)-1] = [][4]float64{{0, 1 - h, 1, h}}
		out['▏'-rune(k)+1] = [][4]float64{{0, 0, h, 1}}
	}
	out['▔'], out['▕'] = [][4]float64{{0, 0, 1, .125}}, [][4]float64{{.875, 0, .125, 1}}
	return out
})

// maskRects joins neighbouring pixels of a row.
func maskRects(mask uint, nx, ny int) (out [][4]float64) {
	w, h := 1/float64(nx), 1/float64(ny)
	for y := range ny {
		for x := 0; x < nx; x++ {
			start := x
			for x < nx && mask&(1<<(y*nx+x)) != 0 {
				x++
			}
			if x > start {
				out = append(out, [4]float64{float64(start) * w, float64(y) * h, float64(x-start) * w, h})
			}
		}
	}
	return out
}
