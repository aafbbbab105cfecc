package textfile

import (
	"context"
	"fmt"

	"github.com/authtabs/tabgate/data/frame"
)

// Report says how a file was read: what `tabgate inspect` prints.
type Report struct {
	Format  string   // "csv", "tsv", "json", "ndjson", "parquet", "arrow" or "sqlite"
	Dialect *Dialect // of csv and tsv, else nil
	Skipped []Skipped
	Notes   []string // one line each
}

// Dialect is how the cells of a text stand in their file.
type Dialect struct {
	Delimiter string
	Quote     string
	Header    bool
	Skip      int // physical lines before the heading, or before the first row without one
	Encoding  string
	Decimal   string // of most columns that show one, else "."
	Thousands string // of the first column that groups them, else ""
}

// Skipped is a line that was left out.
type Skipped struct {
	Line   int // physical, from 1
	Reason string
}

// Result is a file that was read: its frame, and how it was read.
type Result struct {
	frame.Frame
	Report
}

// Search implements frame.Searcher with what the frame of the file has.
func (r *Result) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	return frame.Search(ctx, r.Frame, text, progress)
}

func (r *Report) say(subject, format string, a ...any) {
	r.Notes = append(r.Notes, subject+": "+fmt.Sprintf(format, a...))
}
