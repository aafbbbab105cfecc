package typedfile

import (
	"bytes"
	"context"
	"errors"
	"sort"

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
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	for g := sort.SearchInts(p.starts, from+1) - 1; g < len(p.starts) && p.starts[g] < to; g++ {
		group := &p.meta.groups[g]
		first, end := max(from-p.starts[g], 0), min(to-p.starts[g], int(group.rows))
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
func (p *parquetFile) scanGroup(ctx context.Context, g *rowGroup, columns []int, from, to int, b *frame.Batch, visit func(*frame.Batch) error) error {
	readers := make([][]*valueReader, len(columns))
	for i, c := range columns {
		for _, l := range p.fields[c].leaves {
			r := &valueReader{pages: newPageReader(p.in, l.node, &g.chunks[l.leaf])}
			readers[i] = append(readers[i], r)
			if err := r.seek(ctx, from); err != nil {
				return err
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
			p.fields[c].fill(v, readers[i], n)
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
func (f *field) fill(v *frame.Vector, readers []*valueReader, n int) {
	if f.nested {
		f.fillNested(v, readers, n)
		return
	}
	l, r := f.leaves[0], readers[0]
	for n > 0 {
		r.more()
		k := min(n, r.pages.n-r.at)
		n -= k
		if r.pages.def == nil {
			for range k {
				l.read(&r.pages.page, r.value, v)
				r.value++
			}
			r.at += k
			continue
		}
		most := byte(l.maxDef)
		for _, d := range r.pages.def[r.at : r.at+k] {
			if d < most {
				v.AppendNull()
				continue
			}
			l.read(&r.pages.page, r.value, v)
			r.value++
		}
		r.at += k
	}
}

// valueReader reads the values of a column chunk one after the other.
type valueReader struct {
	pages *pageReader
	at    int // of the page
	value int // of the values in it, without nulls
}

// seek goes to a row.
func (r *valueReader) seek(ctx context.Context, row int) error {
	if r.pages.leaf.maxRep > 0 {
		for n := 0; n < row; n++ {
			if n%batchRows == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			for first := true; ; first = false {
				if rep, ok := r.peekRep(); !first && (!ok || rep == 0) {
					break
				}
				r.step()
			}
		}
		return nil
	}
	for row > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, ok := r.pages.next(row, false)
		if !ok {
			panic("a column with less rows than it says")
		}
		if n > row {
			r.at, r.value = row, row
			if r.pages.def != nil {
				r.value = bytes.Count(r.pages.def[:row], []byte{byte(r.pages.leaf.maxDef)})
			}
			return nil
		}
		row -= n
	}
	return nil
}

// load goes to the next value, on the next page if need be. It reports false
// at the end of the chunk.
func (r *valueReader) load() bool {
	for r.at == r.pages.n {
		r.at, r.value, r.pages.n = 0, 0, 0
		if _, ok := r.pages.next(0, false); !ok {
			return false
		}
	}
	return true
}

// more is load where a value has to come.
func (r *valueReader) more() {
	if !r.load() {
		panic("a column with less values than its rows have")
	}
}

// def is the level to which the next value is defined.
func (r *valueReader) def() int {
	if r.more(); r.pages.def == nil {
		return 0
	}
	return int(r.pages.def[r.at])
}

// peekRep is the level at which the next value repeats; false at the end.
func (r *valueReader) peekRep() (int, bool) {
	if !r.load() {
		return 0, false
	}
	if r.pages.rep == nil {
		return 0, true
	}
	return int(r.pages.rep[r.at]), true
}

// step goes over the next value.
func (r *valueReader) step() {
	if r.def() == r.pages.leaf.maxDef {
		r.value++
	}
	r.at++
}
