package home

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

type keyMap struct{ up, down, open key.Binding }

func newKeyMap() keyMap {
	return keyMap{
		up:   key.NewBinding(key.WithKeys("up", "k"), key.WithHelp("↑", "up")),
		down: key.NewBinding(key.WithKeys("down", "j"), key.WithHelp("↓", "down")),
		open: key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	}
}

func (k keyMap) list() []key.Binding { return []key.Binding{k.open, k.up, k.down} }

func (h *home) key(msg tea.KeyMsg) tea.Cmd {
	n := len(h.items())
	switch {
	case key.Matches(msg, h.keys.up):
		h.at = max(h.at-1, 0)
	case key.Matches(msg, h.keys.down):
		h.at = min(h.at+1, n-1)
	case key.Matches(msg, h.keys.open) && h.at < n:
		return page.Send(h.items()[h.at].does)
	}
	return nil
}

// mouse acts on a click and moves the cursor with the wheel.
func (h *home) mouse(msg tea.MouseMsg) tea.Cmd {
	if msg.Action != tea.MouseActionPress {
		return nil
	}
	n := len(h.items())
	switch msg.Button {
	case tea.MouseButtonWheelUp:
		h.at = max(h.at-1, 0)
	case tea.MouseButtonWheelDown:
		h.at = min(h.at+1, n-1)
	case tea.MouseButtonLeft:
		h.View()
		for _, a := range h.drawing.areas {
			if a.has(msg.X, msg.Y) && a.item < n {
				h.at = a.item
				h.drawing = drawing{}
				return page.Send(h.items()[a.item].does)
			}
		}
		return nil
	default:
		return nil
	}
	h.drawing = drawing{}
	return nil
}
