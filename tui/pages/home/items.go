package home

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// item is something that Home leads to.
type item struct {
	text   string
	does   tea.Msg
	tab    *page.Tab // nil for the rest
	number int       // of the tab, from 1
	button bool
	parts  []cell.Rect // where it stands in the text; nil = elsewhere
}

// itemsOf lists what the cursor walks through, in the order of the screen: the
// button unless it is left out, the other tabs, the links.
func itemsOf(bare, live, setup, own bool, tabs []page.Tab) []item {
	var out []item
	switch {
	case bare:
	case live:
		out = append(out, item{text: "Log out", does: page.SignOut{}, button: true})
	case !setup:
		out = append(out, item{text: "Log in", does: page.SignIn{}, button: true})
	}
	for i := range tabs {
		if t := &tabs[i]; t.ID != id {
			out = append(out, item{session.Clean(t.Title, 40), page.Open{ID: t.ID}, t, i + 1, false, nil})
		}
	}
	for _, l := range links {
		if own {
			break // they are about the demo
		}
		out = append(out, item{text: l.text, does: page.Browse{URL: l.url}})
	}
	return out
}

// id is Home's own in every list of pages.
const id = "home"

// links lead to what tabgate is, what it rests on and what its pages follow.
var links = []struct{ text, url string }{
	{"tabgate: source, questions, releases", "https://github.com/authtabs/tabgate"},
	{"Cognito: users in groups", "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html"},
	{"Streamlit: the demos these pages follow", "https://docs.streamlit.io/get-started/tutorials/create-a-multipage-app"},
}

// why says what the gate says of a tab, in words for this person, as many as
// fit into w cells.
func why(t *page.Tab, w int) string {
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
	all := strings.Join(groups, ", ")
	for _, words := range []string{"for " + all, all, fmt.Sprintf("%s +%d", groups[0], len(groups)-1)} {
		if cell.Width(words) <= w {
			return words
		}
	}
	return cell.Cut(all, w)
}

// split gives the indices of the tabs and of the links.
func split(items []item) (tabs, others []int) {
	for i, it := range items {
		if _, link := it.does.(page.Browse); it.parts != nil {
			continue // It is drawn in the text.
		} else if link {
			others = append(others, i)
		} else if it.tab != nil {
			tabs = append(tabs, i)
		}
	}
	return tabs, others
}
