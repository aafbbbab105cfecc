package geo

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// box is the box of layers over the map.
type box struct {
	open bool
	at   int // the layer that space switches
}

// key does what a key means while the box is open.
func (b *box) key(f *figures, msg tea.KeyMsg) {
	list := f.switches.list
	switch name := msg.String(); name {
	case "esc", "o", "enter":
		b.open = false
	case "up":
		b.at = (b.at + len(list) - 1) % max(len(list), 1)
	case "down":
		b.at = (b.at + 1) % max(len(list), 1)
	case " ":
		if b.at < len(list) {
			f.flip(list[b.at].layer)
		}
	default:
		for i, t := range list {
			if t.key == name {
				b.at = i
				f.flip(t.layer)
			}
		}
	}
}

// flip shows a layer, or hides it.
func (f *figures) flip(layer int) { f.hidden[layer] = !f.hidden[layer] }

// keys are those of the box.
func (b *box) keys() []key.Binding {
	return []key.Binding{bind("↑/↓", "layer", "up"), bind("", "", "down"), bind("space", "show or hide", " "), bind("esc", "back", "esc", "o", "enter")}
}

// draw draws the box into the upper left corner of the map, and returns where
// it is.
func (b *box) draw(g *cell.Grid, f *figures, area cell.Rect, t *theme.Theme) cell.Rect {
	heading := f.switches.heading
	if heading == "" {
		heading = "layers"
	}
	w := cell.Width(heading) + 4
	for _, s := range f.switches.list {
		w = max(w, cell.Width(s.name)+cell.Width(s.key)+10)
	}
	r := cell.Rect{X: area.X, Y: area.Y, W: min(w, area.W), H: min(len(f.switches.list)+2, area.H)}
	g.Rect(r.X, r.Y, r.W, r.H, t.Background)
	sub := g.Sub(r.X, r.Y, r.W, r.H)
	sub.Box(0, 0, r.W, r.H, t.Muted)
	sub.Text(2, 0, cell.Cut(heading, r.W-4), t.Text, cell.Bold)
	for i, s := range f.switches.list {
		if i+2 > r.H-1 {
			break
		}
		mark, attr := "[x]", cell.Attr(0)
		if f.hidden[s.layer] {
			mark = "[ ]"
		}
		if i == b.at {
			attr = cell.Reverse
		}
		sub.Text(1, i+1, cell.Cut(mark+" "+s.name, r.W-3-cell.Width(s.key)), t.Text, attr)
		sub.Text(r.W-2-cell.Width(s.key), i+1, s.key, t.Accent, 0)
	}
	return r
}

// click switches the layer whose line was clicked, and reports whether there is
// one.
func (b *box) click(f *figures, area cell.Rect, y int) bool {
	i := y - area.Y - 1
	if i < 0 || i >= len(f.switches.list) {
		return false
	}
	b.at = i
	f.flip(f.switches.list[i].layer)
	return true
}
