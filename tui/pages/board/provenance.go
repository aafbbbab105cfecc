package board

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
)

// provenanceHeight is the least height of a page with a line for its origin.
const provenanceHeight = 10

// provenance says where figures of an address came from, and how old they are.
type provenance struct {
	text string
	tone tone
	away remoteness
	read time.Time
	of   []string // the sources that it is said of; nil = of all
}

// remoteness is how far figures are from those of the address now.
type remoteness int

const (
	isLive remoteness = iota
	isCached
	isBundled
)

type tone int

const (
	isPlain tone = iota
	isGood
	isDoubtful
)

// provenanceOf is what is to be said of a source, nothing of one that has no address
// or no figures yet.
func provenanceOf(f *feed, now time.Time) (o provenance) {
	s := f.last
	u, err := url.Parse(f.src.URL)
	if f.src.URL == "" || err != nil || s.Frame == nil {
		return o
	}
	if owned(f) {
		return o
	}
	host := session.Clean(u.Host, 60)
	switch {
	case s.Fallback != nil:
		o.away, o.text = isBundled, "Bundled: "+session.Clean(cmp.Or(s.Fallback.Note, s.Fallback.Path+" stands in for "+host), 200)
	case s.Frame.Origin().Kind == "cache":
		o.away, o.text = isCached, "Cached "+age(now.Sub(s.Read))+": "+host
	default:
		o.text, o.tone = "Live, "+age(now.Sub(s.Read))+": "+host, isGood
	}
	o.read = s.Read
	switch {
	case s.Asking:
		o.text += " · asking for newer figures…"
	case s.Err != nil:
		o.text, o.tone = o.text+" · not live: "+wordsOf(s.Err), isDoubtful
	case s.Away != "" && s.Away != source.Offline: // who is offline knows
		o.text, o.tone = o.text+" · not live: "+session.Clean(s.Away, 200), isDoubtful
	case s.Away == "" && s.Note != "":
		o.text, o.tone = o.text+" · "+session.Clean(s.Note, 200), isDoubtful
	}
	return o
}

// owned reports whether a reader's own file stands in the place of an address.
func owned(f *feed) bool {
	s := f.last
	return f.src.URL != "" && s.Frame != nil && s.Fallback == nil && s.Frame.Origin().Kind == "file"
}

// beyond reports whether figures are further from live than others are.
func (o provenance) beyond(p provenance) bool {
	switch {
	case o.away != p.away:
		return o.away > p.away
	case o.tone != p.tone:
		return o.tone > p.tone
	}
	return o.read.Before(p.read)
}

// provenance is where the figures of all addresses of the page came from, where
// that is one thing; else where those came from that are furthest from live.
func (f *figures) provenance() (out provenance) {
	said, differ := 0, false
	for _, name := range f.names {
		o := provenanceOf(f.feeds[name], f.env.Now())
		if o.text == "" {
			differ = differ || owned(f.feeds[name])
			continue
		}
		o.of = []string{name}
		switch {
		case said == 0:
			out = o
		case out.text == o.text:
			out.of = append(out.of, name)
		case o.beyond(out):
			out, differ = o, true
		default:
			differ = true
		}
		said++
	}
	if !differ {
		out.of = nil
	}
	return out
}

// words are what the line says.
func (o provenance) words() string {
	if o.of == nil {
		return o.text
	}
	return session.Clean(strings.Join(o.of, ", "), 60) + ": " + o.text
}

// says reports whether the page says in a line where a source came from.
func says(b *Board, name string) bool {
	if b.made != nil || b.h < provenanceHeight || b.data.feeds[name].src.URL == "" {
		return false
	}
	o := b.data.provenance()
	return o.text != "" && (o.of == nil || slices.Contains(o.of, name))
}

// setFoot keeps a line free for the origin of the figures.
func setFoot(b *Board) {
	if b.made != nil {
		return
	}
	foot := 0
	if b.h >= provenanceHeight && b.data.provenance().text != "" {
		foot = 1
	}
	if b.foot != foot {
		b.foot = foot
		b.relayout()
	}
}

// drawProvenance says in the last line of a page where its figures came from.
func drawProvenance(b *Board, g *cell.Grid) {
	o := b.data.provenance()
	if b.foot == 0 || b.made != nil || o.text == "" {
		return
	}
	t, x, y := b.env.Theme, b.pad(), b.h-1
	color := map[tone]cell.RGB{isPlain: t.Muted, isGood: t.Good, isDoubtful: t.Warn}[o.tone]
	x += g.Text(x, y, box.Sign(t, "● ", "* "), color, 0)
	g.Text(x, y, cell.Cut(o.words(), g.W-x-b.pad()), t.Muted, 0)
}

// unreached is what is said where an address could not be asked and nothing
// stands in for it.
func unreached(b *Board, err error) string {
	var away *source.AddressError
	if b.opts.Unreached == "" || !errors.As(err, &away) || !away.Passing() {
		return wordsOf(err)
	}
	return b.opts.Unreached + " " + session.Clean(away.What+"; "+away.Todo, 400)
}
