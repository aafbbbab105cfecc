package frame

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// Sizes of sorting text: it is told apart a piece at a time, so that memory
// does not depend on how long it is.
const (
	piece = 8
	// maxSortDepth is how far into a text rows are told apart, in bytes.
	maxSortDepth = 4096
)

// fewPairs is up to how many rows are sorted by comparing them.
const fewPairs = 256

// byText sorts by the first piece of the texts; then, as long as there are
// texts that are equal so far, it reads the next piece of those.
func (s *sorter) byText() error {
	words, nulls, prefix, err := s.pieces()
	if err != nil {
		return err
	}
	pairs, last := s.pairs(words, nulls)
	runs := []run{{0, len(pairs)}}
	for depth := 0; len(runs) > 0; {
		if err := s.sortRuns(pairs, runs); err != nil {
			return err
		}
		if depth = max(depth+piece, prefix); depth >= maxSortDepth {
			break
		}
		runs = undecided(pairs, runs)
		if err := s.nextPieces(pairs, runs, depth); err != nil {
			return err
		}
	}
	s.put(pairs, last)
	return nil
}

// sortRuns sorts the pairs of each run by their words.
func (s *sorter) sortRuns(pairs []pair, runs []run) error {
	compare := func(a, b pair) int { return cmp.Compare(a.word, b.word) }
	if s.key.Descending {
		compare = func(a, b pair) int { return cmp.Compare(b.word, a.word) }
	}
	for i, r := range runs {
		part := pairs[r.from:r.to]
		if len(part) > fewPairs {
			if err := s.radix(part, func(float64) {}); err != nil {
				return err
			}
			continue
		}
		slices.SortStableFunc(part, compare)
		if i%1024 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
	}
	return nil
}

// pieces reads the first piece of each text, and how many bytes all of them
// begin with.
func (s *sorter) pieces() (words, nulls []uint64, prefix int, err error) {
	words, nulls = make([]uint64, len(s.order)), make([]uint64, (len(s.order)+63)/64)
	var common []byte
	some := false
	err = s.f.Scan(s.ctx, []int{s.key.Column}, 0, len(s.order), func(b *Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if v.IsNull(i) {
				setBit(nulls, b.First+i)
				continue
			}
			text := v.Bytes(i)
			if !some {
				common, some = bytes.Clone(text[:min(len(text), maxSortDepth)]), true
			}
			common = common[:shared(common, text)]
			words[b.First+i] = pieceOf(text, 0)
		}
		s.progress(0.5 * float64(b.First+b.Len) / float64(len(s.order)))
		return nil
	})
	return words, nulls, len(common), err
}

// shared is how many bytes both begin with.
func shared(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// pieceOf is the bytes of a text from a place on, as a number that compares
// like them; zeros stand behind its end.
func pieceOf(text []byte, from int) uint64 {
	var p [piece]byte
	if from < len(text) {
		copy(p[:], text[from:])
	}
	return binary.BigEndian.Uint64(p[:])
}

// run is a part of the pairs whose texts are equal as far as they were read.
type run struct{ from, to int }

// undecided are the runs of equal pieces whose texts go on.
func undecided(pairs []pair, runs []run) (out []run) {
	for _, r := range runs {
		for from := r.from; from < r.to; {
			to := from + 1
			for to < r.to && pairs[to].word == pairs[from].word {
				to++
			}
			if to-from > 1 && pairs[from].word&0xff != 0 {
				out = append(out, run{from, to})
			}
			from = to
		}
	}
	return out
}

// nextPieces reads the pieces at a depth of the texts in the runs.
func (s *sorter) nextPieces(pairs []pair, runs []run, depth int) error {
	if len(runs) == 0 {
		return nil
	}
	at := make([]uint32, len(s.order)) // by row: the place of its pair, plus one; 0 = decided
	for _, r := range runs {
		for i := r.from; i < r.to; i++ {
			at[pairs[i].row] = uint32(i) + 1
		}
	}
	return s.f.Scan(s.ctx, []int{s.key.Column}, 0, len(s.order), func(b *Batch) error {
		for i := range b.Len {
			if k := at[b.First+i]; k > 0 {
				pairs[k-1].word = pieceOf(b.Columns[0].Bytes(i), depth)
			}
		}
		return nil
	})
}
