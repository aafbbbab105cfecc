// Package query answers questions about a frame: which rows to keep, how often
// each value comes, what a column is like. It knows neither files nor screens.
package query

// Op compares a cell with the values of a condition.
type Op string

// The operators, as a page's file writes them. What they mean follows from the
// type of the column:
//
//   - integers compare exactly, numbers with the double nearest to what is
//     written, with a unit that the column bears at will;
//   - a date or datetime compares with the whole period that is written: 2012-03
//     is a month, so eq keeps its days, le those up to its end, gt those behind
//     it. Cells with a zone compare by the clock that they show; a period that is
//     written with a zone compares as an instant. A time is 12, 12:30, 12:30:15;
//   - in and not_in take ranges beside values, but of texts: 10..20 has both ends,
//     10..<20 lacks the greater;
//   - texts compare by their bytes, eq to the letter; contains looks for them in
//     any case, in other columns as their cells are shown;
//   - booleans, lists and objects have no less and more.
//
// A missing value is no value: it fulfils null, and ne, not_in and not_contains,
// and nothing else.
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
	Between     Op = "between" // both ends belong to it; an end that is "" is open
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
