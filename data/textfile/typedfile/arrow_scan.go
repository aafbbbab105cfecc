package typedfile

import (
	"context"
	"errors"
	"math"
	"sort"
	"strconv"
	"sync"

	"github.com/authtabs/tabgate/data/frame"
)

// countColumn counts the nulls and the NaN of a column, and the unsigned
// integers that 64 bits signed do not hold, which make it text.
func (a *arrowFile) countColumn(ctx context.Context, t *Table, c int) error {
	nulls, nan, wide := 0, 0, 0
	col := &a.shown[c]
	for i := range a.batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		cells, n, err := a.load(i, []int{c})
		if err != nil {
			return err
		}
		for k := range n {
			arr, at := cells[0].at(k)
			switch {
			case arr == nil:
				nulls++
			case col.floats && math.IsNaN(arr.float(at)):
				nan++
			case col.unsigned && arr.int(at) < 0:
				wide++
			}
		}
	}
	name := a.columns[c].Name
	a.columns[c].Nulls = nulls + nan
	if nan > 0 {
		t.Notes = append(t.Notes, noteColumn(name, "%d NaN read as missing", nan))
	}
	if wide > 0 {
		col.kind, a.columns[c].Type = frame.Text, frame.Text
		col.add = func(arr *arrowArray, i int, v *frame.Vector) {
			v.AppendText(strconv.AppendUint(nil, uint64(arr.int(i)), 10))
		}
		t.Notes = append(t.Notes, noteColumn(name, "text: %d unsigned integers beyond 64 bits signed", wide))
	}
	if col.told != "" {
		t.Notes = append(t.Notes, noteColumn(name, "%s", col.told))
	}
	return nil
}

// cells are the values of a column in a batch, and the structs above it.
type cells struct {
	above []*arrowArray
	arr   *arrowArray
}

// at leads to a value: nil where there is none.
func (c *cells) at(i int) (*arrowArray, int) {
	for _, s := range c.above {
		if s.isNull(i) {
			return nil, 0
		}
	}
	return c.arr.at(i)
}

// maxRecent is how much of the fields that were read last stays in memory, in
// bytes: rows are shown a few at a time, and batches are large.
const maxRecent = 32 << 20

// recent are the fields of batches that were read last.
type recent struct {
	mu     sync.Mutex
	fields map[[2]int]*arrowArray
	size   int
}

func (r *recent) get(batch, field int) *arrowArray {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.fields[[2]int{batch, field}]
}

func (r *recent) put(batch, field int, a *arrowArray) {
	size := a.size()
	if size > maxRecent {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size += size; r.size > maxRecent || r.fields == nil {
		r.fields, r.size = map[[2]int]*arrowArray{}, size
	}
	r.fields[[2]int{batch, field}] = a
}

// size is how many bytes an array holds, without its dictionary.
func (a *arrowArray) size() int {
	n := len(a.valid)
	for _, b := range a.buffers {
		n += len(b)
	}
	for _, c := range a.children {
		n += c.size()
	}
	return n
}

// load reads some columns of a batch.
func (a *arrowFile) load(i int, columns []int) ([]cells, int, error) {
	_, h, err := a.header(a.batches[i])
	if err != nil {
		return nil, 0, err
	}
	want := make([]bool, len(a.fields))
	for _, c := range columns {
		want[a.shown[c].path[0]] = true
	}
	l := a.newLoader(a.batches[i], h)
	n := int(h.int64(0))
	fields := make([]*arrowArray, len(a.fields))
	for k, f := range a.fields {
		known := a.recent.get(i, k)
		fields[k] = l.array(f, want[k] && known == nil)
		if fields[k].n != n {
			panic("fields of different lengths")
		}
		if known != nil {
			fields[k] = known
		} else if want[k] {
			a.recent.put(i, k, fields[k])
		}
	}
	out := make([]cells, len(columns))
	for k, c := range columns {
		arr := fields[a.shown[c].path[0]]
		for _, child := range a.shown[c].path[1:] {
			out[k].above = append(out[k].above, arr)
			if arr = arr.children[child]; arr.n < n {
				panic("a struct with a field that is too short")
			}
		}
		out[k].arr = arr
	}
	return out, n, nil
}

// Scan implements frame.Frame: of each batch it reads the columns that were
// asked for.
func (a *arrowFile) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) (err error) {
	defer damaged("Arrow", &err)
	from, to = max(from, 0), min(to, a.rows)
	if from >= to {
		return nil
	}
	b := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	for i := sort.SearchInts(a.starts, from+1) - 1; i < len(a.batches) && a.starts[i] < to; i++ {
		cells, n, err := a.load(i, columns)
		if err != nil {
			return err
		}
		start := a.starts[i]
		for k := max(from-start, 0); k < min(n, to-start); k += b.Len {
			if err := ctx.Err(); err != nil {
				return err
			}
			b.First, b.Len = start+k, min(batchRows, min(n, to-start)-k)
			for c := range columns {
				a.fill(&b.Columns[c], columns[c], &cells[c], k, b.Len)
			}
			if err := visit(b); errors.Is(err, frame.ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *arrowFile) fill(v *frame.Vector, column int, c *cells, from, n int) {
	v.Reset(a.columns[column].Type)
	for k := from; k < from+n; k++ {
		if arr, at := c.at(k); arr == nil {
			v.AppendNull()
		} else {
			a.shown[column].add(arr, at, v)
		}
	}
}
