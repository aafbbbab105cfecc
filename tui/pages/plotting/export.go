package plotting

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Export writes the walk so far: "csv" is index,value with a heading, "json"
// an object of seed and values.
func (p *Page) Export(format string, w io.Writer) error {
	switch format {
	case "csv":
		return p.writeCSV(w)
	case "json":
		values := make([]float64, p.run.series.Len())
		for i := range values {
			values[i] = p.run.series.At(i)
		}
		return json.NewEncoder(w).Encode(struct {
			Seed   uint64    `json:"seed"`
			Values []float64 `json:"values"`
		}{p.run.seed, values})
	}
	return page.ErrFormat
}

func (p *Page) writeCSV(w io.Writer) error {
	b := []byte("index,value\n")
	for i := range p.run.series.Len() {
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, ',')
		b = strconv.AppendFloat(b, p.run.series.At(i), 'g', -1, 64)
		b = append(b, '\n')
	}
	_, err := w.Write(b)
	return err
}

// chosen takes the key that chooses a format.
func (p *Page) chosen(msg tea.KeyMsg) tea.Cmd {
	k := p.keys
	switch {
	case key.Matches(msg, k.csv):
		return p.save("csv")
	case key.Matches(msg, k.json):
		return p.save("json")
	case key.Matches(msg, k.svg):
		return p.save("svg")
	case key.Matches(msg, k.ansi):
		return p.save("ansi")
	case key.Matches(msg, k.cancel):
		p.mode = browsing
	}
	return nil
}

// save writes an export in a command and tells where it is.
func (p *Page) save(format string) tea.Cmd {
	p.mode, p.stale = browsing, true
	content, err := p.content(format)
	if err != nil {
		return page.Send(page.Failed{Err: fmt.Errorf("export the walk: %w", err)})
	}
	name := fmt.Sprintf("tabgate-walk-%d.%s", p.run.seed, format)
	save := p.env.Save
	return func() tea.Msg {
		path, err := save(name, content)
		if err != nil {
			return page.Failed{Err: fmt.Errorf("save %s: %w", name, err)}
		}
		return page.Notice{Text: "Saved " + path}
	}
}

// content gives the bytes of an export. Pictures are the page as it is.
func (p *Page) content(format string) ([]byte, error) {
	switch format {
	case "svg":
		return []byte(p.svg()), nil
	case "ansi":
		g, target := p.whole(), page.Target(p.env.Theme)
		target.Reduce(g)
		return []byte(g.ANSI() + "\n"), nil
	}
	var b bytes.Buffer
	err := p.Export(format, &b)
	return b.Bytes(), err
}

// whole returns the page in its true colours.
func (p *Page) whole() *cell.Grid {
	g := cell.NewGrid(p.w, p.h)
	p.paint(g)
	return g
}

// svg returns the page as a picture in its true colours, whatever the terminal
// has.
func (p *Page) svg() string {
	t := p.env.Theme
	return cell.SVG(p.whole(), cell.SVGOptions{
		Title: fmt.Sprintf("A random walk of %d points, seed %d", p.run.series.Len(), p.run.seed),
		FG:    t.Text, BG: t.Background, Margin: 8,
	})
}
