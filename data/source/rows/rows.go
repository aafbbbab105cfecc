// Package rows collects the rows that a database sends, within limits, as a
// frame in memory.
package rows

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Limits of what is taken of an answer; 0 = no limit.
type Limits struct {
	Rows  int
	Bytes int64
}

// Cut is the limit that ended an answer.
type Cut int

// The limits.
const (
	Whole Cut = iota // nothing was cut
	ByRows
	ByBytes
	ByTime
)

// Answer is what a query gave.
type Answer struct {
	*frame.Memory
	Cut   Cut
	Notes []string // what was not taken as it was sent
}

// ErrCut is returned once a limit is reached: there is more than what was
// taken.
var ErrCut = errors.New("there is more")

// Collector collects rows whose columns have types that are known beforehand.
type Collector struct {
	limits  Limits
	columns []frame.Column
	vectors []frame.Vector
	rows    int
	size    int64
	cut     Cut
	odd     []int // of each column, values that a cell cannot hold
	rounded []int // of each column, numbers of more digits than a cell holds
}

// cellSize is what a cell without text counts, in bytes.
const cellSize = 9

// Collect begins a collection. Columns named alike get a number behind their
// names, those without a name are called column.
func Collect(columns []frame.Column, limits Limits) *Collector {
	c := &Collector{
		limits: limits, columns: Named(columns), vectors: make([]frame.Vector, len(columns)),
		odd: make([]int, len(columns)), rounded: make([]int, len(columns)),
	}
	for i := range columns {
		c.vectors[i].Reset(columns[i].Type)
	}
	return c
}

// Named gives columns names that differ.
func Named(columns []frame.Column) []frame.Column {
	out := append([]frame.Column(nil), columns...)
	taken := map[string]bool{}
	for i := range out {
		if out[i].Name == "" || out[i].Name == "?column?" {
			out[i].Name = "column"
		}
		name := out[i].Name
		for n := 2; taken[name]; n++ {
			name = out[i].Name + "_" + strconv.Itoa(n)
		}
		out[i].Name, taken[name] = name, true
	}
	return out
}

// Begin begins a row, whose cells have so many bytes of text. It returns
// ErrCut where a limit is reached.
func (c *Collector) Begin(text int) error {
	if c.limits.Rows > 0 && c.rows == c.limits.Rows {
		c.cut = ByRows
		return ErrCut
	}
	size := int64(text + cellSize*len(c.columns))
	if c.limits.Bytes > 0 && c.size+size > c.limits.Bytes {
		c.cut = ByBytes
		return ErrCut
	}
	c.size += size
	c.rows++
	return nil
}

// Rows is the count of rows so far.
func (c *Collector) Rows() int { return c.rows }

// Type is the type of a column.
func (c *Collector) Type(column int) frame.Type { return c.columns[column].Type }

// Cell is the column to which the next cell is appended.
func (c *Collector) Cell(column int) *frame.Vector { return &c.vectors[column] }

// Odd appends no value, and counts one that a cell cannot hold.
func (c *Collector) Odd(column int) {
	c.vectors[column].AppendNull()
	c.odd[column]++
}

// Rounded counts a number of more digits than a cell holds.
func (c *Collector) Rounded(column int) { c.rounded[column]++ }

// TimedOut says that the time was over before the last row.
func (c *Collector) TimedOut() { c.cut = ByTime }

// Answer ends the collection.
func (c *Collector) Answer(origin frame.Origin) *Answer {
	a := &Answer{Memory: frame.New(origin, c.columns, c.vectors), Cut: c.cut}
	for i, col := range c.columns {
		if c.odd[i] > 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("column %s: %d values are outside of what can be shown, such as infinity, and stand empty", col.Name, c.odd[i]))
		}
		if c.rounded[i] > 0 {
			a.Notes = append(a.Notes, fmt.Sprintf("column %s: %d numbers have more digits than a number holds and are rounded", col.Name, c.rounded[i]))
		}
	}
	return a
}

// Loses reports whether a decimal has more digits than the number that it is
// read as.
func Loses(decimal string, f float64) bool {
	digits := 0
	for i := range len(decimal) {
		if c := decimal[i]; '0' <= c && c <= '9' {
			digits++
		}
	}
	if digits <= 15 || strings.ContainsAny(decimal, "eE") { // an exponent may be of any size
		return digits > 17
	}
	a, ok := new(big.Rat).SetString(decimal)
	b, fine := new(big.Rat).SetString(strconv.FormatFloat(f, 'f', -1, 64))
	return !ok || !fine || a.Cmp(b) != 0
}
