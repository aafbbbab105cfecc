package textfile

import (
	"context"
	"errors"
	"sort"

	"github.com/authtabs/tabgate/data/frame"
)

// jsonTable is a frame of JSON records. It holds the index of the records, and
// never their text.
type jsonTable struct {
	rows    jsonRows
	origin  frame.Origin
	columns []frame.Column
	cells   []*jsonReader
	shown   []int // by column of fields: which of the frame it is, -1 = none
	fields  func() *fields
	marks   []jsonMark
	n       int
	close   func() error
}

type jsonMark struct {
	row int
	place
}

// Origin says which file it is.
func (t *jsonTable) Origin() frame.Origin { return t.origin }

// Columns describes the columns.
func (t *jsonTable) Columns() []frame.Column { return t.columns }

// Len is the count of rows.
func (t *jsonTable) Len() int { return t.n }

// Close closes the file.
func (t *jsonTable) Close() error { return t.close() }

// errDone ends a walk that has all its rows.
var errDone = errors.New("done")

// Scan implements frame.Frame.
func (t *jsonTable) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	from, to = max(from, 0), min(to, t.n)
	if from >= to {
		return nil
	}
	if err := t.rows.src.check(); err != nil {
		return fileError(t.origin.URL, err)
	}
	m := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].row > from }) - 1
	s := &jsonScan{t: t, fields: t.fields(), row: t.marks[m].row, want: make([]int, len(t.columns)), set: make([]bool, len(columns))}
	for i := range s.want {
		s.want[i] = -1
	}
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	for i, c := range columns {
		s.want[c] = i
		b.Columns[i].Reset(t.columns[c].Type)
	}
	flush := func() error {
		if b.Len == 0 {
			return nil
		}
		err := visit(b)
		b.First, b.Len = b.First+b.Len, 0
		for i, c := range columns {
			b.Columns[i].Reset(t.columns[c].Type)
		}
		return err
	}
	err := t.rows.walk(t.marks[m].place).each(ctx, func(rec []byte, _ place) error {
		s.row++
		if s.row > from {
			s.add(b, rec)
			if b.Len == batchRows {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if s.row == to {
			return errDone
		}
		return nil
	})
	if errors.Is(err, errDone) || err == nil {
		err = flush()
	}
	if err == frame.ErrStop {
		return nil
	}
	return err
}

type jsonScan struct {
	t       *jsonTable
	fields  *fields
	row     int
	want    []int  // by column of the frame: its place in the batch
	set     []bool // by place in the batch: the record had a value
	scratch []byte
}

// add appends a record to the batch.
func (s *jsonScan) add(b *frame.Batch, rec []byte) {
	clear(s.set)
	s.fields.split(rec, func(column int, value []byte) {
		c := s.t.shown[column]
		if c < 0 || s.want[c] < 0 {
			return
		}
		i := s.want[c]
		s.set[i] = true
		s.scratch = s.t.cells[c].read(value, &b.Columns[i], s.scratch)
	})
	for i, set := range s.set {
		if !set {
			b.Columns[i].AppendNull()
		}
	}
	b.Len++
}

// jsonReader reads the values of one column as its type.
type jsonReader struct{ *reader }

func (r *jsonReader) read(value []byte, v *frame.Vector, scratch []byte) []byte {
	switch value[0] {
	case '"':
		text := unquote(value, scratch)
		if len(text) > maxCell {
			text = text[:cutAt(text)]
		}
		if r.kind == frame.Text {
			v.AppendText(text)
			return scratch
		}
		r.reader.read(text, v)
	case 'n', 'N':
		v.AppendNull()
	case '{', '[':
		scratch = compact(scratch[:0], value)
		if len(scratch) > maxCell {
			scratch = scratch[:cutAt(scratch)]
		}
		v.AppendText(scratch)
	default:
		r.reader.read(value, v)
	}
	return scratch
}
