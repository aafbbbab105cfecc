package typedfile

import (
	"context"
	"errors"
	"io"
	"sort"

	"github.com/parquet-go/parquet-go"

	"github.com/authtabs/tabgate/data/frame"
)

// Scan implements frame.Frame: it reads the columns that were asked for, row
// group by row group.
func (p *parquetFile) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) (err error) {
	defer damaged("Parquet", &err)
	from, to = max(from, 0), min(to, p.rows)
	if from >= to {
		return nil
	}
	g := sort.SearchInts(p.starts, from+1) - 1
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	for ; g < len(p.starts) && p.starts[g] < to; g++ {
		group := p.f.RowGroups()[g]
		first, end := max(from-p.starts[g], 0), min(to-p.starts[g], int(group.NumRows()))
		if err := p.scanGroup(ctx, group, columns, first, end, b, visit); err != nil {
			if errors.Is(err, frame.ErrStop) {
				return nil
			}
			return err
		}
	}
	return nil
}

// scanGroup gives some rows of a row group.
func (p *parquetFile) scanGroup(ctx context.Context, g parquet.RowGroup, columns []int, from, to int, b *frame.Batch, visit func(*frame.Batch) error) error {
	readers := make([][]*valueReader, len(columns))
	defer func() {
		for _, list := range readers {
			for _, r := range list {
				r.pages.Close()
			}
		}
	}()
	for i, c := range columns {
		for _, l := range p.fields[c].leaves {
			r := &valueReader{pages: g.ColumnChunks()[l.index].Pages()}
			readers[i] = append(readers[i], r)
			if err := r.pages.SeekToRow(int64(from)); err != nil {
				return broken(err)
			}
		}
	}
	for from < to {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(batchRows, to-from)
		for i, c := range columns {
			v := &b.Columns[i]
			v.Reset(p.columns[c].Type)
			if err := p.fields[c].fill(v, readers[i], n); err != nil {
				return broken(err)
			}
		}
		b.Len = n
		if err := visit(b); err != nil {
			return err
		}
		b.First += n
		from += n
	}
	return nil
}

// fill appends n rows to a vector.
func (f *field) fill(v *frame.Vector, readers []*valueReader, n int) error {
	if f.nested {
		return f.fillNested(v, readers, n)
	}
	l, r := f.leaves[0], readers[0]
	for n > 0 {
		if r.at == len(r.values) {
			if err := r.more(); err != nil {
				return err
			}
		}
		k := min(n, len(r.values)-r.at)
		for _, value := range r.values[r.at : r.at+k] {
			if value.IsNull() {
				v.AppendNull()
			} else {
				l.read(value, v)
			}
		}
		r.at += k
		n -= k
	}
	return nil
}

// valueReader reads the values of a column chunk one after the other.
type valueReader struct {
	pages  parquet.Pages
	page   parquet.Page
	reader parquet.ValueReader
	buf    [1024]parquet.Value
	values []parquet.Value
	at     int
}

// more reads the next values. It returns io.ErrUnexpectedEOF at the end.
func (r *valueReader) more() error {
	r.values, r.at = nil, 0
	for {
		if r.reader != nil {
			n, err := r.reader.ReadValues(r.buf[:])
			if n > 0 {
				r.values = r.buf[:n]
				return nil
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return err
			}
			parquet.Release(r.page)
			r.reader = nil
		}
		page, err := r.pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		r.page, r.reader = page, page.Values()
	}
}

// peek is the next value; false at the end of the chunk.
func (r *valueReader) peek() (parquet.Value, bool, error) {
	if r.at == len(r.values) {
		if err := r.more(); errors.Is(err, io.ErrUnexpectedEOF) {
			return parquet.Value{}, false, nil
		} else if err != nil {
			return parquet.Value{}, false, err
		}
	}
	return r.values[r.at], true, nil
}
