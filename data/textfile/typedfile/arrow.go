package typedfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sort"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"

	"github.com/authtabs/tabgate/data/frame"
)

// maxArrowBody bounds one batch of an Arrow file, in bytes.
const maxArrowBody = 4 << 30

// arrowFile is a frame of an Arrow file or stream.
type arrowFile struct {
	in      Input
	schema  *arrow.Schema
	fields  []*arrowField
	columns []frame.Column
	starts  []int // first rows of the batches
	rows    int

	mu   sync.Mutex      // guards what is below
	file *ipc.FileReader // nil for a stream
	last arrow.RecordBatch
	at   int // of last
}

// arrowField is a column of the frame: a field of the schema, or one of a
// struct.
type arrowField struct {
	path []int
	appender
	text bool // unsigned integers beyond 64 bits signed
}

// Arrow opens an Arrow IPC file (Feather 2) or stream.
func Arrow(ctx context.Context, in Input) (t *Table, err error) {
	defer damaged("Arrow", &err)
	a := &arrowFile{in: in, at: -1}
	head := make([]byte, 6)
	if _, err := in.ReadAt(head, 0); err != nil {
		return nil, err
	}
	if string(head) == "ARROW1" {
		a.file, err = ipc.NewFileReader(io.NewSectionReader(in, 0, in.Size), arrowOptions()...)
		if err != nil {
			return nil, fmt.Errorf("the Arrow file is cut short or damaged (%w): fetch or make it again", err)
		}
		a.schema = a.file.Schema()
	} else {
		r, err := a.stream()
		if err != nil {
			return nil, fmt.Errorf("the Arrow stream is cut short or damaged (%w): fetch or make it again", err)
		}
		a.schema = r.Schema()
		r.Release()
	}
	used := map[string]int{}
	for i, f := range a.schema.Fields() {
		a.add(f, f.Name, []int{i}, used)
	}
	if len(a.fields) > maxColumns {
		return nil, errTooWide
	}
	t = &Table{Frame: a}
	return t, a.count(ctx, t)
}

func arrowOptions() []ipc.Option {
	return []ipc.Option{ipc.WithBodySizeLimit(maxArrowBody)}
}

func (a *arrowFile) stream() (*ipc.Reader, error) {
	return ipc.NewReader(io.NewSectionReader(a.in, 0, a.in.Size), arrowOptions()...)
}

// add makes columns of a field: those of a struct are a.b.
func (a *arrowFile) add(f arrow.Field, name string, path []int, used map[string]int) {
	if s, ok := f.Type.(*arrow.StructType); ok {
		for i, child := range s.Fields() {
			a.add(child, name+"."+child.Name, append(path[:len(path):len(path)], i), used)
		}
		return
	}
	if used[name]++; used[name] > 1 {
		name = fmt.Sprintf("%s_%d", name, used[name])
	}
	field := &arrowField{path: path, appender: appenderOf(f.Type)}
	a.fields = append(a.fields, field)
	a.columns = append(a.columns, frame.Column{Name: name, Type: field.kind})
}

