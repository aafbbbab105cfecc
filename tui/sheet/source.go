package sheet

import (
	"context"

	"github.com/authtabs/tabgate/tui/chart"
)

// Source is a table, in memory or in a file. Cells, Raw, Card and Search of a
// source that is not Whole are called in commands, at the same time as each
// other and as the rest.
type Source interface {
	Columns() []Column
	Size() Size
	// Cells returns texts for reading: clean, and fit for one line.
	Cells(ctx context.Context, p Part) ([][]Text, error)
	// Raw returns texts for other programs, as they stand.
	Raw(ctx context.Context, p Part) ([][]string, error)
	// Card returns all of one row, by its place, for reading as a whole.
	Card(ctx context.Context, place int) ([]Field, error)
	// Search finds text, whatever its case.
	Search(ctx context.Context, text string) (Hits, error)
}

// Part is some cells of a source: up to N rows from one on, of those in Order,
// which are places in the source; of all in the source's own order when it is
// nil. The cells of a row come in the order of Columns.
type Part struct {
	Order   []uint32
	From, N int
	Columns []int
}

// Places are the rows of a part whose order is not the source's own.
func (p Part) Places() []uint32 {
	from := min(p.From, len(p.Order))
	return p.Order[from:min(p.From+p.N, len(p.Order))]
}

// Column is one column: its heading, and what its values are.
type Column struct {
	Title string
	Right bool   // its cells are written flush right, as those of numbers are
	ID    string // by which it is known again in another source; "" = its title
	Width int    // in cells, as somebody wants it; 0 = what its cells need
	Least int    // the room that its heading needs; 0 = that of its title
}

// id is what a column is known by.
func (c Column) id() string {
	if c.ID != "" {
		return c.ID
	}
	return c.Title
}

// Text is what a cell says, and in which tone.
type Text struct {
	String string
	Tone   Tone
	// Behind is glyphs of heights, drawn dimly behind those of String where these
	// are lower; "" = nothing. Only lines of headings have it.
	Behind string
}

// Tone is how a cell is meant. Each is shown by a colour; what it means must be
// in the text as well.
type Tone uint8

// The tones of a cell.
const (
	Plain Tone = iota
	Missing
	Quiet
	Good
	Warn
	Bad
	Accent
)

// Texts are cells in the plain tone.
func Texts(rows [][]string) [][]Text {
	out := make([][]Text, len(rows))
	for i, row := range rows {
		out[i] = make([]Text, len(row))
		for k, s := range row {
			out[i][k].String = s
		}
	}
	return out
}

// Size is how much there is.
type Size struct {
	Rows     int  // known so far
	Complete bool // there are no more
	Whole    bool // all is in memory: it is read and searched at once
}

// Field is a part of a card: what it is called, and its lines, which are clean.
type Field struct {
	Name  string
	Lines []string
}

// Hits is what a search found: cells, or rows alone.
type Hits struct {
	Cells []Cell // by place, in reading order
	Rows  func(place int) bool
	Count int // rows
}

// Cell is one cell of a source or of a table.
type Cell struct{ Row, Col int }

// Thousands writes a whole number with its thousands parted.
func Thousands(n int) string { return chart.Number(float64(n), 0) }
