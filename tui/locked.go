package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// The two refusals, word for word as people know them.
const (
	pleaseLogin = "Please login!"
	noAccess    = "You do not have access. Please contact the administrator."
)

// lockedCard draws what a locked tab shows in place of its page.
func (r *Root) lockedCard(g *cell.Grid) []hit {
	t := r.env.Theme
	w, h := r.width, r.pageHeight()
	g.Fill(t.Background)
	cw := min(w, 76)
	ink := r.lockedWords(cw-6, h)
	ch := min(len(ink.lines)+4, h)
	x, y := (w-cw)/2, max(h-ch, 0)/3
	card := g.Sub(x, y, cw, ch)
	title := " " + session.Clean(r.tabs[r.shown].spec.Title, 40) + " " + r.lockMark() + " "
	card.Box(0, 0, cw, ch, t.Faint)
	card.Text(2, 0, cell.Cut(title, cw-4), t.Muted, cell.Bold)
	hits := ink.draw(&card, 3, 1+min(max(ch-2-len(ink.lines), 0), 1))
	for i := range hits {
		hits[i].x += x
		hits[i].y += y
	}
	return hits
}

func (r *Root) lockedWords(w, h int) *writer {
	ink := &writer{}
	r.writeLocked(ink, w, true)
	if len(ink.lines)+2 > h {
		ink = &writer{}
		r.writeLocked(ink, w, false)
	}
	return ink
}

// writeLocked writes the refusal, the reason, and the key that helps.
func (r *Root) writeLocked(ink *writer, w int, airy bool) {
	t := r.env.Theme
	s := r.account.session
	para := func(color theme.RGB, attr cell.Attr, text string) {
		for _, line := range page.Wrap(text, w) {
			ink.line(span{line, color, attr})
		}
		if airy {
			ink.gap()
		}
	}
	if r.verdict(r.shown) == session.NeedGroup {
		para(t.Bad, cell.Bold, noAccess)
		para(t.Text, 0, r.needs()+" You are signed in as "+s.Name()+". "+groupsSentence(s))
		para(t.Muted, 0, "Just added? ctrl+r looks for new groups.")
		r.buttons(ink, w, []key.Binding{r.keys.refresh, r.all()[3]})
		return
	}
	para(t.Warn, cell.Bold, pleaseLogin)
	para(t.Text, 0, joinSentences(r.needs(), r.whyNobody()))
	if r.o.Auth == nil {
		para(t.Muted, 0, r.o.Setup)
		return
	}
	keys := []key.Binding{r.all()[3]}
	if s.SignedIn() {
		keys = append(keys, r.keys.refresh)
	}
	r.buttons(ink, w, keys)
}

// needs says whom the page is for.
func (r *Root) needs() string {
	groups := r.tabs[r.shown].spec.Access.Groups
	names := make([]string, len(groups))
	for i, g := range groups {
		if g == session.AnyoneSignedIn {
			return "This page is for anyone who is signed in."
		}
		names[i] = session.Clean(g, 60)
	}
	if len(names) == 1 {
		return "This page is for the group " + names[0] + "."
	}
	last := len(names) - 1
	return "This page is for the groups " + strings.Join(names[:last], ", ") + " and " + names[last] + "; one of them is enough."
}

func (r *Root) whyNobody() string {
	s := r.account.session
	switch {
	case r.account.asking:
		return "Still looking for your stored session…"
	case r.account.busy == signingOut:
		return "You are being logged out…"
	case s.SignedIn():
		return "Your session, " + s.Name() + ", ended at " + s.ExpiresAt.In(r.env.Now().Location()).Format("15:04") +
			" and was not renewed. Log in again, or press ctrl+r to try to renew it."
	}
	return "Nobody is signed in."
}
