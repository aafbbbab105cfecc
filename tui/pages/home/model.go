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
	shown         []string          // the keys on buttons
	sketches      sketches
	asked         int // the day that figures were asked for
}

type keyMap struct{ up, down, open key.Binding }

func newKeyMap() keyMap {
	return keyMap{
		up:   key.NewBinding(key.WithKeys("up", "k", "left"), key.WithHelp("↑/↓", "move")),
		down: key.NewBinding(key.WithKeys("down", "j", "right")),
		open: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	}
}

// items lists what the cursor walks through.
func (h *home) items() []item { return itemsOf(h.env.Bare, h.live, h.o.Setup, h.tabs) }
