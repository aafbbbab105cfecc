package tui

import (
	"fmt"
	"strings"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// qrPanel shows the address as a QR code: light modules white, the rest black,
// whatever the theme, because that is what cameras read best. Where it has no
// room it is drawn in smaller modules, if the terminal has the characters, and
// without a frame.
func (b *signInBox) qrPanel(r *Root, w, h int) panel {
	lines := r.o.QR(b.scanned())
	if !framed(lines, w, h) && r.env.Theme.Glyphs == theme.Octant && r.env.Theme.Renderer.ColorProfile() != termenv.Ascii {
		lines = dense(lines)
	}
	cw := widest(lines)
	switch {
	case cw == 0 || cw > w || len(lines) > h:
		return b.noQR(r, w, h, cw, len(lines))
	case !framed(lines, w, h): // The footer has the keys.
		g := r.middle(cw, len(lines))
		r.drawQR(g, 0, 0, lines)
		return r.centred(g, nil)
	}
	g := r.frame(cw+4, len(lines)+3, "Scan to log in", b.timeLeft())
	r.drawQR(g, 2, 1, lines)
	ink := &writer{}
	r.buttons(ink, cw, b.keys())
	hits := ink.draw(g, 2, len(lines)+1)
	return r.centred(g, hits)
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
func (r *Root) drawQR(g *cell.Grid, x, y int, lines []string) {
	white, black := theme.RGB{255, 255, 255}, theme.RGB{}
	g.Rect(x, y, widest(lines), len(lines), black)
	for i, l := range lines {
		if t := r.env.Theme; !t.Dark && t.Renderer.ColorProfile() == termenv.Ascii {
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
func (b *signInBox) noQR(r *Root, w, h, cw, ch int) panel {
	width := min(w, 60)
	ink := &writer{}
	text := fmt.Sprintf("The QR code needs a window of %dx%d; this one is %dx%d. Enlarge it, make the letters smaller, or press c to copy the address.",
		cw, ch+r.height-h, r.width, r.height)
	if cw == 0 {
		text = "The address is too long for a QR code. Press c to copy it."
	}
	for _, line := range page.Wrap(text, width-6) {
		ink.line(span{line, r.env.Theme.Text, 0})
	}
	ink.gap()
	r.buttons(ink, width-6, b.keys())
	g := r.frame(width, min(len(ink.lines)+4, h), "QR code", b.timeLeft())
	hits := ink.draw(g, 3, 2)
	return r.centred(g, hits)
}
