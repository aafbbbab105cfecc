package geo

import (
	"errors"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// save writes an export and says where it is.
func (p *Panel) save(format string) tea.Cmd {
	name := fileName(p.title()) + "." + map[string]string{"csv": "csv", "json": "json", "svg": "svg", "ansi": "ans"}[format]
	return page.Export(p.env.Env, "the map", name, func(w io.Writer) error { return p.Export(format, w) })
}

// title is what the map is called.
func (p *Panel) title() string {
	for _, name := range []string{p.env.Panel.Title, p.env.Panel.Name} {
		if name != "" {
			return name
		}
	}
	return "map"
}

// fileName is a title as the name of a file.
func fileName(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	name := strings.Join(words, "-")
	if name == "" {
		name = "map"
	}
	return name[:min(len(name), 60)]
}

// ErrNotYet says that a map was not drawn yet: it waits for figures.
var ErrNotYet = errors.New("there is no map yet")

// Export writes the rows of the map as csv or json, or the map as svg or ansi.
func (p *Panel) Export(format string, w io.Writer) error {
	if p.figs == nil {
		if p.work.err != nil {
			return p.work.err
		}
		return ErrNotYet
	}
	if p.deck != nil && (format == "csv" || format == "json") {
		return exportDeck(p, format, w)
	}
	switch format {
	case "csv":
		return frame.WriteCSV(p.ctx(), p.figs.rows, w)
	case "json":
		return frame.WriteJSON(p.ctx(), p.figs.rows, w)
	case "svg", "ansi":
		g := cell.NewGrid(p.w, p.h)
		g.Fill(p.env.Theme.Background)
		f := p.frame()
		f.Look = mapview.NewLook(p.env.Theme, trueColors)
		p.draw(g, f)
		return page.Picture(w, format, p.title(), g, p.env.Theme)
	}
	return page.ErrFormat
}

// exportDeck writes what a specification draws as json, and the rows of its only
// source as csv.
func exportDeck(p *Panel, format string, w io.Writer) error {
	if format == "json" {
		facts, err := p.figs.scene.Deck.Facts()
		if err == nil {
			_, err = w.Write(append(facts, '\n'))
		}
		return err
	}
	if len(p.deck.Names) != 1 {
		return errors.New("a map of several sources, or of its own data, has no one table: export it as JSON")
	}
	rows := p.all.Sources[p.deck.Names[0]].Rows
	if rows == nil {
		return errors.New("there are no rows yet")
	}
	return frame.WriteCSV(p.ctx(), rows, w)
}
