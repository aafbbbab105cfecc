package box

import (
	"fmt"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Section is keys under a heading, as the help lists them.
type Section struct {
	Heading string
	Keys    []key.Binding
}

// Help lists keys, made from the bindings themselves; those that do not act now
// are faint.
type Help struct {
	Theme    *theme.Theme
	Sections func() []Section
	NoMouse  bool // the mouse is the terminal's
	Size
	top int
}

var closeHelp = key.NewBinding(key.WithKeys("esc", "?", "q", "enter"), key.WithHelp("esc", "close"))

// Keys implements [Box].
func (b *Help) Keys() []key.Binding {
	if rows := b.rows(); b.shape(rows).hidden(rows) > 0 {
		return []key.Binding{closeHelp, scrollKeys.both}
	}
	return []key.Binding{closeHelp}
}

// Wheel implements [Box].
func (b *Help) Wheel(lines int) {
	rows := b.rows()
	s := b.shape(rows)
	b.top = min(max(b.top+lines, 0), s.hidden(rows))
}

// Key implements [Box].
func (b *Help) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch {
	case key.Matches(msg, scrollKeys.up):
		b.Wheel(-1)
	case key.Matches(msg, scrollKeys.down):
		b.Wheel(1)
	case key.Matches(msg, closeHelp):
		return nil, true
	}
	return nil, false
}

// helpRow is a heading or a key with what it does.
type helpRow struct {
	heading string
	key     key.Binding
}

func (b *Help) rows() []helpRow {
	var rows []helpRow
	for _, s := range b.Sections() {
		rows = append(rows, helpRow{heading: session.Clean(s.Heading, 40)})
		for _, k := range s.Keys {
			if k.Help().Key != "" {
				rows = append(rows, helpRow{key: k})
			}
		}
		rows = append(rows, helpRow{})
	}
	if b.NoMouse {
		return rows[:max(len(rows)-1, 0)]
	}
	return append(rows, helpRow{heading: "By mouse: click any of it"})
}

// shape is how the rows are laid out: as many columns as the window has room
// for and the rows need.
type shape struct{ keys, column, columns, height int }

// hidden returns how many rows have no room.
func (s shape) hidden(rows []helpRow) int { return max(len(rows)-s.height*s.columns, 0) }

func (b *Help) shape(rows []helpRow) shape {
	var s shape
	words := 0
	for _, row := range rows {
		s.keys = max(s.keys, cell.Width(row.key.Help().Key))
		words = max(words, cell.Width(row.key.Help().Desc))
	}
	room := max(b.H-2, 1)
	s.column = min(s.keys+words+5, b.W-4)
	most := max((b.W-4)/s.column, 1)
	s.columns = min((len(rows)+room-1)/room, most)
	s.height = min((len(rows)+s.columns-1)/s.columns, room)
	return s
}

// Panel implements [Box].
func (b *Help) Panel() Panel {
	rows := b.rows()
	s := b.shape(rows)
	from, all := min(b.top, s.hidden(rows)), len(rows)
	rows = rows[from:min(from+s.height*s.columns, all)]
	out := b.Centred(min(max(s.column*s.columns+4, 36), b.W), s.height+2)
	out.Title, out.Closes = "Keys", true
	if len(rows) < all {
		out.Right = fmt.Sprintf("%d to %d of %d", from+1, from+len(rows), all)
	}
	at := func(i int) (x, y int) { return 2 + i/s.height*s.column, 1 + i%s.height }
	for i, row := range rows {
		if name := First(row.key); name != "" && row.key.Enabled() {
			x, y := at(i)
			out.Zones.Add(cell.Rect{X: x, Y: y, W: s.column, H: 1}, name)
		}
	}
	out.Also = func(g *cell.Grid) {
		for i, row := range rows {
			x, y := at(i)
			row.draw(g, x, y, s, b.Theme)
		}
	}
	return out
}

func (row helpRow) draw(g *cell.Grid, x, y int, s shape, t *theme.Theme) {
	help, name, words, attr := row.key.Help(), t.Accent, t.Text, cell.Bold
	if !row.key.Enabled() {
		name, words, attr = t.Muted, t.Muted, 0
	}
	g.Text(x, y, cell.Cut(row.heading, s.column), t.Muted, cell.Bold)
	g.Text(x+1+s.keys-cell.Width(help.Key), y, help.Key, name, attr)
	g.Text(x+3+s.keys, y, cell.Cut(session.Clean(help.Desc, 0), s.column-s.keys-4), words, 0)
}
