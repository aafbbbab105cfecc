package table

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// overlay is what is above the table and gets the keys until it is closed.
type overlay interface {
	keys() []key.Binding
	key(p *Panel, msg tea.KeyMsg) tea.Cmd
	wheel(by int)
	draw(p *Panel, d *pen)
}

// item is a choice of a menu: its key chooses it at once.
type item struct {
	key, label string
	note       string // why it cannot be chosen; "" = it can
	do         func() tea.Cmd
}

// menu is a short list of things to choose from.
type menu struct {
	title string
	items []item
	at    int
	k     keyMap
}

func (m *menu) keys() []key.Binding {
	var letters []string
	for _, it := range m.items {
		letters = append(letters, it.key)
	}
	m.k.letters.SetKeys(letters...)
	return []key.Binding{m.k.take, m.k.letters, m.k.up, m.k.down, m.k.back}
}

func (m *menu) wheel(by int) { m.at = min(max(m.at+min(max(by, -1), 1), 0), len(m.items)-1) }

func (m *menu) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.k.back):
		p.over = nil
	case key.Matches(msg, m.k.up):
		m.wheel(-1)
	case key.Matches(msg, m.k.down):
		m.wheel(1)
	case key.Matches(msg, m.k.take):
		return m.take(p, m.at)
	default:
		for i, it := range m.items {
			if it.key == msg.String() {
				return m.take(p, i)
			}
		}
	}
	return nil
}

func (m *menu) take(p *Panel, i int) tea.Cmd {
	if i >= len(m.items) || m.items[i].note != "" {
		return nil
	}
	p.over = nil
	return m.items[i].do()
}

func (m *menu) draw(p *Panel, d *pen) {
	w := cell.Width(m.title) + 6
	for _, it := range m.items {
		w = max(w, cell.Width(it.label)+cell.Width(it.note)+10)
	}
	w, h := min(w, d.W), min(len(m.items)+2, d.H)
	in := d.box(cell.Rect{X: max((d.W-w)/2, 0), Y: max((d.H-h)/2, 0), W: w, H: h}, m.title)
	top := max(min(m.at, len(m.items)-in.H), m.at-in.H+1, 0)
	for i := range min(in.H, len(m.items)-top) {
		m.line(p, d, in, top+i, in.Y+i)
	}
}

func (m *menu) line(p *Panel, d *pen, in cell.Rect, i, y int) {
	it, bg := m.items[i], d.t.Overlay
	lead := " "
	if i == m.at {
		bg, lead = d.t.Selection, ">"
		d.Rect(in.X, y, in.W, 1, bg)
	}
	d.Text(in.X, y, lead, cell.Readable(d.t.Accent, bg, 3), cell.Bold)
	x := in.X + 1 + d.Text(in.X+1, y, it.key+" ", cell.Readable(d.t.Accent, bg, 4.5), cell.Bold)
	fg := d.t.Text
	if it.note != "" {
		fg = d.t.Muted
	}
	x += d.Text(x+1, y, cell.Cut(it.label, in.X+in.W-x-1), cell.Readable(fg, bg, 4.5), 0) + 2
	d.Text(x, y, cell.Cut(it.note, in.X+in.W-x), cell.Readable(d.t.Muted, bg, 4.5), 0)
	d.hit(in.X, y, in.W, func() tea.Cmd { return m.take(p, i) })
}
