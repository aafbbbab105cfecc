package home

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// Options are what Home says besides what the root tells it.
type Options struct {
	// Setup is set where no user pool is configured: Home then tells the
	// ways on instead of who is signed in.
	Setup bool
	// Figures gives what the sketches are drawn from; nil = Bundled.
	Figures func() (Figures, error)
	// Title is the heading in the place of the demo's, "" = the demo's. With it
	// nothing is said of the demo.
	Title string
	// Text makes the folder's own text; nil = none.
	Text func(page.Env) Text
}

// Text is a text that is drawn below the title.
type Text interface {
	page.Page
	// Lines returns how many lines the text needs at a width in cells.
	Lines(width int) int
	// Links are the links of the text that a browser opens, with where they
	// stand at a width.
	Links(width int) []page.Link
}

type home struct {
	env           page.Env
	pages         dashboard.Pages
	o             Options
	keys          keyMap
	width, height int
	session       session.Session
	as            string // as whom the page is shown, "" = as who is signed in
	live          bool
	tabs          []page.Tab
	at            int               // the item with the cursor
	landed        bool              // the cursor was put where it helps
	drawn         bool              // nothing has changed since
	zones         widget.Zones[int] // where a click means which item
	shown         []string          // the keys on buttons
	sketches      sketches
	doc           document
	text          Text // nil = none
	asked         int  // the day that figures were asked for
}

// document is the layout of a folder's Home, and of a Home with so many cards
// that they have no room otherwise: a text, who is signed in, and the cards,
// one below the other and as many beside each other as there is room for. It is
// as long as it needs to be, and scrolls.
type document struct {
	scroll int
	height int // of all of it, when it was last drawn
	shown  int // rows of the window
	follow bool
}

type keyMap struct{ up, down, open, back, forth key.Binding }

func newKeyMap() keyMap {
	return keyMap{
		up:    key.NewBinding(key.WithKeys("up", "k", "left"), key.WithHelp("↑/↓", "move")),
		down:  key.NewBinding(key.WithKeys("down", "j", "right")),
		back:  key.NewBinding(key.WithKeys("pgup"), key.WithHelp("pgup/pgdn", "scroll")),
		forth: key.NewBinding(key.WithKeys("pgdown")),
		open:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	}
}

// items lists what the cursor walks through.
func (h *home) items() []item {
	out := itemsOf(h.env.Bare || h.as != "", h.live, h.o.Setup, h.o.Title != "", h.tabs)
	if h.text == nil {
		return out
	}
	var inText []item
	for _, l := range h.text.Links(textWidth(documentWidth(h.width))) {
		inText = append(inText, item{does: page.Browse{URL: l.URL}, parts: l.Parts})
	}
	return append(inText, out...) // The text stands above all else.
}

// documentWidth is the width of a document in a window.
func documentWidth(window int) int { return min(window-2, documentMax) }

// textWidth is the width of a text in a document.
func textWidth(document int) int { return min(document, lineWidth) }

// documentMax is how wide a document is at most.
const documentMax = 124
