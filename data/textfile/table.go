package textfile

import (
	"context"
	"sort"

	"github.com/authtabs/tabgate/data/frame"
)

// table is a frame of the rows of a text. It holds the index of the rows and
// never their text.
type table struct {
	src     *source
	origin  frame.Origin
	d       dialect
	columns []frame.Column
	cells   []*reader
	marks   []mark
	rows    int
}

// Origin says which file it is.
func (t *table) Origin() frame.Origin { return t.origin }

// Columns describes the columns.
func (t *table) Columns() []frame.Column { return t.columns }

// Len is the count of rows.
func (t *table) Len() int { return t.rows }

// Close closes the file.
func (t *table) Close() error { return t.src.Close() }

// Sizes of reading rows.
const (
	readBlock = 1 << 20
	batchRows = 4096
)

// Scan implements frame.Frame: it reads the rows from the file and parses the
// columns that were asked for.
func (t *table) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	from, to = max(from, 0), min(to, t.rows)
	if from >= to {
		return nil
	}
	m := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].row > from }) - 1
	s := &scan{t: t, columns: columns, at: t.marks[m].at, row: t.marks[m].row, from: from, to: to, visit: visit}
	s.batch = &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	s.reset(from)
	size := readBlock
	if to-from < 1000 {
		size = 64 << 10
	}
	err := s.run(ctx, size)
	if err == frame.Stop {
		return nil
	}
	return err
}

// scan is one reading of rows.
type scan struct {
	t        *table
	columns  []int
	at       int64 // offset of the next record
	row      int   // and its place
	from, to int
	visit    func(*frame.Batch) error
	batch    *frame.Batch
	spans    []span
	quirks   quirks
	scratch  []byte
}

func (s *scan) run(ctx context.Context, size int) error {
	buf := make([]byte, size)
	for s.row < s.to {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, eof, err := s.t.src.read(buf, s.at)
		if err != nil {
			return err
		}
		used, err := s.block(buf[:n], eof)
		if err != nil {
			return err
		}
		s.at += int64(used)
		if used == 0 {
			if eof {
				return fileError(s.t.origin.URL, errChanged)
			}
			buf = make([]byte, 2*len(buf))
		}
	}
	return s.flush()
}

// block reads the whole records at the start of buf.
func (s *scan) block(buf []byte, eof bool) (used int, err error) {
	for used < len(buf) && s.row < s.to {
		w, cells, size := s.t.d.next(buf[used:], eof, s.spans[:0], &s.quirks)
		if w == unknown {
			return used, nil
		}
		s.spans = cells
		if w == row || w == blankLine && s.t.d.delimiter == 0 {
			if s.row >= s.from {
				if w == blankLine {
					cells = nil
				}
				s.add(buf[used:used+size], cells)
				if s.batch.Len == batchRows {
					if err := s.flush(); err != nil {
						return used, err
					}
				}
			}
			s.row++
		}
		used += size
	}
	return used, nil
}

// add appends a row to the batch.
func (s *scan) add(rec []byte, cells []span) {
	for i, c := range s.columns {
		v := &s.batch.Columns[i]
		if c >= len(cells) || cells[c].from == cells[c].to {
			v.AppendNull()
			continue
		}
		cell := rec[cells[c].from:cells[c].to]
		if cells[c].form == escaped {
			cell = s.t.d.text(rec, cells[c], s.scratch)
			s.scratch = cell
		}
		if len(cell) > maxCell {
			cell = cell[:cutAt(cell)]
		}
		s.t.cells[c].read(cell, v)
	}
	s.batch.Len++
}

func (s *scan) flush() error {
	if s.batch.Len == 0 {
		return nil
	}
	err := s.visit(s.batch)
	s.reset(s.batch.First + s.batch.Len)
	return err
}

func (s *scan) reset(first int) {
	s.batch.First, s.batch.Len = first, 0
	for i, c := range s.columns {
		s.batch.Columns[i].Reset(s.t.columns[c].Type)
	}
}
