package page

import (
	"bytes"
	"fmt"
	"io"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Export writes a file and says where it is. It is written to memory at once,
// while the page stands still; only saving it is left to the command. What
// names it in an error.
func Export(env Env, what, name string, write func(io.Writer) error) tea.Cmd {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return Send(Failed{Err: fmt.Errorf("export %s: %w", what, err)})
	}
	save := env.Save
	return func() tea.Msg {
		path, err := save(name, b.Bytes())
		if err != nil {
			return Failed{Err: fmt.Errorf("export %s: %w", what, err)}
		}
		return Notice{Text: "Saved " + path}
	}
}

// Picture writes a page that was drawn in its true colours: "svg" keeps them,
// "ansi" is text for a terminal with the theme's.
func Picture(w io.Writer, format, title string, g *cell.Grid, t *theme.Theme) error {
	switch format {
	case "svg":
		_, err := io.WriteString(w, cell.SVG(g, cell.SVGOptions{Title: title, FG: t.Text, BG: t.Background, Margin: 8}))
		return err
	case "ansi":
		target := Target(t)
		target.Reduce(g)
		_, err := io.WriteString(w, g.ANSI()+"\n")
		return err
	}
	return ErrFormat
}
