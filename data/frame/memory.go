package frame

import (
	"context"
	"errors"
	"fmt"
)

// Memory is a frame that is held in memory. It never changes.
type Memory struct {
	origin  Origin
	columns []Column
	vectors []Vector
	rows    int
}

// New makes a frame of vectors of equal length, one for each column. It counts
// the nulls, and takes the types from the vectors. It panics when the lengths
// differ, which is a mistake of the caller.
func New(origin Origin, columns []Column, vectors []Vector) *Memory {
	m := &Memory{origin: origin, columns: columns, vectors: vectors}
	for i := range vectors {
		v := &vectors[i]
		if i == 0 {
			m.rows = v.n
		}
		if v.n != m.rows {
			panic(fmt.Sprintf("frame: column %q has %d rows, the first has %d", columns[i].Name, v.n, m.rows))
		}
		columns[i].Type, columns[i].Nulls = v.Type, 0
		for _, null := range v.Null {
			if null {
				columns[i].Nulls++
			}
		}
	}
	return m
}

// Origin says where the figures came from.
func (m *Memory) Origin() Origin { return m.origin }

// Columns describes the columns.
func (m *Memory) Columns() []Column { return m.columns }

// Len is the count of rows.
func (m *Memory) Len() int { return m.rows }

// Close does nothing.
func (m *Memory) Close() error { return nil }

// memoryBatch is how many rows are given at once.
const memoryBatch = 64 << 10

// Scan implements Frame. Batches share the frame's memory.
func (m *Memory) Scan(ctx context.Context, columns []int, from, to int, visit func(*Batch) error) error {
	b := &Batch{Columns: make([]Vector, len(columns))}
	for from = max(from, 0); from < min(to, m.rows); from += b.Len {
		if err := ctx.Err(); err != nil {
			return err
		}
		b.First, b.Len = from, min(memoryBatch, min(to, m.rows)-from)
		for i, c := range columns {
			b.Columns[i] = m.vectors[c].slice(from, from+b.Len)
		}
		if err := visit(b); errors.Is(err, ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// slice is the cells from one place up to another, sharing memory.
func (v *Vector) slice(from, to int) Vector {
	s := Vector{Type: v.Type, n: to - from}
	if v.Null != nil {
		s.Null = v.Null[from:to]
	}
	if v.Nanos != nil {
		s.Nanos = v.Nanos[from:to]
	}
	if v.Zones != nil {
		s.Zones = v.Zones[from:to]
	}
	switch v.Type {
	case Number:
		s.Floats = v.Floats[from:to]
	case Text, JSON:
		s.text, s.ends, s.start = v.text, v.ends[from:to], v.start
		if from > 0 {
			s.start = v.ends[from-1]
		}
	default:
		s.Ints = v.Ints[from:to]
	}
	return s
}