// count reads the file once: how many rows each batch has, and what the report
// says of the columns.
func (a *arrowFile) count(ctx context.Context, t *Table) error {
	nan, wide := make([]int, len(a.fields)), make([]int, len(a.fields))
	err := a.batches(ctx, 0, func(i int, rec arrow.RecordBatch) error {
		a.starts = append(a.starts, a.rows)
		a.rows += int(rec.NumRows())
		for c, f := range a.fields {
			arr, null := f.array(rec)
			for k := range int(rec.NumRows()) {
				switch {
				case null(k) || arr.IsNull(k) || f.isNull != nil && f.isNull(arr, k):
					a.columns[c].Nulls++
				case f.isNaN != nil && f.isNaN(arr, k):
					nan[c]++
				case f.isWide != nil && f.isWide(arr, k):
					wide[c]++
				}
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	for c := range a.fields {
		col := &a.columns[c]
		if nan[c] > 0 {
			col.Nulls += nan[c]
			t.Notes = append(t.Notes, noteColumn(col.Name, "%d NaN read as missing", nan[c]))
		}
		if wide[c] > 0 {
			col.Type, a.fields[c].kind, a.fields[c].text = frame.Text, frame.Text, true
			t.Notes = append(t.Notes, noteColumn(col.Name, "text: %d unsigned integers beyond 64 bits signed", wide[c]))
		}
		if a.fields[c].told != "" {
			t.Notes = append(t.Notes, noteColumn(col.Name, "%s", a.fields[c].told))
		}
	}
	return nil
}

// array is the array of a field in a batch, and whether a struct above it is
// null in a row.
func (f *arrowField) array(rec arrow.RecordBatch) (arrow.Array, func(int) bool) {
	arr := rec.Column(f.path[0])
	var above []arrow.Array
	for _, i := range f.path[1:] {
		above = append(above, arr)
		arr = arr.(*array.Struct).Field(i)
	}
	return arr, func(k int) bool {
		for _, s := range above {
			if s.IsNull(k) {
				return true
			}
		}
		return false
	}
}

// batches gives the batches from one on.
func (a *arrowFile) batches(ctx context.Context, from int, visit func(i int, rec arrow.RecordBatch) error) error {
	if a.file != nil {
		for i := from; i < a.file.NumRecords(); i++ {
			rec, err := a.batch(i)
			if err != nil {
				return arrowError(err)
			}
			if err := visit(i, rec); err != nil {
				return err
			}
		}
		return nil
	}
	r, err := a.stream()
	if err != nil {
		return arrowError(err)
	}
	defer r.Release()
	for i := 0; r.Next(); i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i < from {
			continue
		}
		if err := visit(i, r.RecordBatch()); err != nil {
			return err
		}
	}
	if err := r.Err(); err != nil && !errors.Is(err, io.EOF) {
		return arrowError(err)
	}
	return nil
}

// batch reads a batch of a file; the last one stays at hand.
func (a *arrowFile) batch(i int) (arrow.RecordBatch, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at == i {
		return a.last, nil
	}
	rec, err := a.file.RecordBatchAt(i)
	if err != nil {
		return nil, err
	}
	a.last, a.at = rec, i
	return rec, nil
}

func arrowError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("the Arrow file is cut short or damaged (%w): fetch or make it again", err)
}

// Scan implements frame.Frame.
func (a *arrowFile) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) (err error) {
	defer damaged("Arrow", &err)
	from, to = max(from, 0), min(to, a.rows)
	if from >= to {
		return nil
	}
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	first := sort.SearchInts(a.starts, from+1) - 1
	err = a.batches(ctx, first, func(i int, rec arrow.RecordBatch) error {
		start := a.starts[i]
		if start >= to {
			return frame.ErrStop
		}
		for k := max(from-start, 0); k < min(int(rec.NumRows()), to-start); k += b.Len {
			if err := ctx.Err(); err != nil {
				return err
			}
			b.First = start + k
			b.Len = min(batchRows, min(int(rec.NumRows()), to-start)-k)
			for n, c := range columns {
				a.fill(&b.Columns[n], c, rec, k, b.Len)
			}
			if err := visit(b); err != nil {
				return err
			}
		}
		return nil
	})
	if errors.Is(err, frame.ErrStop) {
		return nil
	}
	return err
}

func (a *arrowFile) fill(v *frame.Vector, c int, rec arrow.RecordBatch, from, n int) {
	f := a.fields[c]
	v.Reset(a.columns[c].Type)
	arr, null := f.array(rec)
	for k := from; k < from+n; k++ {
		switch {
		case null(k) || arr.IsNull(k):
			v.AppendNull()
		case f.text:
			f.asText(arr, k, v)
		default:
			f.add(arr, k, v)
		}
	}
}

// Origin says which file it is.
func (a *arrowFile) Origin() frame.Origin { return a.in.Origin }

// Columns describes the columns.
func (a *arrowFile) Columns() []frame.Column { return a.columns }

// Len is the count of rows.
func (a *arrowFile) Len() int { return a.rows }

// Close closes the file.
func (a *arrowFile) Close() error { return a.in.Close() }
