package tui

import (
	"cmp"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
)

// Preview lets the one who has the pages see them as others would. It opens
// locks, and is for pages whose figures are at hand anyway: a folder of one's
// own.
type Preview struct {
	// As is as whom the pages are shown at first: as a member of these groups,
	// or, where there are none, as somebody signed out. Nil is as oneself.
	As *[]string
}

// persona is somebody as whom the pages are shown.
type persona struct {
	name    string
	session session.Session
}

// asMember is a member of groups, who has the stable id of who is signed in.
func (a *account) asMember(groups []string) *persona {
	if len(groups) == 0 {
		return &persona{name: "signed out"}
	}
	return &persona{box.List(groups), session.Session{
		Sub: cmp.Or(a.session.Sub, "somebody"), Username: "a member of " + box.List(groups), Groups: groups,
		ExpiresAt: a.env.Now().Add(100 * 365 * 24 * time.Hour),
	}}
}

// seen is the session that the pages are shown by.
func (a *account) seen() session.Session {
	if a.as != nil {
		return a.as.session
	}
	return a.session
}

// viewAs is the message that shows the pages as somebody would see them.
type viewAs struct{ as *persona }

func (m viewAs) apply(r *Root) tea.Cmd {
	r.account.as = m.as
	r.tabs.drop(func(i int) bool { return r.tabs.verdict(i) != session.Open })
	return tea.Batch(r.tabs.each(r.tabs.introduce), r.tabs.enter())
}

// groups are those that some page opens to.
func (t *tabs) groups() (out []string) {
	for _, tab := range t.all {
		for _, g := range tab.spec.Access.Groups {
			if g != session.AnyoneSignedIn && !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	slices.Sort(out)
	return out
}

// personas are those as whom the pages can be shown.
func personas(r *Root) (out []found) {
	if r.opts.Preview == nil {
		return nil
	}
	for _, g := range r.tabs.groups() {
		out = append(out, found{name: "view as " + session.Clean(g, 40), msg: viewAs{r.account.asMember([]string{g})}})
	}
	out = append(out, found{name: "view as somebody signed out", msg: viewAs{r.account.asMember(nil)}})
	if r.account.as != nil {
		out = append(out, found{name: "view as myself", msg: viewAs{}})
	}
	return out
}
