package cell

import (
	"fmt"
	"strings"
	"sync"
)

// words draws the runs of letters of one style, each fitted to its cells.
func (p *picture) words(b *strings.Builder) {
	fmt.Fprintf(b, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d" xml:space="preserve">`+"\n", fontSize)
	for y := range p.h {
		row := p.row(y)
		for x := 0; x < p.w; {
			if !row[x].letter() {
				x++
				continue
			}
			end := runEnd(row, x)
			svgRun(b, x, y, row[x:end])
			x = end
		}
	}
	b.WriteString("</g>\n")
}

// letter reports whether a cell is drawn as text.
func (c *ink) letter() bool {
	return c.text != "" && !(c.r >= 0x2800 && c.r < 0x2900) && lineArms[c.r] == [4]bool{} && blockRects()[c.r] == nil
}

// runEnd returns where a run of one style ends. Single spaces inside are part
// of it; wide characters end it, because fonts disagree on their width.
func runEnd(row []ink, start int) int {
	if w := row[start].width; w > 1 {
		return start + w
	}
	end := start + 1
	for x := end; x < len(row); x++ {
		c := &row[x]
		blank := c.text == ""
		if c.width > 1 || !blank && (!c.letter() || c.fg != row[start].fg || c.attr != row[start].attr) {
			break
		}
		if !blank {
			end = x + 1
		} else if x > end {
			break
		}
	}
	return end
}

func svgRun(b *strings.Builder, x, y int, cells []ink) {
	var text strings.Builder
	for i, c := range cells {
		switch {
		case c.text != "":
			text.WriteString(c.text)
		case i >= cells[0].width:
			text.WriteByte(' ')
		}
	}
	style, lines := "", ""
	a := cells[0].attr
	if a&Bold != 0 {
		style += ` font-weight="bold"`
	}
	if a&Italic != 0 {
		style += ` font-style="italic"`
	}
	if a&Underline != 0 {
		lines += " underline"
	}
	if a&Strike != 0 {
		lines += " line-through"
	}
	if lines != "" {
		style += ` text-decoration="` + lines[1:] + `"`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		x*cellW, y*cellH+12, len(cells)*cellW, hex(cells[0].fg), style, xmlText(text.String()))
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// xmlText returns s as it is shown in cells, escaped.
func xmlText(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		c := firstCluster(s)
		b.WriteString(c.text)
		s = s[c.used:]
	}
	return xmlEscapes.Replace(b.String())
}

// blockRects are the parts of a cell that block characters cover: x, y, width
// and height from 0 to 1. Only pictures need them, so no start pays for them.
var blockRects = sync.OnceValue(func() map[rune][][4]float64 {
	out := map[rune][][4]float64{'█': {{0, 0, 1, 1}}, '▀': {{0, 0, 1, .5}}, '▄': {{0, .5, 1, .5}}}
	for _, blocks := range []struct {
		nx, ny int
		of     func(mask uint) rune
	}{{2, 2, Quadrant}, {2, 3, Sextant}, {2, 4, Octant}} {
		for mask := uint(1); mask < 1<<(blocks.nx*blocks.ny)-1; mask++ {
			if r := blocks.of(mask); out[r] == nil {
				out[r] = maskRects(mask, blocks.nx, blocks.ny)
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
