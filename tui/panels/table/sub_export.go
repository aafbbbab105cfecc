package table

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page"
)

// openSubExport lets a reader choose what a table in the place of the rows is
// written as: as other programs read it, or as it looks.
func openSubExport(p *Panel, f frame.Frame, title, what, name string, more ...item) {
	m := &menu{title: "Export " + title, k: p.keys}
	for _, k := range kinds {
		m.items = append(m.items, item{key: k.key, label: k.label, do: func() tea.Cmd { return exportFrame(p, f, what, name, k.format, k.ext) }})
	}
	m.items = append(m.items, pictures(p, what, name)...)
	m.items = append(m.items, more...)
	p.over = m
}

// openSubCopy lets a reader choose what a table in the place of the rows is
// copied as.
func openSubCopy(p *Panel, f frame.Frame, what string) {
	m := &menu{title: "Copy " + what, k: p.keys}
	for _, i := range []int{2, 3, 0, 1} {
		k := kinds[i]
		m.items = append(m.items, item{key: k.key, label: k.label, do: func() tea.Cmd {
			out := limited{most: maxCopied}
			if err := writers[k.format](p.env.Ctx, f, &out); err != nil {
				return p.fail(fmt.Errorf("copy %s: %w", what, err))
			}
			return page.Send(page.Copy{Text: out.String(), What: what + " as " + k.label})
		}})
	}
	p.over = m
}

// frame is the turned rows as text, for other programs.
func (t *turned) frame() frame.Frame {
	columns := make([]frame.Column, len(t.heads))
	vectors := make([]frame.Vector, len(t.heads))
	for i, h := range t.heads {
		columns[i] = frame.Column{Name: h.Title}
		vectors[i].Reset(frame.Text)
		for _, line := range t.raw {
			vectors[i].AppendString(line[i])
		}
	}
	return frame.New(frame.Origin{}, columns, vectors)
}
