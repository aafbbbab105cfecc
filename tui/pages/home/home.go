// Package home is the page that people land on: what this is, who they are and
// what is open to them. It does not know the other pages; the root tells it.
package home

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/page"
)

// Options are what Home says besides what the root tells it.
type Options struct {
	// Setup is set where no user pool is configured: Home then tells the
	// ways on.
	Setup bool
}

// Spec registers the page. Anyone may open it.
func Spec(env page.Env, o Options) page.Spec {
	return page.Spec{ID: "home", Title: "Home", New: func() page.Page { return newHome(env, o) }}
}

type home struct {
	env           page.Env
	o             Options
	keys          keyMap
	width, height int
	session       session.Session
	live          bool
	tabs          []page.Tab
	at            int // the item with the cursor
	drawing       drawing
	grid          *canvas.Grid
}

func newHome(env page.Env, o Options) *home {
	return &home{env: env, o: o, keys: newKeyMap(), grid: canvas.NewGrid(0, 0)}
}

func (h *home) Init() tea.Cmd       { return nil }
func (h *home) Capturing() bool     { return false }
func (h *home) Keys() []key.Binding { return h.keys.list() }
func (h *home) SetSize(width, height int) {
	if h.width != width || h.height != height {
		h.width, h.height = width, height
		h.drawing = drawing{}
	}
}

func (h *home) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.Session:
		h.session, h.live = msg.Session, msg.Session.Live(h.env.Now())
	case page.Tabs:
		h.tabs = msg.Tabs
	case page.Rethemed:
	case tea.KeyMsg:
		cmd := h.key(msg)
		h.drawing = drawing{}
		return cmd
	case tea.MouseMsg:
		return h.mouse(msg)
	default:
		return nil
	}
	h.drawing = drawing{}
	return nil
}

// View gives the last drawing; it is made anew only after a change.
func (h *home) View() string {
	if !h.drawing.done {
		h.drawing = h.draw()
	}
	return h.drawing.text
}

