// Package query answers questions about a frame: which rows to keep, how often
// each value comes, what a column is like. It knows neither files nor screens.
package query

// Op compares a cell with the values of a condition.
type Op string

// The operators, as a page's file writes them.
const (
	Eq          Op = "eq"
	Ne          Op = "ne"
	In          Op = "in"
	NotIn       Op = "not_in"
	Lt          Op = "lt"
	Le          Op = "le"
	Gt          Op = "gt"
	Ge          Op = "ge"
	Contains    Op = "contains" // in any case
	NotContains Op = "not_contains"
	Between     Op = "between" // both ends belong to it
	IsNull      Op = "null"
	IsFilled    Op = "filled"
)

// Condition keeps the rows of which one field compares with values.
type Condition struct {
	Field string
	Op    Op
	// Values are written as people write them; what they mean follows from the
	// type of the column: "2012-03" is a month to a date. Between has two,
	// IsNull and IsFilled have none, In and NotIn any number, the others one.
	Values []string
	// Input, where it is not "", names the input of the page that gives the
	// values in their place. An input with nothing chosen filters nothing.
	Input string
}

// Where keeps the rows that fulfil all of its conditions.
type Where []Condition
