package tui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// The two refusals, word for word as people know them.
const (
	pleaseLogin = "Please login!"
	noAccess    = "You do not have access. Please contact the administrator."
)

// lockedPage is what a locked tab shows in place of its page.
type lockedPage struct {
	theme          *theme.Theme
	w, h           int // of the page, in cells
	title          string
	access         session.Rule
	verdict        session.Verdict
	account        *account
	setup          string // what to do where nobody can log in
	login, refresh key.Binding
}

// panel lays the refusal out as a card.
func (l lockedPage) panel() box.Panel {
	t, cw := l.theme, min(l.w, 76)
	lines := l.lines(cw-6, true)
	if len(lines)+2 > l.h {
		lines = l.lines(cw-6, false)
	}
	ch := min(len(lines)+4, l.h)
	return box.Panel{
		Rect: cell.Rect{X: (l.w - cw) / 2, Y: max(l.h-ch, 0) / 3, W: cw, H: ch}, Bare: true,
		Lines: lines, Left: 3, Top: 1 + min(max(ch-2-len(lines), 0), 1),
		Also: func(g *cell.Grid) {
			g.Box(0, 0, cw, ch, t.Faint)
			g.Text(2, 0, cell.Cut(" "+session.Clean(l.title, 40)+" "+bars.LockMark(t)+" ", cw-4), t.Muted, cell.Bold)
		},
	}
}

// lines are the refusal, the reason, and the keys that help.
func (l lockedPage) lines(w int, airy bool) (lines box.Lines) {
	t, s := l.theme, l.account.seen()
	para := func(color theme.RGB, attr cell.Attr, text string) {
		lines.Wrap(text, w, color, attr)
		if airy {
			lines.Gap()
		}
	}
	if l.verdict == session.NeedGroup {
		para(t.Bad, cell.Bold, noAccess)
		para(t.Text, 0, needs(l.access)+" You are signed in as "+s.Name()+". "+groupsSentence(s))
		para(t.Muted, 0, "Just added to a group? Refresh them.")
		lines.Buttons(t, w, []key.Binding{l.refresh, l.login})
		return lines
	}
	para(t.Warn, cell.Bold, pleaseLogin)
	para(t.Text, 0, box.Join(needs(l.access), whyNobody(l.account)))
	if l.account.auth == nil {
		para(t.Muted, 0, l.setup)
		return lines
	}
	keys := []key.Binding{l.login}
	if s.SignedIn() {
		keys = append(keys, l.refresh)
	}
	lines.Buttons(t, w, keys)
	return lines
}

// needs says whom a page is for.
func needs(access session.Rule) string {
	names := make([]string, len(access.Groups))
	for i, g := range access.Groups {
		if g == session.AnyoneSignedIn {
			return "This page is for anyone who is signed in."
		}
		names[i] = session.Clean(g, 60)
	}
	if len(names) == 1 {
		return "This page is for the group " + names[0] + "."
	}
	return "This page is for the groups " + box.List(names) + "; one of them is enough."
}

func whyNobody(a *account) string {
	s := a.session
	switch {
	case a.as != nil:
		return "You see what somebody sees who is signed out."
	case a.asking:
		return "Still looking for your stored session…"
	case a.busy == signingOut:
		return "You are being logged out…"
	case s.SignedIn():
		return "Your session, " + s.Name() + ", ended at " + s.ExpiresAt.In(a.env.Now().Location()).Format("15:04") +
			" and was not renewed. Log in again, or try to renew it."
	}
	return "Nobody is signed in."
}

func groupsSentence(s session.Session) string {
	if len(s.Groups) == 0 {
		return "You are in no group."
	}
	return "Your groups: " + strings.Join(s.Groups, ", ") + "."
}
