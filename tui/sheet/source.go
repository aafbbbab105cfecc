package sheet

import (
	"context"
	"math"

	"github.com/authtabs/tabgate/tui/chart"
)

// Source is a table, in memory or in a file. Its texts are clean: fit to be
// shown in one line. Rows, Sort, Search and Sum of a source that is not Whole
// are called in commands, at the same time as each other and as the rest.
type Source interface {
	Columns() []Column
	Size() Size
	// Rows returns up to n rows from one on, of those in order, which are
	// places in the source; of all in the source's own order when it is nil.
	Rows(order []uint32, from, n int) ([]Row, error)
	// Sort returns the places of all rows in the order of a column, rows
	// without a value last.
	Sort(ctx context.Context, col int, descending bool) ([]uint32, error)
	// Search finds text, whatever its case.
	Search(ctx context.Context, text string) (Hits, error)
	Sum(ctx context.Context, col int) (Summary, error)
}

// Column is one column: its heading, and what its values are.
type Column struct {
	Title string
	Kind  Kind
}

// Kind says what a column holds.
type Kind int

const (
	// Unknown is a column of which the source cannot tell: it is written like
	// numbers as long as nothing else was seen in it.
	Unknown Kind = iota
	Text
	Number
)

// Size is how much there is.
type Size struct {
	Rows     int  // known so far
	Complete bool // there are no more
	Whole    bool // all is in memory: it is read, sorted and searched at once
}

// Row is one row: its texts for reading and for other programs.
type Row struct{ Shown, Raw []string }

// Hits is what a search found: cells, or rows alone.
type Hits struct {
	Cells []Cell // by place, in reading order
	Rows  func(place int) bool
	Count int // rows
}

// Cell is one cell of a source or of a table.
type Cell struct{ Row, Col int }

// Direction is how a column is sorted.
type Direction int

// The three states of a column.
const (
	Unsorted Direction = iota
	Ascending
	Descending
)

// next is what a click on the heading does.
func (d Direction) next() Direction { return (d + 1) % 3 }

// Summary is what can be said of the numbers of a column.
type Summary struct {
	Count        int
	Min, Max     float64
	MinAt, MaxAt string // names of their rows, "" for none
	Sum          float64
}

// Add takes one more value in; NaN is none.
func (s *Summary) Add(v float64, name string) {
	if math.IsNaN(v) {
		return
	}
	if s.Count == 0 || v < s.Min {
		s.Min, s.MinAt = v, name
	}
	if s.Count == 0 || v > s.Max {
		s.Max, s.MaxAt = v, name
	}
	s.Count++
	s.Sum += v
}

// words are the parts of the summary, the most wanted first.
func (s Summary) words(text func(float64) string) []string {
	if s.Count == 0 {
		return []string{"no numbers"}
	}
	named := func(v float64, at string) string {
		if at == "" {
			return text(v)
		}
		return text(v) + " " + at
	}
	return []string{
		"min " + named(s.Min, s.MinAt), "max " + named(s.Max, s.MaxAt),
		"mean " + text(s.Sum/float64(s.Count)), "sum " + text(s.Sum), Thousands(s.Count) + " values",
	}
}

// Thousands writes a whole number with its thousands parted.
func Thousands(n int) string { return chart.Number(float64(n), 0) }
