package dataframe

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
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
			what = sheet.Thousands(s.formulas) + " cells begin"
		}
		text += ". " + what + " like a formula: for a spreadsheet use tabgate show dataframe --format csv --spreadsheet-safe"
	}
	return page.Send(page.Notice{Text: text})
}

// write saves what export writes as csv under a name, cell for cell as it is.
func write(save func(string, []byte) (string, error), name string, export func(io.Writer) error) saved {
	var out limited
	if err := export(&out); err != nil {
		return saved{err: err}
	}
	content := out.Bytes()
	formulas := data.NewSpreadsheetWriter(io.Discard)
	_, _ = formulas.Write(content) // io.Discard takes everything
	_ = formulas.Close()
	path, err := save(name, content)
	return saved{path, formulas.Changed(), err}
}

// noneChosen is the original's sentence, word for word.
const noneChosen = "Please select at least one country."

// nothingChosen is the page's own sentence as an error, to the letter.
type nothingChosen struct{}

// Error gives the sentence.
func (nothingChosen) Error() string { return noneChosen }

// exportName is what the export of figures is called: after the file that they
// are from.
func exportName(o data.Origin) string {
	if o.Kind != data.File {
		return "agriculture.csv"
	}
	name := strings.TrimSuffix(strings.TrimSuffix(o.Name, ".gz"), ".zst")
	return strings.TrimSuffix(name, filepath.Ext(name)) + "-export.csv"
}

// limited is a buffer that refuses to grow beyond maxSave.
type limited struct{ bytes.Buffer }

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxSave {
		return 0, errors.New("the file is too large to export from here: use `tabgate show dataframe --format csv`")
	}
	return l.Buffer.Write(b)
}
