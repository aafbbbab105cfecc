// Package home is the page that people land on: what this is, who they are and
// what is open to them. It does not know the other pages' code: what they are
// called and show it takes from their list, what the gate says from the root.
package home

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// New makes the page, which leads to the others of pages.
func New(env page.Env, pages dashboard.Pages, o Options) page.Page {
	h := &home{env: env, pages: pages, o: o, keys: newKeyMap()}
	if o.Text != nil {
		h.text = o.Text(env)
	}
	return h
}

func (h *home) Init() tea.Cmd   { return nil }
func (h *home) Capturing() bool { return false }
func (h *home) Keys() []key.Binding {
	h.keys.back.SetEnabled(h.doc.height > h.doc.shown)
	h.keys.forth.SetEnabled(h.doc.height > h.doc.shown)
	return []key.Binding{h.keys.open, h.keys.up, h.keys.down, h.keys.back, h.keys.forth}
}
func (h *home) KeysShown() []string { return h.shown }

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
		h.session, h.as, h.live, h.drawn = msg.Session, msg.As, live, false
	case page.Tabs:
		h.tabs, h.drawn = msg.Tabs, false
		h.land()
	case page.Rethemed:
		h.drawn = false
		if h.text != nil {
			return h.text.Update(msg)
		}
	case page.Shown:
		if day := dayOf(h.env.Now()); day != h.asked && h.o.Title == "" {
			h.asked = day
			return picture(h.o.Figures, day)
		}
	case pictured:
		h.sketches.figures, h.drawn = msg.figures, false
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
	h.paint(g)
	h.drawn = true
	return true
}
