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
	other    []pair // room to sort in
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
	if nanos == nil {
		return s.byWords(words, nulls, 0.7)
	}
	if err := s.byWords(nanos, nulls, 0.7); err != nil {
		return err
	}
	return s.byWords(words, nulls, 0.85)
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

// pairs are the rows with their words, in the order so far, and apart from them
// those without a value.
func (s *sorter) pairs(words, nulls []uint64) (pairs []pair, last []uint32) {
	pairs = make([]pair, 0, len(s.order))
	for _, row := range s.order {
		if hasBit(nulls, int(row)) {
			last = append(last, row)
			continue
		}
		pairs = append(pairs, pair{words[row], row})
	}
	return pairs, last
}

// put makes pairs, and then the rows without a value, the order.
func (s *sorter) put(pairs []pair, last []uint32) {
	for i, p := range pairs {
		s.order[i] = p.row
	}
	copy(s.order[len(pairs):], last)
}

// byWords sorts the order by the words of the rows, those without a value last.
// It tells progress from a share on.
func (s *sorter) byWords(words, nulls []uint64, from float64) error {
	pairs, last := s.pairs(words, nulls)
	err := s.radix(pairs, func(done float64) { s.progress(from + (1-from)/2*done) })
	if err == nil {
		s.put(pairs, last)
	}
	return err
}

// radix sorts by the words, in the direction asked for, and keeps the order of
// equal ones. Bytes that all words share cost nothing.
func (s *sorter) radix(pairs []pair, progress func(done float64)) error {
	s.turn(pairs)
	var counts [8][256]uint32
	for _, p := range pairs {
		for d := range 8 {
			counts[d][byte(p.word>>(8*d))]++
		}
	}
	if len(s.other) < len(pairs) {
		s.other = make([]pair, len(pairs))
	}
	from, to := pairs, s.other[:len(pairs)]
	for d := range 8 {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		progress(float64(d+1) / 8)
		c := &counts[d]
		if len(from) == 0 || int(c[byte(from[0].word>>(8*d))]) == len(from) {
			continue
		}
		var at [256]uint32
		for i := 1; i < 256; i++ {
			at[i] = at[i-1] + c[i-1]
		}
		for _, p := range from {
			b := byte(p.word >> (8 * d))
			to[at[b]] = p
			at[b]++
		}
		from, to = to, from
	}
	if len(pairs) > 0 && &from[0] != &pairs[0] {
		copy(pairs, from)
	}
	s.turn(pairs)
	return nil
}

// turn turns the words of a descending key around, so that they compare the
// other way, or back.
func (s *sorter) turn(pairs []pair) {
	if !s.key.Descending {
		return
	}
	for i := range pairs {
		pairs[i].word = ^pairs[i].word
	}
}
