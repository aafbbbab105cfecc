// Package typedfile reads files that say the types of their columns
// themselves: Parquet, Arrow (Feather) and tables of SQLite. Text stays text,
// whatever it looks like. It gives frames that read from the file what they are
// asked for.
package typedfile

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/authtabs/tabgate/data/frame"
)

// Table is a typed table: a frame, and one line for each thing that was not
// taken as it is, each with its subject, as "column x: 2 NaN read as missing".
type Table struct {
	frame.Frame
	Notes []string

	count func(ctx context.Context) error // nil = all is counted
}

// Count reads what only the whole file says: the nulls of each column, which
// are -1 before, and notes.
func (t *Table) Count(ctx context.Context) error {
	if t.count == nil {
		return nil
	}
	err := t.count(ctx)
	if err == nil {
		t.count = nil
	}
	return err
}

// Input is a file that is read at random.
type Input struct {
	io.ReaderAt
	Size   int64
	Path   string // "" for an unpacked copy
	Origin frame.Origin
	Close  func() error
}

// damaged turns a panic of a reader about a broken file into an error.
func damaged(what string, err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("the %s file is damaged (%v): fetch or make it again", what, p)
	}
}

// maxColumns is how many columns a table may have.
const maxColumns = 16_384

var errTooWide = errors.New("it has more than 16384 columns: keep fewer, or turn rows and columns around")

// batchRows is how many rows are read at once.
const batchRows = 4096

// noteColumn is a note about a column.
func noteColumn(name, format string, a ...any) string {
	return "column " + name + ": " + fmt.Sprintf(format, a...)
}
