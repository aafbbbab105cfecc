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
	tab  *page.Tab // nil for the rest
}

// items lists what the cursor walks through: the button, the tabs, the links.
func (h *home) items() []item {
	out := []item{{text: "Log in", does: page.SignIn{}}}
	if h.live {
		out[0] = item{text: "Log out", does: page.SignOut{}}
	}
	for i := range h.tabs {
		if h.tabs[i].ID != "home" {
			out = append(out, item{text: h.tabs[i].Title, does: page.Open{ID: h.tabs[i].ID}, tab: &h.tabs[i]})
		}
	}
	for _, l := range links {
		out = append(out, item{text: l.text, does: page.Browse{URL: l.url}})
	}
	return out
}

var links = []struct{ text, url string }{
	{"tabgate on GitHub", "https://github.com/authtabs/tabgate"},
	{"User pools and groups in Cognito", "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html"},
	{"The Streamlit demos these pages follow", "https://docs.streamlit.io/get-started/tutorials/create-a-multipage-app"},
}

// why says what the gate says of a tab, in words for this person.
func (h *home) why(t *page.Tab) string {
	switch t.Verdict {
	case session.Open:
		if len(t.Access.Groups) == 0 {
			return "open to anyone"
		}
		return "open to you"
	case session.NeedGroup:
		return "needs " + groupList(t.Access.Groups)
	}
	if len(t.Access.Groups) == 1 && t.Access.Groups[0] == session.AnyoneSignedIn {
		return "log in to open"
	}
	return "log in; for " + groupList(t.Access.Groups)
}

func groupList(groups []string) string {
	clean := make([]string, len(groups))
	for i, g := range groups {
		clean[i] = session.Clean(g, 40)
	}
	return strings.Join(clean, " or ")
}
