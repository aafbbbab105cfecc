// Package frame is the one type between sources of figures and what shows
// them: named, typed columns of rows. A frame is in memory, or a file with an
// index of its rows of which only the columns asked for are read. This package
// knows neither files nor screens.
package frame

import (
	"context"
	"errors"
)

// Type is the type of a column. It holds for each of its cells.
type Type uint8

// The types. JSON is text that holds a list or an object.
const (
	Text Type = iota
	Integer
	Number
	Boolean
	Date
	Datetime
	Time
	JSON
)

var typeNames = [...]string{"text", "integer", "number", "boolean", "date", "datetime", "time", "json"}

// String is the type's name in lower case: "integer".
func (t Type) String() string {
	if int(t) < len(typeNames) {
		return typeNames[t]
	}
	return "unknown"
}

// Numeric reports whether the values of the type can be added.
func (t Type) Numeric() bool { return t == Integer || t == Number }

// Temporal reports whether the type is a date, a datetime or a time.
func (t Type) Temporal() bool { return t == Date || t == Datetime || t == Time }

// Column describes one column of a frame.
type Column struct {
	Name  string // unique in its frame
	Type  Type
	Nulls int    // rows without a value; -1 = not counted yet
	Unit  string // sign or code that each value bears in its source ("$", "%", "EUR"); "" = none
}

// Batch is some rows of a frame, by columns. It is valid until the function
// that it was given to returns.
type Batch struct {
	First   int // place in the frame of the first row
	Len     int
	Columns []Vector // those that were asked for, in that order
}

// Frame is named typed columns. Its methods may be called by several
// goroutines. Rows are numbered from 0.
type Frame interface {
	Origin() Origin
	Columns() []Column
	// Len is the count of rows.
	Len() int
	// Scan calls visit with the rows from one place up to another, in order, a
	// batch at a time. It stops at the first error of visit and returns it,
	// unless that is ErrStop; it returns ctx's error when ctx ends.
	Scan(ctx context.Context, columns []int, from, to int, visit func(*Batch) error) error
	// Close releases what the frame holds open. No method may be called after.
	Close() error
}

// ErrStop is returned by a function that Scan calls to end the scan without an
// error.
var ErrStop = errors.New("stop")

// All are the places of all columns of f.
func All(f Frame) []int {
	out := make([]int, len(f.Columns()))
	for i := range out {
		out[i] = i
	}
	return out
}

// Find returns the place of the column of that name, or -1.
func Find(f Frame, name string) int {
	for i, c := range f.Columns() {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Rows copies up to n rows from a place on. What it returns stays valid.
func Rows(ctx context.Context, f Frame, columns []int, from, n int) (*Batch, error) {
	cols := f.Columns()
	out := &Batch{First: from, Columns: make([]Vector, len(columns))}
	for i, c := range columns {
		out.Columns[i].Type = cols[c].Type
	}
	err := f.Scan(ctx, columns, from, min(from+n, f.Len()), func(b *Batch) error {
		for i := range b.Columns {
			out.Columns[i].AppendRange(&b.Columns[i], 0, b.Len)
		}
		out.Len += b.Len
		return nil
	})
	return out, err
}
