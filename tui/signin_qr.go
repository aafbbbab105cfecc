package tui

import (
	"fmt"
	"strings"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// qrPanel shows the address as a QR code: light modules white, the rest black,
// whatever the theme, because that is what cameras read best.
func (b *signInBox) qrPanel(r *Root, w, h int) panel {
	lines := r.o.QR(b.scanned())
	cw := widest(lines)
	if cw == 0 || cw+4 > w || len(lines)+3 > h || r.ascii() {
		return b.noQR(r, w, h, cw, len(lines))
	}
	g := r.frame(cw+4, len(lines)+3, "Scan to log in", b.timeLeft())
	r.drawQR(g, 2, 1, lines)
	ink := &writer{}
	r.buttons(ink, cw, b.keys())
	hits, _ := ink.draw(g, 2, len(lines)+1)
	return r.centred(g, hits)
}

// drawQR draws a code with its corner at x, y of g.
func (r *Root) drawQR(g *canvas.Grid, x, y int, lines []string) {
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
		w = max(w, canvas.Width(l))
	}
	return w
}

var negative = strings.NewReplacer("█", " ", " ", "█", "▀", "▄", "▄", "▀")

// noQR says why there is no QR code, and what to do instead.
func (b *signInBox) noQR(r *Root, w, h, cw, ch int) panel {
	width := min(w, 60)
	ink := &writer{}
	text := fmt.Sprintf("The QR code needs a window of %dx%d; this one is %dx%d. Enlarge it, make the letters smaller, or press c to copy the address.",
		cw+4, ch+5, r.width, r.height)
	switch {
	case r.ascii():
		text = "A QR code cannot be drawn with ASCII alone. Press c to copy the address."
	case cw == 0:
		text = "The address is too long for a QR code. Press c to copy it."
	}
	for _, line := range page.Wrap(text, width-6) {
		ink.line(span{line, r.env.Theme.Text, 0})
	}
	ink.gap()
	r.buttons(ink, width-6, b.keys())
	g := r.frame(width, min(len(ink.lines)+4, h), "QR code", b.timeLeft())
	hits, _ := ink.draw(g, 3, 2)
	return r.centred(g, hits)
}
