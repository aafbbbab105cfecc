package dataframe

import (
	"errors"
	"fmt"
	"time"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/theme"
)

// fileError says that the error is about a file, where no network helps.
func fileError(err error) bool {
	var net *data.NetworkError
	return !errors.As(err, &net)
}

// failure says why there is nothing to show.
func (p *pen) failure(err error) {
	text := "This demo requires internet access. Connection error: " + err.Error()
	if fileError(err) {
		text = err.Error()
	}
	lines := page.Wrap(text, min(p.W-2*p.margin(), 100))
	p.message(lines, p.t.Bad, cell.Bold)
	p.button(p.margin(), min(len(lines)+2, p.H-1), " r try again ", action{key: "r"})
}

// message writes lines from the second row on.
func (p *pen) message(lines []string, fg cell.RGB, attr cell.Attr) {
	for i, line := range lines {
		p.Text(p.margin(), i+min(1, p.H-1), line, fg, attr)
	}
}

// manyColours reports whether there are others to choose: of sixteen and of
// none there is one choice.
func manyColours(t *theme.Theme) bool { return t.Renderer.ColorProfile() < termenv.ANSI }

// notes counts notes, and says how they are read.
func (p *pen) notes(n int) string {
	text, reads := fmt.Sprintf(" · %s notes", sheet.Thousands(n)), " · i reads them"
	switch n {
	case 0:
		return ""
	case 1:
		text, reads = " · 1 note", " · i reads it"
	}
	if p.bare {
		return text
	}
	return text + reads
}

// origin says where the figures came from and how old they are. busy is true
// while newer ones are asked for.
func (p *pen) origin(y int, l labels, busy bool, now time.Time) {
	o, fg := l.origin, p.t.Muted
	switch {
	case o.Kind == data.Live || o.Kind == data.File:
		fg = p.t.Good
	case o.Note != "":
		fg = p.t.Warn
	}
	x, limit := p.margin(), p.W-p.margin()
	x += p.Text(x, y, "● ", fg, 0)
	text := clean(o.Line(now))
	switch {
	case busy:
		text += " · asking for newer figures…"
	case o.Note != "" && o.Kind != data.Live:
		text += " · not live: " + clean(o.Note)
	case o.Note != "":
		text += " · " + clean(o.Note)
	}
	text += p.notes(l.notes)
	if credit := " · " + clean(o.Credit); o.Credit != "" && cell.Width(text+credit) <= limit-x {
		text += credit
	}
	p.Text(x, y, cell.Cut(text, limit-x), p.t.Muted, 0)
	what := "r"
	if l.notes > 0 {
		what = "i"
	}
	p.hit(0, y, p.W, action{key: what})
}
