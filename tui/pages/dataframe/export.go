package dataframe

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
)

// maxSave is the largest export that is made in memory, in bytes.
const maxSave = 64 << 20

// saved is a file written, or not. Formulas is how many of its cells a
// spreadsheet would run.
type saved struct {
	path     string
	formulas int
	err      error
}

func (s saved) tell() tea.Cmd {
	if s.err != nil {
		return page.Send(page.Failed{Err: fmt.Errorf("export the table: %w", s.err)})
	}
	text := "Saved " + session.Clean(s.path, 200)
	if s.formulas > 0 {
		what := "1 cell begins"
		if s.formulas > 1 {
			what = thousands(s.formulas) + " cells begin"
		}
		text += ". " + what + " like a formula: for a spreadsheet use tabgate show dataframe --format csv --spreadsheet-safe"
	}
	return page.Send(page.Notice{Text: text})
}

// write saves csv under a name, cell for cell as it is.
func write(save func(string, []byte) (string, error), name string, content []byte) saved {
	formulas := data.NewSpreadsheetWriter(io.Discard)
	_, _ = formulas.Write(content) // io.Discard takes everything
	_ = formulas.Close()
	path, err := save(name, content)
	return saved{path, formulas.Changed(), err}
}

// nothingChosen is the page's own sentence as an error, to the letter.
type nothingChosen struct{}

// Error gives the sentence.
func (nothingChosen) Error() string { return noneChosen }

// Export writes what the page shows: a table sorted by region, in the unit of
// the page, or the rows of a sheet.
func (f *frame) Export(format string, w io.Writer) error {
	switch {
	case f.load.err != nil:
		return f.load.err
	case !f.load.have:
		return errors.New("there are no figures yet")
	case format != "csv" && format != "json":
		return page.ErrFormat
	case f.sheet != nil:
		return f.sheet.export(format, w)
	case len(f.picks.chosen) == 0:
		return nothingChosen{}
	case format == "csv":
		return f.mem.sorted().csv(w)
	default:
		return f.mem.sorted().json(w)
	}
}

// sorted is the table in the order of the regions.
func (m *memory) sorted() *memory {
	out := *m
	out.rows = append([]region(nil), m.rows...)
	out.sort(0, unsorted)
	return &out
}

func (m *memory) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(m.cols)
	for _, r := range m.rows {
		rec := []string{r.name}
		for _, v := range r.values {
			rec = append(rec, exact(v))
		}
		_ = out.Write(rec) // Error has the first error.
	}
	out.Flush()
	return out.Error()
}

func (m *memory) json(w io.Writer) error {
	type row struct {
		Region string              `json:"region"`
		Values map[string]*float64 `json:"values"`
	}
	rows := make([]row, 0, len(m.rows))
	for _, r := range m.rows {
		values := make(map[string]*float64, len(r.values))
		for i, v := range r.values {
			if values[m.cols[i+1]] = nil; !math.IsNaN(v) {
				values[m.cols[i+1]] = &r.values[i]
			}
		}
		rows = append(rows, row{r.name, values})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(rows)
}

// save writes the table as a CSV file.
func (f *frame) save() tea.Cmd {
	save := f.env.Save
	if f.sheet != nil {
		file, ctx, show := f.sheet.file, f.sheet.ctx, f.show
		return func() tea.Msg {
			out := &limited{}
			if err := exportSheet(ctx, file, show, "csv", out); err != nil {
				return saved{err: err}
			}
			return write(save, exportName(file.Origin), out.Bytes())
		}
	}
	table, name := f.mem.sorted(), exportName(f.table.Origin)
	return func() tea.Msg {
		var out bytes.Buffer
		if err := table.csv(&out); err != nil {
			return saved{err: err}
		}
		return write(save, name, out.Bytes())
	}
}

// exportName is what the export of figures is called: after the file that they
// are from.
func exportName(o data.Origin) string {
	if o.Kind != data.File {
		return "agriculture.csv"
	}
	return strings.TrimSuffix(strings.TrimSuffix(o.Name, ".gz"), ".csv") + "-export.csv"
}

// limited is a buffer that refuses to grow beyond maxSave.
type limited struct{ bytes.Buffer }

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxSave {
		return 0, errors.New("the file is too large to export from here: use `tabgate show dataframe --format csv`")
	}
	return l.Buffer.Write(b)
}

// copySelection copies the selected cells as they stand, parted by tabs. Of a
// file it has those rows that are held, and says when there are others.
func (f *frame) copySelection() tea.Cmd {
	r0, r1, c0, c1 := f.grid.selection()
	var lines []string
	cells := 0
	for row := r0; row <= r1; row++ {
		all := f.raw(row)
		if all == nil {
			continue
		}
		part := all[min(c0, len(all)):min(c1+1, len(all))]
		cells += len(part)
		lines = append(lines, strings.Join(part, "\t"))
	}
	what := "1 cell"
	if cells != 1 {
		what = thousands(cells) + " cells"
	}
	if n := r1 - r0 + 1; len(lines) < n {
		what = fmt.Sprintf("Only %s of %s rows are held; %s", thousands(len(lines)), thousands(n), what)
	}
	return page.Send(page.Copy{Text: strings.Join(lines, "\n"), What: what})
}

// raw are the cells of a row for other programs: no thousands parted.
func (f *frame) raw(row int) []string {
	if f.sheet != nil {
		return f.sheet.cells(row)
	}
	r := f.mem.rows[row]
	out := []string{clean(r.name)}
	for _, v := range r.values {
		out = append(out, exact(v))
	}
	return out
}

// copyTable copies the table, or the rows in view of a sheet, with headings.
func (f *frame) copyTable() tea.Cmd {
	b := f.body()
	lines := []string{strings.Join(b.columns(), "\t")}
	from, to := 0, b.len()
	if f.sheet != nil {
		from, to = f.grid.top, min(f.grid.top+max(f.grid.page, 1), b.len())
	}
	for row := from; row < to; row++ {
		if cells := f.raw(row); cells != nil {
			lines = append(lines, strings.Join(cells, "\t"))
		}
	}
	return page.Send(page.Copy{Text: strings.Join(lines, "\n"), What: fmt.Sprintf("%d rows", len(lines)-1)})
}
