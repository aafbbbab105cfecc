package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/canvas"
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
	_, height := b.size(r, rows)
	b.top = min(max(b.top+lines, 0), max(len(rows)-height, 0))
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
	return append(rows, helpRow{}, helpRow{heading: "With the mouse: click a tab, a key in the last line, or what you see."})
}

// size gives the width of the box and the number of rows that it shows.
func (b *helpBox) size(r *Root, rows []helpRow) (w, h int) {
	for _, row := range rows {
		w = max(w, b.keyColumn(rows)+3+canvas.Width(row.key.Help().Desc), canvas.Width(row.heading))
	}
	return min(w+6, r.width), min(len(rows), max(r.pageHeight()-3, 1))
}

func (b *helpBox) keyColumn(rows []helpRow) (w int) {
	for _, row := range rows {
		w = max(w, canvas.Width(row.key.Help().Key))
	}
	return w
}

func (b *helpBox) panel(r *Root, w, h int) panel {
	t := r.env.Theme
	rows := b.rows(r)
	width, height := b.size(r, rows)
	right := "esc closes"
	if len(rows) > height {
		right = "↑ ↓ scroll · esc closes"
	}
	g := r.frame(width, height+2, "Keys", right)
	column := b.keyColumn(rows)
	var hits []hit
	for y, row := range rows[min(b.top, len(rows)-height):][:height] {
		help := row.key.Help()
		g.Text(2, y+1, canvas.Cut(row.heading, width-4), t.Muted, canvas.Bold)
		g.Text(3+column-canvas.Width(help.Key), y+1, help.Key, t.Accent, canvas.Bold)
		g.Text(5+column, y+1, canvas.Cut(session.Clean(help.Desc, 0), width-7-column), t.Text, 0)
		if act := r.press(row.key); act != nil {
			hits = append(hits, hit{x: 1, y: y + 1, w: width - 2, h: 1, act: func() tea.Cmd { r.box = nil; return act() }})
		}
	}
	return r.centred(g, hits)
}
