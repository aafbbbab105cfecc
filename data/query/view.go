package query

import (
	"context"
	"errors"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// View is the rows of f at the places given, in that order, as a frame. Each
// place must be below f.Len(). The view shares rows and must not outlive f,
// which is closed by whoever opened it: closing a view does nothing.
func View(f frame.Frame, rows []uint32) frame.Frame {
	if v, ok := f.(*view); ok {
		inner := make([]uint32, len(rows))
		for i, row := range rows {
			inner[i] = v.rows[row]
		}
		f, rows = v.f, inner
	}
	v := &view{f: f, rows: rows, columns: slices.Clone(f.Columns()), rising: true}
	for i := range v.columns {
		if v.columns[i].Nulls != 0 {
			v.columns[i].Nulls = -1
		}
	}
	for i := 1; i < len(rows) && v.rising; i++ {
		v.rising = rows[i-1] < rows[i]
	}
	return v
}

// Places returns the places in the frame below of a view's rows, and that
// frame. It reports false for a frame that is no view.
func Places(f frame.Frame) (below frame.Frame, rows []uint32, ok bool) {
	v, ok := f.(*view)
	if !ok {
		return f, nil, false
	}
	return v.f, v.rows, true
}

// view implements frame.Frame and frame.Searcher.
type view struct {
	f       frame.Frame
	rows    []uint32
	columns []frame.Column
	rising  bool // each row is behind the one before
}

// Origin implements frame.Frame.
func (v *view) Origin() frame.Origin { return v.f.Origin() }

// Columns implements frame.Frame. Nulls of a view are not counted, but where
// the whole frame has none.
func (v *view) Columns() []frame.Column { return v.columns }

// Len implements frame.Frame.
func (v *view) Len() int { return len(v.rows) }

// Close does nothing.
func (v *view) Close() error { return nil }

// Sizes of reading a view.
const (
	viewBatch = 8 << 10
	// viewNear is how far apart rows may stand that are read in one scan.
	viewNear = 512
	// viewGather is how many rows in no order are gathered at once at most.
	viewGather = 1 << 18
)

// Scan implements frame.Frame.
func (v *view) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	from, to = max(from, 0), min(to, len(v.rows))
	if from >= to {
		return ctx.Err()
	}
	var err error
	if v.rising {
		err = v.scanRising(ctx, columns, from, to, visit)
	} else {
		err = v.gather(ctx, columns, from, to, visit)
	}
	if errors.Is(err, frame.ErrStop) {
		return nil
	}
	return err
}

// scanRising scans rows that stand in the order of the frame, in as many scans
// of it as there are wide gaps between them.
func (v *view) scanRising(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	c := &collector{next: from, visit: visit, batch: emptyBatch(v.f, columns)}
	for from < to {
		end := from + 1
		for end < to && v.rows[end]-v.rows[end-1] <= viewNear {
			end++
		}
		rows := v.rows[from:end]
		err := v.f.Scan(ctx, columns, int(rows[0]), int(rows[len(rows)-1])+1, func(b *frame.Batch) (err error) {
			rows, err = c.take(b, rows)
			return err
		})
		if err == nil {
			err = c.stopped
		}
		if err != nil {
			return err
		}
		from = end
	}
	return c.flush()
}

// collector puts the rows of several batches together.
type collector struct {
	next    int // place of the first row of the batch
	visit   func(*frame.Batch) error
	batch   *frame.Batch
	stopped error // what visit returned
}

// take appends those of the rows that are in b, and returns the others. A batch
// that is wanted as a whole is given as it is.
func (c *collector) take(b *frame.Batch, rows []uint32) ([]uint32, error) {
	if c.batch.Len == 0 && len(rows) >= b.Len && int(rows[0]) == b.First && int(rows[b.Len-1]) == b.First+b.Len-1 {
		first := b.First
		b.First = c.next
		c.next += b.Len
		c.stopped = c.visit(b)
		b.First = first
		return rows[b.Len:], c.stopped
	}
	for len(rows) > 0 && int(rows[0]) < b.First+b.Len {
		n, most := 1, min(len(rows), viewBatch-c.batch.Len, b.First+b.Len-int(rows[0]))
		for n < most && rows[n] == rows[n-1]+1 {
			n++
		}
		at := int(rows[0]) - b.First
		for i := range c.batch.Columns {
			c.batch.Columns[i].AppendRange(&b.Columns[i], at, at+n)
		}
		rows = rows[n:]
		if c.batch.Len += n; c.batch.Len == viewBatch {
			if err := c.flush(); err != nil {
				return rows, err
			}
		}
	}
	return rows, nil
}

// flush gives the rows that were collected.
func (c *collector) flush() error {
	if c.batch.Len == 0 {
		return nil
	}
	c.batch.First = c.next
	c.stopped = c.visit(c.batch)
	c.next += c.batch.Len
	c.batch.Len = 0
	for i := range c.batch.Columns {
		c.batch.Columns[i].Reset(c.batch.Columns[i].Type)
	}
	return c.stopped
}

// emptyBatch is a batch of no rows.
func emptyBatch(f frame.Frame, columns []int) *frame.Batch {
	b := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	cols := f.Columns()
	for i, c := range columns {
		b.Columns[i].Type = cols[c].Type
	}
	return b
}

// gather scans rows in no order: more at once each time, since each part may
// read the whole frame.
func (v *view) gather(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	for size := viewBatch; from < to; size = min(4*size, viewGather) {
		n := min(size, to-from)
		b, err := frame.Gather(ctx, v.f, columns, v.rows[from:from+n])
		if err != nil {
			return err
		}
		b.First = from
		if err := visit(b); err != nil {
			return err
		}
		from += n
	}
	return nil
}

// Search implements frame.Searcher: the frame below is searched in its own way.
func (v *view) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	if _, ok := v.f.(frame.Searcher); !ok {
		return frame.Search(ctx, struct{ frame.Frame }{v}, text, progress)
	}
	hits := frame.NewHits(len(v.rows))
	all, err := frame.Search(ctx, v.f, text, v.scaled(progress))
	if err != nil {
		return hits, err
	}
	for i, row := range v.rows {
		if all.Has(int(row)) {
			hits.Add(i)
		}
	}
	return hits, nil
}

// scaled tells the progress over the frame below as rows of the view.
func (v *view) scaled(progress func(rows int)) func(rows int) {
	if progress == nil || v.f.Len() == 0 {
		return nil
	}
	return func(rows int) { progress(int(float64(rows) / float64(v.f.Len()) * float64(len(v.rows)))) }
}
