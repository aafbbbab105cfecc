package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// menu is the box over the map in which layers are switched, or the format of
// an export is chosen.
type menu struct {
	kind menuKind
	at   int // the choice with the cursor
}

// key takes a key while the menu is open, and returns what it means.
func (m *menu) key(msg tea.KeyMsg, k *keyMap) intent {
	choices := k.choices(m.kind)
	for i, c := range choices {
		if key.Matches(msg, c.key) {
			m.at = i
			return m.choose(c.does)
		}
	}
	switch {
	case key.Matches(msg, k.menu.pick):
		return m.choose(choices[m.at].does)
	case key.Matches(msg, k.menu.next):
		m.step(1, len(choices))
	case key.Matches(msg, k.menu.prev):
		m.step(-1, len(choices))
	case key.Matches(msg, k.menu.stop):
		*m = menu{}
	}
	return intent{}
}

// mouse takes a press: the wheel goes through the choices, a click takes one
// or closes the menu.
func (m *menu) mouse(msg tea.MouseMsg, z zones, k *keyMap) intent {
	choices := k.choices(m.kind)
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		m.step(1, len(choices))
	case tea.MouseButtonWheelUp:
		m.step(-1, len(choices))
	case tea.MouseButtonLeft:
		if z, ok := z.At(msg.X, msg.Y); ok && z.kind == listedChoice {
			m.at = z.index
			return m.choose(choices[z.index].does)
		}
		*m = menu{}
	}
	return intent{}
}

func (m *menu) step(by, n int) { m.at = (m.at + by + n) % n }

// choose closes a menu of which one choice is made.
func (m *menu) choose(does intent) intent {
	if m.kind == formatsMenu {
		*m = menu{}
	}
	return does
}

// draw draws the menu over the corner of the map.
func (m *menu) draw(s *surface, area rect, k *keyMap, on mapview.Layers) {
	t, g, title := s.theme, s.grid, " Export "
	if m.kind == layersMenu {
		title = " " + heading + " "
	}
	s.zones = s.zones[:0] // Nothing behind the menu can be clicked meanwhile.
	choices := k.choices(m.kind)
	x, y, w, h := area.X, area.Y, min(area.W, 28), min(len(choices)+2, area.H)
	g.Rect(x, y, w, h, t.Overlay)
	g.Box(x, y, w, h, t.Accent)
	g.Text(x+2, y, title, t.Accent, cell.Bold)
	first := max(0, m.at-h+3)
	for i, c := range choices[first:min(first+max(h-2, 0), len(choices))] {
		row, help := y+1+i, c.key.Help()
		if first+i == m.at {
			g.Rect(x+1, row, w-2, 1, t.Selection)
		}
		at := x + 2 + g.Text(x+2, row, help.Key, t.Accent, cell.Bold) + 1
		if m.kind == layersMenu {
			at += g.Text(at, row, checked(on[c.does.layer]), t.Text, 0)
		}
		g.Text(at, row, cell.Cut(help.Desc, x+w-1-at), t.Text, 0)
		s.keys = append(s.keys, help.Key)
		s.zones.Add(rectOf(x+1, row, w-2, 1), target{kind: listedChoice, index: first + i})
	}
}
