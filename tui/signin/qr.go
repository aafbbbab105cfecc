package signin

import (
	"fmt"
	"strings"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// qrPanel shows the address as a QR code: light modules white, the rest black,
// whatever the theme, because that is what cameras read best. Where it has no
// room it is drawn in smaller modules, if the terminal has the characters, and
// without a frame.
func (b *Box) qrPanel() box.Panel {
	t := b.Env.Theme
	lines := b.QR(b.scanned())
	if !framed(lines, b.w, b.h) && t.Glyphs == theme.Octant && t.Renderer.ColorProfile() != termenv.Ascii {
		lines = dense(lines)
	}
	cw := widest(lines)
	var out box.Panel
	switch {
	case cw == 0 || cw > b.w || len(lines) > b.h:
		return b.noQR(cw, len(lines))
	case !framed(lines, b.w, b.h): // The footer has the keys.
		out = box.Centred(cw, len(lines), b.w, b.h)
		out.Bare = true
		out.Also = func(g *cell.Grid) { drawQR(t, g, 0, 0, lines) }
		return out
	}
	out = box.Centred(cw+4, len(lines)+3, b.w, b.h)
	out.Title, out.Right, out.Left, out.Top = "Scan to log in", b.timeLeft(), 2, len(lines)+1
	out.Lines.Buttons(t, cw, b.Keys())
	out.Also = func(g *cell.Grid) { drawQR(t, g, 2, 1, lines) }
	return out
}

// framed reports whether a code and its frame fit into w by h.
func framed(lines []string, w, h int) bool { return widest(lines)+4 <= w && len(lines)+3 <= h }

// dense draws a code of half blocks with octants: modules half as wide and
// half as high, and square still. What is beyond the code is light.
func dense(lines []string) []string {
	cells := make([][]rune, len(lines))
	for i, l := range lines {
		cells[i] = []rune(l)
	}
	light := func(x, y int) bool {
		if y/2 >= len(cells) || x >= len(cells[y/2]) {
			return true
		}
		c := cells[y/2][x]
		return c == '█' || c == '▀' && y%2 == 0 || c == '▄' && y%2 == 1
	}
	var small []string
	for y := 0; y < 2*len(lines); y += 4 {
		var line strings.Builder
		for x := 0; x < widest(lines); x += 2 {
			mask := uint(0)
			for bit := range 8 {
				if light(x+bit%2, y+bit/2) {
					mask |= 1 << bit
				}
			}
			line.WriteRune(cell.Octant(mask))
		}
		small = append(small, line.String())
	}
	return small
}

// drawQR draws a code with its corner at x, y of g.
func drawQR(t *theme.Theme, g *cell.Grid, x, y int, lines []string) {
	white, black := theme.RGB{255, 255, 255}, theme.RGB{}
	g.Rect(x, y, widest(lines), len(lines), black)
	for i, l := range lines {
		if !t.Dark && t.Renderer.ColorProfile() == termenv.Ascii {
			l = negative.Replace(l) // Without colours, ink is dark on a light terminal.
		}
		g.Text(x, y+i, l, white, 0)
	}
}

// widest is the width of the longest line, in cells.
func widest(lines []string) int {
	w := 0
	for _, l := range lines {
		w = max(w, cell.Width(l))
	}
	return w
}

var negative = strings.NewReplacer("█", " ", " ", "█", "▀", "▄", "▄", "▀")

// noQR says why there is no QR code, and what to do instead.
func (b *Box) noQR(cw, ch int) box.Panel {
	width := min(b.w, 60)
	text := fmt.Sprintf("The QR code needs a window of %dx%d; this one is %dx%d. Enlarge it, make the letters smaller, or press c to copy the address.",
		cw, ch+b.Bars, b.w, b.h+b.Bars)
	if cw == 0 {
		text = "The address is too long for a QR code. Press c to copy it."
	}
	var ink box.Lines
	ink.Wrap(text, width-6, b.Env.Theme.Text, 0)
	ink.Gap()
	ink.Buttons(b.Env.Theme, width-6, b.Keys())
	out := box.Centred(width, min(len(ink)+4, b.h), b.w, b.h)
	out.Title, out.Right, out.Lines, out.Left, out.Top = "QR code", b.timeLeft(), ink, 3, 2
	return out
}
