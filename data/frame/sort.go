package frame

import (
	"context"
	"fmt"
	"math"
)

// Key is a column that rows are sorted by.
type Key struct {
	Column     int
	Descending bool
}

// MaxSortRows is how many rows can be sorted: their keys are in memory, up to
// 32 bytes a row.
const MaxSortRows = 10_000_000

// Sort returns the places of all rows in the order of the keys, the first of
// which counts most: numbers, dates and times by value, text by its bytes.
// Rows without a value come last in either direction, and equal rows stay in
// the frame's order. Progress, which may be nil, is called now and then with
// the share that is done, in the goroutine of the caller.
func Sort(ctx context.Context, f Frame, keys []Key, progress func(done float64)) ([]uint32, error) {
	n := f.Len()
	if n > MaxSortRows {
		return nil, fmt.Errorf("%d rows are too many to sort: the most are %d", n, MaxSortRows)
	}
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	// The last key first: each sort keeps the order of equal rows.
	for i := len(keys) - 1; i >= 0; i-- {
		s := &sorter{ctx: ctx, f: f, key: keys[i], order: order, progress: func(done float64) {
			if progress != nil {
				progress((float64(len(keys)-1-i) + done) / float64(len(keys)))
			}
		}}
		if err := s.sort(); err != nil {
			return nil, err
		}
	}
	return order, ctx.Err()
}

// sorter sorts an order by one key, and keeps the order of equal rows.
type sorter struct {
	ctx      context.Context
	f        Frame
	key      Key
	order    []uint32
	progress func(float64)
}

func (s *sorter) sort() error {
	switch s.f.Columns()[s.key.Column].Type {
	case Text, JSON:
		return s.byText()
	}
	words := make([]uint64, len(s.order)) // by row
	nulls := make([]uint64, (len(s.order)+63)/64)
	var nanos []uint64
	err := s.f.Scan(s.ctx, []int{s.key.Column}, 0, len(s.order), func(b *Batch) error {
		v := &b.Columns[0]
		v.sortWords(words[b.First : b.First+b.Len])
		for i, null := range v.Null {
			if null {
				setBit(nulls, b.First+i)
			}
		}
		if v.Nanos != nil && nanos == nil {
			nanos = make([]uint64, len(s.order))
		}
		for i, n := range v.Nanos {
			nanos[b.First+i] = uint64(n)
		}
		s.progress(0.7 * float64(b.First+b.Len) / float64(len(s.order)))
		return nil
	})
	if err != nil {
		return err
	}
	if nanos != nil {
		s.radix(nanos, nulls)
	}
	s.radix(words, nulls)
	return nil
}

// sortWords writes for each cell a word that compares like its value.
func (v *Vector) sortWords(words []uint64) {
	if v.Type == Number {
		for i, f := range v.Floats {
			words[i] = floatWord(f)
		}
		return
	}
	for i, n := range v.Ints {
		words[i] = uint64(n) ^ 1<<63
	}
}

// floatWord is a word that compares like the number: not zero and minus zero,
// which are equal.
func floatWord(f float64) uint64 {
	if f == 0 {
		f = 0
	}
	bits := math.Float64bits(f)
	if bits>>63 == 1 {
		return ^bits
	}
	return bits | 1<<63
}

func setBit(bits []uint64, i int)      { bits[i/64] |= 1 << (i % 64) }
func hasBit(bits []uint64, i int) bool { return bits[i/64]>>(i%64)&1 != 0 }

// pair is a row with the word that it is sorted by.
type pair struct {
	word uint64
	row  uint32
}

// radix sorts the order by the words of the rows, those without a value last.
func (s *sorter) radix(words, nulls []uint64) {
	pairs := make([]pair, 0, len(s.order))
	var last []uint32
	for _, row := range s.order {
		if hasBit(nulls, int(row)) {
			last = append(last, row)
			continue
		}
		w := words[row]
		if s.key.Descending {
			w = ^w
		}
		pairs = append(pairs, pair{w, row})
	}
	pairs = radixSort(pairs)
	for i, p := range pairs {
		s.order[i] = p.row
	}
	copy(s.order[len(pairs):], last)
}

// radixSort sorts by the words and keeps the order of equal ones. Bytes that
// all words share cost nothing.
func radixSort(pairs []pair) []pair {
	var counts [8][256]uint32
	for _, p := range pairs {
		for d := range 8 {
			counts[d][byte(p.word>>(8*d))]++
		}
	}
	other := make([]pair, len(pairs))
	for d := range 8 {
		c := &counts[d]
		if len(pairs) == 0 || int(c[byte(pairs[0].word>>(8*d))]) == len(pairs) {
			continue
		}
		var at [256]uint32
		for i := 1; i < 256; i++ {
			at[i] = at[i-1] + c[i-1]
		}
		for _, p := range pairs {
			b := byte(p.word >> (8 * d))
			other[at[b]] = p
			at[b]++
		}
		pairs, other = other, pairs
	}
	return pairs
}
