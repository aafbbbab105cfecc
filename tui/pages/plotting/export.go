package plotting

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// export writes a walk: "csv" is index,value with a heading, "json" an object
// of seed and values.
func export(w io.Writer, format string, seed uint64, s *chart.Series) error {
	switch format {
	case "csv":
		return writeCSV(w, s)
	case "json":
		values := make([]float64, s.Len())
		for i := range values {
			values[i] = s.At(i)
		}
		return json.NewEncoder(w).Encode(struct {
			Seed   uint64    `json:"seed"`
			Values []float64 `json:"values"`
		}{seed, values})
	}
	return page.ErrFormat
}

func writeCSV(w io.Writer, s *chart.Series) error {
	b := []byte("index,value\n")
	for i := range s.Len() {
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, ',')
		b = strconv.AppendFloat(b, s.At(i), 'g', -1, 64)
		b = append(b, '\n')
	}
	_, err := w.Write(b)
	return err
}

// ansiText is a page that was drawn, as text for a terminal of the theme's
// colours.
func ansiText(g *cell.Grid, t *theme.Theme) string {
	target := page.Target(t)
	target.Reduce(g)
	return g.ANSI() + "\n"
}

// svg is a page that was drawn, as a picture in its true colours, whatever the
// terminal has.
func svg(g *cell.Grid, t *theme.Theme, r *run) string {
	return cell.SVG(g, cell.SVGOptions{
		Title: fmt.Sprintf("A random walk of %d points, seed %d", r.series.Len(), r.seed),
		FG:    t.Text, BG: t.Background, Margin: 8,
	})
}

// save writes a file in a command and tells where it is.
func save(env page.Env, name string, content []byte) tea.Cmd {
	write := env.Save
	return func() tea.Msg {
		path, err := write(name, content)
		if err != nil {
			return page.Failed{Err: fmt.Errorf("save %s: %w", name, err)}
		}
		return page.Notice{Text: "Saved " + path}
	}
}
