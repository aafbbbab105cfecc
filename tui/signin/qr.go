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
	if !framed(lines, b.W, b.H) && t.Glyphs == theme.Octant && t.Renderer.ColorProfile() != termenv.Ascii {
		lines = dense(lines)
	}
	cw := widest(lines)
	var out box.Panel
	switch {
	case cw == 0 || cw > b.W || len(lines) > b.H:
		return b.noQR(cw, len(lines))
	case !framed(lines, b.W, b.H): // The footer has the keys.
		out = b.Centred(cw, len(lines))
		out.Bare = true
		out.Also = func(g *cell.Grid) { drawQR(t, g, 0, 0, lines) }
		return out
	}
	out = b.Centred(cw+4, len(lines)+3)
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
	width := min(b.W, 60)
	text := fmt.Sprintf("The QR code needs a window of %dx%d; this one is %dx%d. Enlarge it, make the letters smaller, or press c to copy the address.",
		cw, ch+b.Bars, b.W, b.H+b.Bars)
	if cw == 0 {
		text = "The address is too long for a QR code. Press c to copy it."
	}
	var ink box.Lines
	ink.Wrap(text, width-6, b.Env.Theme.Text, 0)
	ink.Gap()
	ink.Buttons(b.Env.Theme, width-6, b.Keys())
	out := b.Centred(width, min(len(ink)+4, b.H))
	out.Title, out.Right, out.Lines, out.Left, out.Top = "QR code", b.timeLeft(), ink, 3, 2
	return out
}

// aside is a QR code beside the words of the box.
type aside struct {
	lines []string
	w     int
}

// besides gives the QR code of a device sign-in where width by h cells have
// room for it and 30 cells of words.
func (b *Box) besides(width, h int) aside {
	if !b.byDevice || b.stage != waiting || b.QR == nil || b.ascii() {
		return aside{}
	}
	lines := b.QR(b.scanned())
	w := widest(lines)
	if w == 0 || width-w < 30+9 || len(lines)+2 > h {
		return aside{}
	}
	return aside{lines, w}
}

func (a aside) draw(t *theme.Theme, g *cell.Grid) {
	if a.w > 0 {
		drawQR(t, g, g.W-2-a.w, 1, a.lines)
	}
}

// height is that of a box with words of n lines and this beside them.
func (a aside) height(n int) int {
	if a.w == 0 {
		return n
	}
	return max(n, len(a.lines)+2)
}
