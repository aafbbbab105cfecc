package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
)

// helpBox lists every key that acts, made from the bindings themselves.
type helpBox struct{ top int }

var helpKeys = struct{ close, up, down key.Binding }{
	close: key.NewBinding(key.WithKeys("esc", "?", "q", "enter"), key.WithHelp("esc", "close")),
	up:    key.NewBinding(key.WithKeys("up", "k", "pgup"), key.WithHelp("↑", "up")),
	down:  key.NewBinding(key.WithKeys("down", "j", "pgdown", " "), key.WithHelp("↓", "down")),
}

func (b *helpBox) keys() []key.Binding {
	return []key.Binding{helpKeys.close, helpKeys.up, helpKeys.down}
}

func (b *helpBox) wheel(r *Root, lines int) {
	rows := b.rows(r)
	s := b.size(r, rows)
	b.top = min(max(b.top+lines, 0), max(len(rows)-s.height*s.columns, 0))
}

func (b *helpBox) key(r *Root, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, helpKeys.up):
		b.wheel(r, -1)
	case key.Matches(msg, helpKeys.down):
		b.wheel(r, 1)
	case key.Matches(msg, helpKeys.close):
		r.box = nil
	}
	return nil
}

// helpRow is a heading or a key with what it does.
type helpRow struct {
	heading string
	key     key.Binding
}

func (b *helpBox) rows(r *Root) []helpRow {
	var rows []helpRow
	if p := r.current(); p != nil && len(p.Keys()) > 0 {
		rows = append(rows, helpRow{heading: session.Clean(r.tabs[r.shown].spec.Title, 40)})
		for _, k := range p.Keys() {
			if k.Enabled() && k.Help().Key != "" {
				rows = append(rows, helpRow{key: k})
			}
		}
		rows = append(rows, helpRow{})
	}
	rows = append(rows, helpRow{heading: "Everywhere"})
	for _, k := range r.all() {
		rows = append(rows, helpRow{key: k})
	}
	return append(rows, helpRow{}, helpRow{heading: "By mouse: click any of it"})
}

// shape is how the rows are laid out: as many columns as the window has room
// for and the rows need.
type shape struct{ keys, column, columns, height int }

func (b *helpBox) size(r *Root, rows []helpRow) shape {
	var s shape
	words := 0
	for _, row := range rows {
		s.keys = max(s.keys, cell.Width(row.key.Help().Key))
		words = max(words, cell.Width(row.key.Help().Desc))
	}
	room := max(r.pageHeight()-2, 1)
	s.column = min(s.keys+words+5, r.width-4)
	most := max((r.width-4)/s.column, 1)
	s.columns = min((len(rows)+room-1)/room, most)
	s.height = min((len(rows)+s.columns-1)/s.columns, room)
	return s
}

func (b *helpBox) panel(r *Root, w, h int) panel {
	rows := b.rows(r)
	s := b.size(r, rows)
	right := "esc closes"
	if len(rows) > s.height*s.columns {
		right = "↑ ↓ scroll · esc closes"
	}
	width := min(max(s.column*s.columns+4, 36), w)
	g := r.frame(width, s.height+2, "Keys", right)
	var hits []hit
	for i, row := range rows[min(b.top, max(len(rows)-s.height*s.columns, 0)):] {
		if i == s.height*s.columns {
			break
		}
		x, y := 2+i/s.height*s.column, 1+i%s.height
		b.row(r, g, x, y, s, row)
		if act := r.press(row.key); act != nil {
			hits = append(hits, hit{x: x, y: y, w: s.column, h: 1, act: func() tea.Cmd { r.box = nil; return act() }})
		}
	}
	return r.centred(g, hits)
}

func (b *helpBox) row(r *Root, g *cell.Grid, x, y int, s shape, row helpRow) {
	t := r.env.Theme
	help := row.key.Help()
	g.Text(x, y, cell.Cut(row.heading, s.column), t.Muted, cell.Bold)
	g.Text(x+1+s.keys-cell.Width(help.Key), y, help.Key, t.Accent, cell.Bold)
	g.Text(x+3+s.keys, y, cell.Cut(session.Clean(help.Desc, 0), s.column-s.keys-4), t.Text, 0)
}
