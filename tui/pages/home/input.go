package home

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

func (h *home) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, h.keys.up):
		h.move(-1)
	case key.Matches(msg, h.keys.down):
		h.move(1)
	case key.Matches(msg, h.keys.back):
		h.scrollBy(1 - h.doc.shown)
	case key.Matches(msg, h.keys.forth):
		h.scrollBy(h.doc.shown - 1)
	case key.Matches(msg, h.keys.open):
		return h.choose(h.at)
	}
	return nil
}

// land puts the cursor on what a person who came in wants next: to log in,
// or the first tab that is open to them. Never on logging out, which enter
// would then do at once.
func (h *home) land() {
	if h.env.Bare {
		h.at = -1
		return
	}
	if h.landed {
		h.move(0)
		return
	}
	h.landed, h.at = true, 0
	for i, it := range h.items() {
		if _, login := it.does.(page.SignIn); login || it.tab != nil && it.tab.Verdict == session.Open {
			h.at = i
			return
		}
	}
}

// move takes the cursor some items down (negative: up).
func (h *home) move(by int) {
	at := max(min(h.at+by, len(h.items())-1), 0)
	h.drawn = h.drawn && at == h.at
	h.doc.follow = true
	h.at = at
}

// choose does what item i is for.
func (h *home) choose(i int) tea.Cmd {
	items := h.items()
	if i < 0 || i >= len(items) {
		return nil
	}
	return page.Send(items[i].does)
}

// mouse acts on a click; the wheel moves the cursor.
func (h *home) mouse(msg tea.MouseMsg) tea.Cmd {
	if msg.Action != tea.MouseActionPress {
		return nil
	}
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		h.move(-1)
	case tea.MouseButtonWheelDown:
		h.move(1)
	case tea.MouseButtonLeft:
		if !h.drawn { // Where things are is known once they are drawn.
			h.paint(&cell.Grid{W: h.width, H: h.height})
		}
		if item, ok := h.zones.At(msg.X, msg.Y); ok {
			h.move(item - h.at)
			return h.choose(item)
		}
	}
	return nil
}
