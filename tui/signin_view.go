package tui

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

const (
	boxWidth     = 84
	mostURLLines = 6
)

func (b *signInBox) panel(r *Root, w, h int) panel {
	if b.qr {
		return b.qrPanel(r, w, h)
	}
	width := min(w, boxWidth)
	ink := b.words(r, width-6, h-2)
	pad := 1
	if len(ink.lines)+4 > h {
		pad = 0
	}
	g := r.frame(width, min(len(ink.lines)+2+2*pad, h), "Log in", b.timeLeft())
	hits, links := ink.draw(g, 3, 1+pad)
	p := r.centred(g, hits)
	p.links = links
	return p
}

func (b *signInBox) timeLeft() string {
	if b.stage != waiting && b.stage != checking {
		return ""
	}
	left := max(b.left.Round(time.Second), 0)
	return fmt.Sprintf("%d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
}

// words writes what the box says into lines of w cells, at most room of them:
// where there are too few, the address is shortened first (c copies all of
// it), then the blank lines go.
func (b *signInBox) words(r *Root, w, room int) *writer {
	for urlLines := mostURLLines; ; urlLines-- {
		ink := &writer{}
		b.write(r, ink, w, max(urlLines, 1), urlLines > 0)
		if len(ink.lines) <= room || urlLines < 0 {
			return ink
		}
	}
}

func (b *signInBox) write(r *Root, ink *writer, w, urlLines int, airy bool) {
	t := r.env.Theme
	gap := func() {
		if airy {
			ink.gap()
		}
	}
	para := func(color theme.RGB, text string) {
		for _, line := range page.Wrap(text, w) {
			ink.line(span{line, color, 0})
		}
	}
	switch b.stage {
	case preparing:
		para(t.Text, "Preparing: looking for a place to keep the session and a free port…")
	case failed:
		para(t.Bad, b.problem)
	default:
		b.progress(r, para, gap)
		b.address(r, ink, w, urlLines)
		gap()
		b.pasteLine(r, ink, w)
		for _, note := range []struct {
			color theme.RGB
			text  string
		}{{t.Bad, b.problem}, {t.Warn, sentence(b.hint)}, {t.Muted, b.remote}} {
			if note.text == "" {
				continue
			}
			gap()
			for _, part := range strings.Split(note.text, "\n") {
				para(note.color, part)
			}
		}
	}
	gap()
	if airy { // Otherwise the footer has them.
		r.buttons(ink, w, b.keys())
	}
}

func (b *signInBox) progress(r *Root, para func(theme.RGB, string), gap func()) {
	t := r.env.Theme
	switch {
	case b.stage == checking:
		para(t.Good, "Address accepted. Checking the answer…")
	case b.browser == "":
		para(t.Text, "Opening your browser…")
	case b.noBrowser:
		para(t.Warn, b.browser)
	default:
		para(t.Text, b.browser)
	}
	gap()
}

// address writes the address as a link, cut to a few lines.
func (b *signInBox) address(r *Root, ink *writer, w, most int) {
	t := r.env.Theme
	url := []rune(session.Clean(b.url, 0))
	for i := 0; i < most && len(url) > 0; i++ {
		n := min(len(url), w)
		line := string(url[:n])
		if i == most-1 && len(url) > w {
			line = canvas.Cut(string(url), w)
		}
		ink.line(span{line, t.Accent, canvas.Underline}).link = linkable(b.url)
		url = url[n:]
	}
}

// linkable gives an address that may stand in an OSC 8 sequence: nothing but
// what an address is made of.
func linkable(url string) string {
	if strings.IndexFunc(url, func(c rune) bool { return c <= ' ' || c >= 0x7f }) >= 0 {
		return ""
	}
	return url
}

func (b *signInBox) pasteLine(r *Root, ink *writer, w int) {
	t := r.env.Theme
	for _, line := range page.Wrap("Or paste the address where the browser ended up:", w) {
		ink.line(span{line, t.Muted, 0})
	}
	text, color := b.field.shown(), t.Text
	if text == "" && !b.typing {
		text, color = b.redirect+"?code=…", t.Muted
	}
	if over := canvas.Width(text) - (w - 4); over > 0 {
		text = canvas.Cut(text, w-4)
	}
	cursor := " "
	if b.typing {
		cursor = r.sign("█", "_")
	}
	ink.line(span{"> ", t.Accent, canvas.Bold}, span{text, color, 0}, span{cursor, t.Accent, 0}).act = r.press(boxKeys.paste)
}

// buttons writes keys that can be clicked, as many on a line as fit.
func (r *Root) buttons(ink *writer, w int, keys []key.Binding) {
	t := r.env.Theme
	used := 0
	for _, k := range keys {
		h := k.Help()
		need := canvas.Width(h.Key) + 1 + canvas.Width(h.Desc) + 3
		if used == 0 || used+need > w+1 {
			ink.line()
			used = 0
		}
		used += need
		l := &ink.lines[len(ink.lines)-1]
		l.buttons = append(l.buttons, r.press(k))
		l.chip = t.Selection
		l.spans = append(l.spans, span{" " + h.Key, t.Accent, canvas.Bold}, span{" " + h.Desc + " ", t.Text, 0})
	}
}

// qrPanel shows the address as a QR code: light modules white, the rest black,
// whatever the theme, because that is what cameras read best.
func (b *signInBox) qrPanel(r *Root, w, h int) panel {
	lines := r.o.QR(b.url)
	cw := 0
	for _, l := range lines {
		cw = max(cw, canvas.Width(l))
	}
	if cw == 0 || cw+4 > w || len(lines)+3 > h || r.ascii() {
		return b.noQR(r, w, h, cw, len(lines))
	}
	g := r.frame(cw+4, len(lines)+3, "Scan to log in", b.timeLeft())
	white, black := theme.RGB{255, 255, 255}, theme.RGB{}
	g.Rect(2, 1, cw, len(lines), black)
	for y, l := range lines {
		if t := r.env.Theme; !t.Dark && t.Renderer.ColorProfile() == termenv.Ascii {
			l = negative.Replace(l) // Without colours, ink is dark on a light terminal.
		}
		g.Text(2, 1+y, l, white, 0)
	}
	ink := &writer{}
	r.buttons(ink, cw, b.keys())
	hits, _ := ink.draw(g, 2, len(lines)+1)
	return r.centred(g, hits)
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

// sentence makes an error begin and end like one.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(first)) + s[size:]
	if strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}
	return s + "."
}
