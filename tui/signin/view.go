package signin

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

const (
	boxWidth     = 84
	mostURLLines = 6
)

// Panel implements box.Box.
func (b *Box) Panel() box.Panel {
	switch {
	case b.stage == asking:
		return b.prompt.Panel()
	case b.qr:
		return b.qrPanel()
	}
	width := min(b.W, boxWidth)
	code := b.besides(width, b.H)
	ink := b.words(width-6-code.w, b.H-2)
	pad := 1
	if len(ink)+4 > b.H {
		pad = 0
	}
	out := b.Centred(width, code.height(min(len(ink)+2+2*pad, b.H)))
	out.Title, out.Right, out.Lines, out.Left, out.Top = "Log in", b.timeLeft(), ink, 3, 1+pad
	if b.From != "" {
		out.Title += " with " + b.From
	}
	out.Also = func(g *cell.Grid) { code.draw(b.Env.Theme, g) }
	return out
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
func (b *Box) words(w, room int) box.Lines {
	for urlLines := mostURLLines; ; urlLines-- {
		var ink box.Lines
		s := airy
		switch {
		case urlLines == 0:
			s = tight
		case urlLines < 0:
			s = cramped
		}
		b.write(&ink, w, room, max(urlLines, 1), s)
		if len(ink) <= room || s == cramped {
			return ink
		}
	}
}

func (b *Box) write(ink *box.Lines, w, room, urlLines int, s space) {
	t := b.Env.Theme
	gap := func() {
		if s == airy {
			ink.Gap()
		}
	}
	para := func(color theme.RGB, text string) { ink.Wrap(text, w, color, 0) }
	switch {
	case b.stage == choosing:
		b.choices.write(t, ink, b.first, w, room, s == airy)
		return
	case b.played != "" && b.stage < asking:
		para(t.Text, "Signing in as "+session.Clean(b.played, 60)+"…")
	case b.stage == preparing && b.byDevice:
		para(t.Text, "Preparing: looking for a place to keep the session and asking for a code…")
	case b.stage == preparing:
		para(t.Text, "Preparing: looking for a place to keep the session and a free port…")
	case b.stage == deciding:
		para(t.Text, "Carrying out your answer…")
	case b.stage == failed:
		para(t.Bad, b.problem)
	default:
		b.todo(ink, w, urlLines, s, para, gap)
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
		ink.Buttons(t, w, b.Keys())
	}
}

// todo writes what the person has to do.
func (b *Box) todo(ink *box.Lines, w, urlLines int, s space, para func(theme.RGB, string), gap func()) {
	if b.byDevice {
		b.deviceWords(ink, w, urlLines, gap)
		return
	}
	b.progress(b.Env.Theme, s, para, gap)
	b.address(ink, w, urlLines, b.Env.Theme.Accent)
	gap()
	b.pasteLine(ink, w, s)
}

// progress writes how far the sign-in has come.
func (r *run) progress(t *theme.Theme, s space, para func(theme.RGB, string), gap func()) {
	switch {
	case r.stage == checking:
		para(t.Good, "Address accepted. Checking the answer…")
	case r.browser == "":
		para(t.Text, "Opening your browser…")
	case r.noBrowser && s == cramped:
		para(t.Warn, "Open this address yourself:")
	case r.noBrowser:
		para(t.Warn, r.browser)
	default:
		para(t.Text, r.browser)
	}
	gap()
}

// address writes the address as a link, cut to a few lines.
func (r *run) address(ink *box.Lines, w, most int, color theme.RGB) {
	url := []rune(session.Clean(r.url, 0))
	for i := 0; i < most && len(url) > 0; i++ {
		n := min(len(url), w)
		line := string(url[:n])
		if i == most-1 && len(url) > w {
			line = cell.Cut(string(url), w)
		}
		ink.Add(box.Span{Text: line, Color: color, Attr: cell.Underline}).Link = linkable(r.url)
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

func (b *Box) pasteLine(ink *box.Lines, w int, s space) {
	t := b.Env.Theme
	words := "Or paste the address where the browser ended up:"
	if s == cramped {
		words = "Or paste where the browser ended:"
	}
	ink.Wrap(words, w, t.Muted, 0)
	before, after := b.field.Around(longest)
	color := t.Text
	if b.field.Empty() && !b.typing {
		before, color = b.redirect+"?code=…", t.Muted
	}
	if after == "" {
		before = cell.Cut(before, w-4)
	} else {
		before, after = widget.Fit(before, after, w-4)
	}
	line := ink.Add(box.Span{Text: "> ", Color: t.Accent, Attr: cell.Bold}, box.Span{Text: before, Color: color}, box.Span{Text: after, Color: color})
	line.Key = box.First(boxKeys.paste)
	if b.typing {
		line.Cursor = 2
	}
}

// deviceWords writes what to do on the other device.
func (b *Box) deviceWords(ink *box.Lines, w, urlLines int, gap func()) {
	t := b.Env.Theme
	ink.Wrap("On your phone or another computer, open this address:", w, t.Text, 0)
	b.address(ink, w, urlLines, t.Accent)
	gap()
	ink.Wrap("and enter this code there:", w, t.Text, 0)
	ink.Add(box.Span{Text: cell.Cut(session.Clean(b.code, 40), w), Color: t.Accent, Attr: cell.Bold})
	gap()
	ink.Wrap("This box closes by itself once you are done.", w, t.Text, 0)
}
