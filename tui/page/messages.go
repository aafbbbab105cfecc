package page

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
)

// ErrFormat says that a page has no such export format.
var ErrFormat = errors.New("no such format for this page")

// From the root to pages.
type (
	// Session tells that the user changed. Its first comes before Init.
	//
	// As is as whom the pages are shown by somebody who has them, "" = as who
	// is signed in.
	Session struct {
		Session session.Session
		As      string
	}
	// Tabs tells which pages there are and what the gate says of each. It
	// follows every Session.
	Tabs struct{ Tabs []Tab }
	// Shown tells a page that it came into view: one that animates starts its
	// clock again.
	Shown struct{}
	// Hidden tells a page that it left the view (another tab, a blurred
	// terminal): one that animates stops its clock.
	Hidden struct {
		Blurred bool // it is still seen, in a terminal without the focus
	}
	// Left tells a page that the pointer, which moved over it without a
	// button, went to the bars or to something above the page. It is not sent
	// with Hidden, nor when the pointer leaves the window, which nobody tells.
	Left struct{}
	// Resized tells every page that the window's size changed, after SetSize:
	// one that computes its picture for its size begins again.
	Resized struct{}
	// Rethemed tells that the theme's colours changed: drop cached drawings.
	Rethemed struct{}
)

// Tab is one page as its tab shows it.
type Tab struct {
	ID, Title string
	Access    session.Rule
	Verdict   session.Verdict
}

// From pages to the root.
type (
	// Failed shows an error in the footer; work goes on.
	Failed struct{ Err error }
	// Notice shows one sentence in the footer.
	Notice struct{ Text string }
	// SignIn asks for what the key for logging in does.
	SignIn struct{}
	// SignOut asks for what the key for logging out does.
	SignOut struct{}
	// Refresh asks for what ctrl+r does.
	Refresh struct{}
	// Open goes to another page by its id.
	Open struct{ ID string }
	// Copy puts text on the clipboard. What names it in the footer.
	Copy struct{ Text, What string }
	// Browse opens an http(s) address in the browser.
	Browse struct{ URL string }
)

// Send makes a command that only says msg.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
