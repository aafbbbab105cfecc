package tui

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

const (
	boxWidth     = 84
	mostURLLines = 6
)

func (b *signInBox) panel(r *Root, w, h int) panel {
	if b.stage == asking {
		return b.prompt.draw(r, w, h)
	}
	if b.qr {
		return b.qrPanel(r, w, h)
	}
	width := min(w, boxWidth)
	code := b.besides(r, width, h)
	ink := b.words(r, width-6-code.w, h-2)
	pad := 1
	if len(ink.lines)+4 > h {
		pad = 0
	}
	title := "Log in"
	if r.o.From != "" {
		title += " with " + r.o.From
	}
	g := r.frame(width, code.height(min(len(ink.lines)+2+2*pad, h)), title, b.timeLeft())
	hits := ink.draw(g, 3, 1+pad)
	code.draw(r, g)
	return r.centred(g, hits)
}

func (b *signInBox) timeLeft() string {
	if b.stage != waiting && b.stage != checking {
		return ""
	}
	left := max(b.left.Round(time.Second), 0)
	return fmt.Sprintf("%d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
}

// space is how much of it the words have.
type space int

const (
	airy    space = iota // blank lines, and buttons
	tight                // neither: the footer has the keys
	cramped              // nothing but what has to be done
)

// words writes what the box says into lines of w cells, at most room of them:
// where there are too few, the address is shortened first (c copies all of
// it), then the blank lines go, then the reasons.
func (b *signInBox) words(r *Root, w, room int) *writer {
	for urlLines := mostURLLines; ; urlLines-- {
		ink, s := &writer{}, airy
		switch {
		case urlLines == 0:
			s = tight
		case urlLines < 0:
			s = cramped
		}
		b.write(r, ink, w, max(urlLines, 1), s)
		if len(ink.lines) <= room || s == cramped {
			return ink
		}
	}
}

func (b *signInBox) write(r *Root, ink *writer, w, urlLines int, s space) {
	t := r.env.Theme
	gap := func() {
		if s == airy {
			ink.gap()
		}
	}
	para := func(color theme.RGB, text string) {
		for _, line := range page.Wrap(text, w) {
			ink.line(span{line, color, 0})
		}
	}
	switch {
	case b.stage == preparing && b.byDevice:
		para(t.Text, "Preparing: looking for a place to keep the session and asking for a code…")
	case b.stage == preparing:
		para(t.Text, "Preparing: looking for a place to keep the session and a free port…")
	case b.stage == deciding:
		para(t.Text, "Carrying out your answer…")
	case b.stage == failed:
		para(t.Bad, b.problem)
	default:
		b.todo(r, ink, w, urlLines, s, para, gap)
		type note struct {
			color theme.RGB
			text  string
		}
		problem, hint, remote := note{t.Bad, b.problem}, note{t.Warn, strings.Join(b.hints, "\n")}, note{t.Muted, b.remote}
		notes := []note{problem, hint, remote}
		if s == cramped { // The line to run comes last there, and says enough.
			remote.text = remote.text[strings.LastIndex(remote.text, "\n")+1:]
			hint.text = hint.text[strings.LastIndex(hint.text, "\n")+1:]
			notes = []note{problem, remote, hint}
		}
		for _, n := range notes {
			if n.text == "" {
				continue
			}
			gap()
			for _, part := range strings.Split(n.text, "\n") {
				para(n.color, part)
			}
		}
	}
	gap()
	if s == airy {
		r.buttons(ink, w, b.keys())
	}
}

// todo writes what the person has to do.
func (b *signInBox) todo(r *Root, ink *writer, w, urlLines int, s space, para func(theme.RGB, string), gap func()) {
	if b.byDevice {
		b.deviceWords(r, ink, w, urlLines, gap)
		return
	}
	b.progress(r, s, para, gap)
	b.address(r, ink, w, urlLines)
	gap()
	b.pasteLine(r, ink, w, s)
}

func (b *signInBox) progress(r *Root, s space, para func(theme.RGB, string), gap func()) {
	t := r.env.Theme
	switch {
	case b.stage == checking:
		para(t.Good, "Address accepted. Checking the answer…")
	case b.browser == "":
		para(t.Text, "Opening your browser…")
	case b.noBrowser && s == cramped:
		para(t.Warn, "Open this address yourself:")
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
			line = cell.Cut(string(url), w)
		}
		ink.line(span{line, t.Accent, cell.Underline}).link = linkable(b.url)
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

func (b *signInBox) pasteLine(r *Root, ink *writer, w int, s space) {
	t := r.env.Theme
	words := "Or paste the address where the browser ended up:"
	if s == cramped {
		words = "Or paste where the browser ended:"
	}
	for _, line := range page.Wrap(words, w) {
		ink.line(span{line, t.Muted, 0})
	}
	text, color := b.field.shown(), t.Text
	if text == "" && !b.typing {
		text, color = b.redirect+"?code=…", t.Muted
	}
	if over := cell.Width(text) - (w - 4); over > 0 {
		text = cell.Cut(text, w-4)
	}
	cursor := " "
	if b.typing {
		cursor = r.sign("█", "_")
	}
	ink.line(span{"> ", t.Accent, cell.Bold}, span{text, color, 0}, span{cursor, t.Accent, 0}).act = r.press(boxKeys.paste)
}

// buttons writes keys that can be clicked, as many on a line as fit.
func (r *Root) buttons(ink *writer, w int, keys []key.Binding) {
	t := r.env.Theme
	used := 0
	for _, k := range keys {
		h := k.Help()
		need := cell.Width(h.Key) + 1 + cell.Width(h.Desc) + 3
		if used == 0 || used+need > w+1 {
			ink.line()
			used = 0
		}
		used += need
		l := &ink.lines[len(ink.lines)-1]
		l.buttons = append(l.buttons, r.press(k))
		l.chip = t.Selection
		l.spans = append(l.spans, span{" " + h.Key, t.Accent, cell.Bold}, span{" " + h.Desc + " ", t.Text, 0})
	}
}

// sentence makes an error begin and end like one. An address at its start
// stays as it is.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	if word, _, _ := strings.Cut(s, " "); !strings.Contains(word, "://") {
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	if strings.ContainsAny(s[len(s)-1:], ".!?:") {
		return s
	}
	return s + "."
}
