package board

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// offer asks whether to follow a link, where rows can be shown instead.
type offer struct {
	text  string // "Branches, branch = Lyon"
	lock  string // the sign of a locked page, "" = it is open
	leave func() tea.Cmd
	rows  func() tea.Cmd // nil = there are none to be shown
	other string         // what is offered beside it
	at    int
}

var offerKeys = struct{ take, stop, up, down binding }{
	take: bind("enter", "take", "enter"), stop: bind("esc", "back", "esc"),
	up: bind("↑/↓", "move", "up"), down: bind("", "", "down"),
}

func (o *offer) keys() []binding { return []binding{offerKeys.take, offerKeys.up, offerKeys.stop} }

func (o *offer) lines() []string {
	out := []string{strings.TrimSpace(o.text + " " + o.lock)}
	if o.rows != nil {
		out = append(out, o.other)
	}
	return out
}

func (o *offer) draw(t *theme.Theme, g *cell.Grid) {
	lines := o.lines()
	w := 0
	for _, l := range lines {
		w = max(w, cell.Width(l))
	}
	w = min(max(w+6, 24), g.W)
	at := g.Sub((g.W-w)/2, max(g.H-len(lines)-2, 0)/3, w, len(lines)+2)
	at.Fill(t.Overlay)
	at.Box(0, 0, w, len(lines)+2, t.Accent)
	at.Text(2, 0, " Go to ", t.Accent, cell.Bold)
	for i, l := range lines {
		bg := t.Overlay
		if i == o.at {
			bg = t.Selection
			at.Rect(1, 1+i, w-2, 1, bg)
			at.Text(1, 1+i, box.Sign(t, "▸", ">"), cell.Readable(t.Accent, bg, 4.5), cell.Bold)
		}
		at.Text(3, 1+i, cell.Cut(l, w-5), cell.Readable(t.Text, bg, 4.5), 0)
	}
}

// links are the ways from this page to others and back.
type links struct {
	id     string // of this page
	shared *Inputs
	pages  dashboard.Pages // that links lead to
	tabs   []page.Tab
	offer  *offer // nil unless it is open
}

// offerKey takes a key of the offer.
func (l *links) offerKey(msg tea.KeyMsg) tea.Cmd {
	o, n := l.offer, len(l.offer.lines())
	switch {
	case key.Matches(msg, offerKeys.stop):
		l.offer = nil
	case key.Matches(msg, offerKeys.up):
		o.at = max(o.at-1, 0)
	case key.Matches(msg, offerKeys.down):
		o.at = min(o.at+1, n-1)
	case key.Matches(msg, offerKeys.take):
		l.offer = nil
		if o.at == 1 {
			return o.rows()
		}
		return o.leave()
	}
	return nil
}

// open opens the offer of a link, with the values of a row or mark. It reports
// false where the link leads nowhere from there.
func (l *links) open(t *theme.Theme, link *dashboard.Link, values map[string]string) bool {
	if link == nil {
		return false
	}
	target, ok := l.pages.Find(link.Page)
	if !ok {
		return false
	}
	text, set := l.titleOf(link.Page), []dashboard.Assignment{}
	for _, a := range link.Set {
		v, ok := values[a.Field]
		if !ok {
			return false
		}
		text += ", " + session.Clean(a.Input, 40) + " = " + session.Clean(v, 60)
		set = append(set, dashboard.Assignment{Input: a.Input, Field: v})
	}
	l.offer = &offer{text: text, leave: func() tea.Cmd { return l.follow(target, set) }}
	if i := slices.IndexFunc(l.tabs, func(t page.Tab) bool { return t.ID == link.Page }); i >= 0 && l.tabs[i].Verdict != session.Open {
		l.offer.lock = box.Sign(t, "⊘", "x")
	}
	return true
}

// follow sets inputs of another page and goes there.
func (l *links) follow(target dashboard.Page, set []dashboard.Assignment) tea.Cmd {
	for _, a := range set {
		if err := l.shared.Set(target, a.Input, []string{a.Field}); err != nil {
			return page.Send(page.Failed{Err: err})
		}
	}
	l.shared.back[target.ID] = l.id
	return page.Send(page.Open{ID: target.ID})
}

// cameFrom is the page whose link led to this one, "" if none did.
func (l *links) cameFrom() string { return l.shared.back[l.id] }

// goBack goes back to the page whose link led here.
func (l *links) goBack() tea.Cmd {
	from := l.cameFrom()
	delete(l.shared.back, l.id)
	return page.Send(page.Open{ID: from})
}

// titleOf is what a page is called.
func (l *links) titleOf(id string) string {
	if p, ok := l.pages.Find(id); ok && p.Title != "" {
		return session.Clean(p.Title, 40)
	}
	return session.Clean(id, 40)
}
