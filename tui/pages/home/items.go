package home

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
)

// item is something that Home leads to.
type item struct {
	text string
	does tea.Msg
	tab  int // index in home.tabs, -1 for the rest
}

// items lists what the cursor walks through, in the order of the screen: the
// button, the other tabs, the links.
func (h *home) items() []item {
	var out []item
	switch {
	case h.env.Bare:
	case h.live:
		out = append(out, item{"Log out", page.SignOut{}, -1})
	case !h.o.Setup:
		out = append(out, item{"Log in", page.SignIn{}, -1})
	}
	for i, t := range h.tabs {
		if t.ID != id {
			out = append(out, item{session.Clean(t.Title, 40), page.Open{ID: t.ID}, i})
		}
	}
	for _, l := range links {
		out = append(out, item{l.text, page.Browse{URL: l.url}, -1})
	}
	return out
}

// links lead to what tabgate is, what it rests on and what its pages follow.
var links = []struct{ text, url string }{
	{"tabgate: source, questions, releases", "https://github.com/authtabs/tabgate"},
	{"Cognito: users in groups", "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html"},
	{"Streamlit: the demos these pages follow", "https://docs.streamlit.io/get-started/tutorials/create-a-multipage-app"},
}

// why says what the gate says of a tab, in words for this person.
func why(t page.Tab) string {
	anyone := len(t.Access.Groups) == 0
	member := len(t.Access.Groups) == 1 && t.Access.Groups[0] == session.AnyoneSignedIn
	switch {
	case anyone:
		return "open to anyone"
	case t.Verdict == session.Open:
		return "open to you"
	case member:
		return "log in to open"
	}
	groups := make([]string, len(t.Access.Groups))
	for i, g := range t.Access.Groups {
		groups[i] = session.Clean(g, 40)
	}
	return "for " + strings.Join(groups, ", ")
}
