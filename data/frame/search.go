package frame

import (
	"bytes"
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"
)

// Hits are the rows in which something was found. The zero Hits have none.
type Hits struct {
	bits  []uint64
	Count int
}

// NewHits have room for so many rows.
func NewHits(rows int) Hits { return Hits{bits: make([]uint64, (rows+63)/64)} }

// Add adds a row that is not among them.
func (h *Hits) Add(row int) {
	setBit(h.bits, row)
	h.Count++
}

// Has reports whether a row is among them.
func (h Hits) Has(row int) bool { return row >= 0 && row/64 < len(h.bits) && hasBit(h.bits, row) }

// Next is the first of them at or behind a row, -1 if there is none.
func (h Hits) Next(row int) int {
	for row = max(row, 0); row/64 < len(h.bits); row = (row/64 + 1) * 64 {
		if word := h.bits[row/64] >> (row % 64); word != 0 {
			return row + bits.TrailingZeros64(word)
		}
	}
	return -1
}

// Searcher is a frame that finds text faster than by reading all of its cells.
type Searcher interface {
	Search(ctx context.Context, text string, progress func(rows int)) (Hits, error)
}

// Search finds the rows of which a cell, as AppendCell writes it, holds text,
// whatever its case. Progress, which may be nil, is called now and then, in
// the goroutine of the caller.
func Search(ctx context.Context, f Frame, text string, progress func(rows int)) (Hits, error) {
	if text == "" {
		return Hits{}, nil
	}
	if s, ok := f.(Searcher); ok {
		return s.Search(ctx, text, progress)
	}
	h := NewHits(f.Len())
	needle := []byte(strings.ToLower(text))
	var cell, low []byte
	err := f.Scan(ctx, All(f), 0, f.Len(), func(b *Batch) error {
		for i := range b.Len {
			for c := range b.Columns {
				cell = b.Columns[c].AppendCell(cell[:0], i)
				if low = AppendLower(low[:0], cell); bytes.Contains(low, needle) {
					h.Add(b.First + i)
					break
				}
			}
		}
		if progress != nil {
			progress(b.First + b.Len)
		}
		return nil
	})
	return h, err
}

// AppendLower appends text in lower case, byte by byte where it is ASCII.
func AppendLower(dst, text []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, len(text))[:n+len(text)]
	low := dst[n:]
	for i, c := range text {
		if c >= 0x80 {
			return append(dst[:n], bytes.ToLower(text)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		low[i] = c
	}
	return dst
}

// near is how far apart rows may stand that Gather reads in one scan.
const near = 256

// Gather copies rows by their places, in the order asked. What it returns
// stays valid; its First is -1.
func Gather(ctx context.Context, f Frame, columns []int, rows []uint32) (*Batch, error) {
	order := make([]int, len(rows)) // places in rows, by row
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(rows[a], rows[b]) })
	found, out := newBatch(f, columns), newBatch(f, columns)
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && rows[order[to]]-rows[order[to-1]] <= near {
			to++
		}
		run := order[from:to]
		err := f.Scan(ctx, columns, int(rows[run[0]]), int(rows[run[len(run)-1]])+1, func(b *Batch) error {
			for ; len(run) > 0 && int(rows[run[0]]) < b.First+b.Len; run = run[1:] {
				found.appendRow(b, int(rows[run[0]])-b.First)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		from = to
	}
	at := make([]int, len(rows)) // by place in rows: the row of found
	for i, place := range order {
		at[place] = i
	}
	for _, i := range at {
		if i < found.Len {
			out.appendRow(found, i)
		}
	}
	return out, nil
}

// newBatch is an empty batch that is nobody else's.
func newBatch(f Frame, columns []int) *Batch {
	b := &Batch{First: -1, Columns: make([]Vector, len(columns))}
	cols := f.Columns()
	for i, c := range columns {
		b.Columns[i].Type = cols[c].Type
	}
	return b
}

func (b *Batch) appendRow(o *Batch, i int) {
	for c := range b.Columns {
		b.Columns[c].AppendFrom(&o.Columns[c], i)
	}
	b.Len++
}
