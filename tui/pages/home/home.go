// Package home is the page that people land on: what this is, who they are and
// what is open to them. It does not know the other pages' code: what they are
// called and show it takes from their list, what the gate says from the root.
package home

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// id is Home's own in every list of pages.
const id = "home"

// Options are what Home says besides what the root tells it.
type Options struct {
	// Setup is set where no user pool is configured: Home then tells the
	// ways on instead of who is signed in.
	Setup bool
	// Figures gives what the sketches are drawn from; nil = Bundled.
	Figures func() (Figures, error)
}

// New makes the page, which leads to the others of pages.
func New(env page.Env, pages dashboard.Pages, o Options) page.Page {
	return &home{env: env, pages: pages, o: o, keys: newKeyMap()}
}

type home struct {
	env           page.Env
	pages         dashboard.Pages
	o             Options
	keys          keyMap
	width, height int
	session       session.Session
	live          bool
	tabs          []page.Tab
	at            int               // the item with the cursor
	landed        bool              // the cursor was put where it helps
	drawn         bool              // nothing has changed since
	zones         widget.Zones[int] // where a click means which item
	grid          *cell.Grid        // what is drawn into
	sketches      sketches
	figures       *figures // nil until they are there
	asked         int      // the day that figures were asked for
}

func (h *home) Init() tea.Cmd       { return nil }
func (h *home) Capturing() bool     { return false }
func (h *home) Keys() []key.Binding { return h.keys.list() }

func (h *home) SetSize(width, height int) {
	if h.width != width || h.height != height {
		h.width, h.height, h.drawn = width, height, false
	}
}

func (h *home) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Session:
		live := msg.Session.Live(h.env.Now())
		h.landed = h.landed && live == h.live
		h.session, h.live, h.drawn = msg.Session, live, false
	case page.Tabs:
		h.tabs, h.drawn = msg.Tabs, false
		h.land()
	case page.Rethemed:
		h.drawn = false
	case page.Shown:
		return h.picture()
	case pictured:
		h.figures, h.drawn = msg.figures, false
	case tea.KeyMsg:
		return h.key(msg)
	case tea.MouseMsg:
		return h.mouse(msg)
	}
	return nil
}

// Draw draws the page in the layout that its size has room for.
func (h *home) Draw(g *cell.Grid) bool {
	if !g.Redraw(h, !h.drawn) {
		return false
	}
	h.draw(g)
	h.drawn = true
	return true
}
