package geo

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// menuKind says which menu is open.
type menuKind int

const (
	closed menuKind = iota
	layersMenu
	formatsMenu
)

// menu is the box over the map in which layers are switched, or the format of
// an export is chosen.
type menu struct {
	kind menuKind
	at   int // the choice with the cursor
}

// choice is a line of a menu.
type choice struct {
	key  key.Binding
	does intent
}

// choices are what a menu offers.
func (k *keyMap) choices(m menuKind, f *figures) (out []choice) {
	switch m {
	case layersMenu:
		for i, t := range f.switches.list {
			out = append(out, choice{bind(t.key, t.name, t.key), intent{act: toggleLayer, layer: i}})
		}
	case formatsMenu:
		for i, b := range k.formats {
			out = append(out, choice{b, intent{act: export, format: formats[i]}})
		}
		if k.linked {
			out = append(out, choice{k.link, intent{act: commandLine}})
		}
	}
	return out
}

// key takes a key while the menu is open, and returns what it means.
func (m *menu) key(msg tea.KeyMsg, k *keyMap, f *figures) intent {
	choices := k.choices(m.kind, f)
	for i, c := range choices {
		if key.Matches(msg, c.key) {
			m.at = i
			return m.choose(c.does)
		}
	}
	switch {
	case key.Matches(msg, k.menu.stop) || len(choices) == 0:
		*m = menu{}
	case key.Matches(msg, k.menu.pick):
		return m.choose(choices[m.at].does)
	case key.Matches(msg, k.menu.next):
		m.step(1, len(choices))
	case key.Matches(msg, k.menu.prev):
		m.step(-1, len(choices))
	}
	return intent{}
}

// mouse takes a press: the wheel goes through the choices, a click takes one
// or closes the menu.
func (m *menu) mouse(msg tea.MouseMsg, z zones, choices []choice) intent {
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		m.step(1, len(choices))
	case tea.MouseButtonWheelUp:
		m.step(-1, len(choices))
	case tea.MouseButtonLeft:
		if z, ok := z.At(msg.X, msg.Y); ok && z.kind == listedChoice && z.index < len(choices) {
			m.at = z.index
			return m.choose(choices[z.index].does)
		}
		*m = menu{}
	}
	return intent{}
}

func (m *menu) step(by, n int) { m.at = (m.at + by + n) % max(n, 1) }

// choose closes a menu of which one choice is made.
func (m *menu) choose(does intent) intent {
	if m.kind == formatsMenu {
		*m = menu{}
	}
	return does
}

// draw draws the menu over the corner of the map.
func (m *menu) draw(s *surface, area rect, k *keyMap, f *figures) {
	t, g, title := s.theme, s.grid, " Export "
	if m.kind == layersMenu {
		title = " " + f.switches.title() + " "
	}
	s.zones = s.zones[:0] // Nothing behind the menu can be clicked meanwhile.
	choices := k.choices(m.kind, f)
	wide := 28
	for _, c := range choices {
		wide = max(wide, cell.Width(c.key.Help().Desc)+10)
	}
	x, y, w, h := area.X, area.Y, min(area.W, wide), min(len(choices)+2, area.H)
	g.Rect(x, y, w, h, t.Overlay)
	g.Box(x, y, w, h, t.Accent)
	g.Text(x+2, y, cell.Cut(title, w-3), t.Accent, cell.Bold)
	first := max(0, m.at-h+3)
	for i, c := range choices[first:min(first+max(h-2, 0), len(choices))] {
		row, help := y+1+i, c.key.Help()
		if first+i == m.at {
			g.Rect(x+1, row, w-2, 1, t.Selection)
		}
		at := x + 2 + g.Text(x+2, row, help.Key, t.Accent, cell.Bold) + 1
		if m.kind == layersMenu {
			at += g.Text(at, row, checked(f.shown(f.switches.list[c.does.layer].layer)), t.Text, 0)
		}
		g.Text(at, row, cell.Cut(help.Desc, x+w-1-at), t.Text, 0)
		s.keys = append(s.keys, help.Key)
		s.zones.Add(rectOf(x+1, row, w-2, 1), target{kind: listedChoice, index: first + i})
	}
}
