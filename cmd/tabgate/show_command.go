package main

import (
	"cmp"
	"errors"
	"io"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/page"
)

// showCommand prints one frame of a page, or its figures.
type showCommand struct {
	*wiring
	listed             dashboard.Page
	size, format, file string
	reading            textfile.Options // of file
	countries          []string
	seed               uint64
	seeded             bool
	sheet              bool // for a spreadsheet
	width, height      int
	sized              bool // size was given
	own                bool // file was named in the place of a page
	look               look // at file
	dir                string
	panel, failOn      string
	set                []string
}

// maxNote is the longest note that is printed, in characters.
const maxNote = 2000

// printed reports whether show prints a format. With --data, what only files
// have says how the file is read.
func printed(format string) bool {
	return slices.Contains([]string{"text", "ansi", "svg", "csv", "json"}, format)
}

// renamed are the flags for reading a file that show has others of.
var renamed = map[string]string{"format": "data-format"}

// worded is an error of a reader that names the flags as they are called here.
type worded struct{ error }

// Error implements error.
func (w worded) Error() string {
	return strings.ReplaceAll(w.error.Error(), "--format sqlite:", "--data-format sqlite:")
}

// Unwrap returns the error as the reader has it.
func (w worded) Unwrap() error { return w.error }

// strayFlag returns the first flag for reading a file that was given, "" for
// none.
func strayFlag(f *pflag.FlagSet, renamed map[string]string) string {
	for _, key := range textfile.Keys {
		if name := cmp.Or(renamed[key], key); f.Changed(name) {
			return name
		}
	}
	return ""
}

// writeData writes data to the output. On a terminal, csv is freed of control
// characters, which json escapes.
func (p showCommand) writeData(write func(io.Writer) error) error {
	out := p.out
	if p.format == "json" {
		out = escaped(out)
	} else if p.outTTY {
		out = cleaned(out)
	}
	if !p.sheet {
		return write(out)
	}
	safe := data.NewSpreadsheetWriter(out)
	return errors.Join(write(safe), safe.Close())
}

// still is one page as a model, for [offscreen.Drain].
type still struct {
	page   page.Page
	failed error
}

func (s *still) Init() tea.Cmd { return nil }
func (s *still) View() string  { return "" }
func (s *still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f, ok := msg.(page.Failed); ok {
		s.failed = f.Err
	}
	return s, s.page.Update(msg)
}
