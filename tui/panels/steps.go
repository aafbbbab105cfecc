package panels

import (
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
)

// Steps are what a reader made of a table. A page or a command line that makes
// the same is written from them.
type Steps struct {
	Source  string
	Where   query.Where
	Sort    []string // "-amount" is descending
	Columns []string // those that are shown, in this order; nil = all, as they stand
	Index   []string // frozen at the left; nil = as the page says
	Types   []ColumnType
	Lookup  []dashboard.Lookup // columns of other sources
	Values  string             // the column whose values are counted in the place of rows; "" = none
	Figure  string             // what is beside them, such as "sum:amount"; "" = rows
	By      string             // the second column across; "" = none
}

// ColumnType is a type that a reader gave a column: "text", "date:dmy".
type ColumnType struct{ Column, Type string }

// From a table to its page, which writes what was asked for.
type (
	// WritePage asks for the steps as a page's file.
	WritePage struct{ Steps Steps }
	// CommandLine asks for the command that makes them, on the clipboard. On a
	// page of a folder that is the page with what is chosen in its inputs.
	CommandLine struct{ Steps Steps }
)
