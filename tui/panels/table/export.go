package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/sheet"
)

// kinds are what a table is written as: the key that chooses it, what it is
// called, its writer and what its files end in.
var kinds = []struct{ key, label, format, ext string }{
	{"c", "csv", "csv", ".csv"},
	{"j", "json", "json", ".json"},
	{"t", "tsv", "tsv", ".tsv"},
	{"m", "markdown", "markdown", ".md"},
}

// openExport lets a reader choose what the table is written as.
func openExport(p *Panel) tea.Cmd {
	if !p.data.Complete {
		return page.Send(page.Notice{Text: "The export can start when all rows are read."})
	}
	m := &menu{title: "Export " + what(&p.body), k: p.keys}
	for _, k := range kinds {
		m.items = append(m.items, item{key: k.key, label: k.label, do: func() tea.Cmd { return export(&p.body, k.format, k.ext) }})
	}
	m.items = append(m.items, pictures(p, "the table", "")...)
	if p.env.Own {
		m.items = append(m.items,
			item{key: "p", label: "page.yaml", do: func() tea.Cmd { return panels.Send(panels.WritePage{Steps: told(&p.body)}) }},
			item{key: "l", label: "command line", do: func() tea.Cmd { return panels.Send(panels.CommandLine{Steps: told(&p.body)}) }})
	} else if p.env.Linked {
		m.items = append(m.items, item{key: "l", label: "command line of the page", do: func() tea.Cmd { return panels.Send(panels.CommandLine{}) }})
	}
	p.over = m
	return nil
}

// pictures are the items of a menu that write the panel as it looks.
func pictures(p *Panel, what, name string) (out []item) {
	for _, pic := range []struct{ key, format string }{{"v", "svg"}, {"a", "ansi"}} {
		out = append(out, item{key: pic.key, label: pic.format + ", as it looks", do: func() tea.Cmd {
			return page.Export(p.env.Env, what, fileName(&p.body, name+"."+pic.format), func(w io.Writer) error { return picture(p, w, pic.format) })
		}})
	}
	return out
}

// exportFrame writes figures that are held into a file.
func exportFrame(p *Panel, f frame.Frame, what, name, format, ext string) tea.Cmd {
	return page.Export(p.env.Env, what, fileName(&p.body, name+ext), func(w io.Writer) error { return writers[format](p.env.Ctx, f, w) })
}

// what says which rows are exported.
func what(p *body) string {
	if n := len(p.marks); n > 0 {
		return counted(n, "marked row", "marked rows")
	}
	return counted(p.sheet.Size().Rows, "row", "rows")
}

// out is what is shown, as a frame: the marked rows if there are any, in the
// order of the table, with the columns that are shown.
func out(p *body) frame.Frame {
	var at []int
	for _, c := range p.shown.rows.cols {
		if c.at >= 0 {
			at = append(at, c.at)
		}
	}
	f, order := p.shown.rows.f, p.shown.order
	if len(p.marks) > 0 {
		var rows []uint32
		for row := range f.Len() {
			if p.marks[p.place(row)] {
				rows = append(rows, uint32(p.sheet.Place(row)))
			}
		}
		order = rows
	}
	if order != nil {
		f = query.View(f, order)
	}
	return pick(f, at)
}

// export writes the table into a file, off the loop.
func export(p *body, format, ext string) tea.Cmd {
	f, name, save := out(p), fileName(p, ext), p.env.Save
	return p.work.outs.start("exporting", nil, func(ctx context.Context, _ func(float64)) (func() tea.Cmd, error) {
		out := limited{most: maxSave}
		if err := writers[format](ctx, f, &out); err != nil {
			return nil, fmt.Errorf("export the table: %w", err)
		}
		path, err := save(name, out.Bytes())
		if err != nil {
			return nil, fmt.Errorf("export the table: %w", err)
		}
		told := "Saved " + session.Clean(path, 200)
		if format == "csv" {
			told += formulas(out.Bytes())
		}
		return func() tea.Cmd { return page.Send(page.Notice{Text: told}) }, nil
	})
}

// formulas warns of cells that a spreadsheet would run.
func formulas(csv []byte) string {
	w := data.NewSpreadsheetWriter(io.Discard)
	_, _ = w.Write(csv) // io.Discard takes everything
	_ = w.Close()
	switch n := w.Changed(); n {
	case 0:
		return ""
	case 1:
		return ". 1 cell begins like a formula: for a spreadsheet use tabgate show --format csv --spreadsheet-safe"
	default:
		return ". " + sheet.Thousands(n) + " cells begin like a formula: for a spreadsheet use tabgate show --format csv --spreadsheet-safe"
	}
}

// fileName is what an export is called: after the file of the figures.
func fileName(p *body, ext string) string {
	name := p.data.Frame.Origin().Name
	if p.data.Frame.Origin().Kind != "file" || name == "" {
		name = p.name()
	}
	name = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(name), ".gz"), ".zst")
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if name == "" {
		name = "table"
	}
	return name + "-export" + ext
}

// picture draws the panel as it is, without what can be clicked.
func picture(p *Panel, w io.Writer, format string) error {
	over, bare := p.over, p.env.Bare
	p.over, p.env.Bare = nil, true
	g := cell.NewGrid(p.width, p.height)
	p.draw(g)
	p.over, p.env.Bare, p.laid = over, bare, false
	return page.Picture(w, format, p.name(), g, p.env.Theme)
}

// openCopy lets a reader choose what the table is copied as: the selection if
// there is one.
func openCopy(p *Panel) {
	m := &menu{title: "Copy " + what(&p.body), k: p.keys}
	for _, k := range []int{2, 3, 0, 1} {
		kind := kinds[k]
		m.items = append(m.items, item{key: kind.key, label: kind.label, do: func() tea.Cmd { return copyTable(&p.body, kind.format, kind.label) }})
	}
	p.over = m
}

func copyTable(p *body, format, label string) tea.Cmd {
	f, what := out(p), what(p)
	return p.work.outs.start("copying", nil, func(ctx context.Context, _ func(float64)) (func() tea.Cmd, error) {
		out := limited{most: maxCopied}
		if err := writers[format](ctx, f, &out); err != nil {
			return nil, fmt.Errorf("copy the table: %w", err)
		}
		return func() tea.Cmd { return page.Send(page.Copy{Text: out.String(), What: what + " as " + label}) }, nil
	})
}

// errNoFigures says that nothing was given yet.
var errNoFigures = errors.New("there are no figures yet")

// Export writes the rows as they are shown, with every digit.
func (p *Panel) Export(format string, w io.Writer) error {
	write, ok := writers[format]
	switch {
	case !ok:
		return page.ErrFormat
	case p.data.Required != "":
		return errors.New(p.data.Required)
	case p.data.Err != nil:
		return p.data.Err
	case p.shown.rows == nil || !p.data.Complete:
		return errNoFigures
	}
	return write(p.env.Ctx, out(&p.body), w)
}

// maxListed is how many of the lines that were left out are noted.
const maxListed = 1000

// Notes are what was guessed, changed or left out when the figures were read.
func (p *Panel) Notes() []string {
	r := p.data.Report
	notes := slices.Clone(r.Notes)
	if p.data.Note != "" {
		notes = append(notes, p.data.Note)
	}
	for i, s := range r.Skipped {
		if i == maxListed {
			return append(notes, fmt.Sprintf("left out: %d more, tabgate inspect lists them", len(r.Skipped)-i))
		}
		notes = append(notes, fmt.Sprintf("left out: line %d: %s", s.Line, session.Clean(s.Reason, 0)))
	}
	return notes
}
