package data

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Limits of sorting: what a row is sorted by is held in memory, 16 bytes each.
const (
	maxSortRows = 10_000_000
	// maxSortDepth is how far into a text rows are told apart, in bytes.
	maxSortDepth = 4096
	piece        = 8
)

// sortKeys are what the rows of a column are sorted by. A text is held a
// piece at a time: see sortWords.
type (
	numberKey struct {
		num float64
		row uint32
	}
	textKey struct {
		piece uint64
		row   uint32
	}
	sortKeys struct {
		numbers []numberKey
		words   []textKey
		empty   []uint32
		first   []byte // the bytes that all words begin with
	}
)

// Sort gives the places of all rows indexed so far in the order of a column:
// numbers by value before text, the other way round when descending, and rows
// without a value last in either. Equal rows stay in the file's order.
func (s *Sheet) Sort(ctx context.Context, column int, descending bool) ([]uint32, error) {
	n := s.Progress().Rows
	if n > maxSortRows {
		return nil, fmt.Errorf("%d rows are too many to sort here: the limit is %d", n, maxSortRows)
	}
	k, err := s.keys(ctx, column, n)
	if err != nil {
		return nil, err
	}
	sign := 1
	if descending {
		sign = -1
	}
	slices.SortFunc(k.numbers, func(a, b numberKey) int {
		return cmp.Or(sign*cmp.Compare(a.num, b.num), cmp.Compare(a.row, b.row))
	})
	if err := s.sortWords(ctx, column, n, k, sign); err != nil {
		return nil, err
	}
	order := make([]uint32, 0, n)
	for pass := range 2 {
		if (pass == 0) != descending {
			for _, key := range k.numbers {
				order = append(order, key.row)
			}
			continue
		}
		for _, key := range k.words {
			order = append(order, key.row)
		}
	}
	return append(order, k.empty...), ctx.Err()
}

// keys reads what the first n rows are sorted by: of a text its first piece.
func (s *Sheet) keys(ctx context.Context, column, n int) (k sortKeys, err error) {
	err = s.Scan(ctx, func(row int, r Record) bool {
		if row >= n {
			return false
		}
		field := r.Field(column)
		v, number := numberIn(field)
		switch {
		case len(field) == 0:
			k.empty = append(k.empty, uint32(row))
		case number:
			if k.numbers == nil {
				k.numbers = make([]numberKey, 0, n-row)
			}
			k.numbers = append(k.numbers, numberKey{v, uint32(row)})
		default:
			if k.words == nil {
				k.words = make([]textKey, 0, n-row)
				k.first = slices.Clone(field[:min(len(field), maxSortDepth)])
			}
			k.first = common(k.first, field)
			k.words = append(k.words, textKey{pieceOf(field, 0), uint32(row)})
		}
		return true
	})
	return k, err
}

// numberIn reads a field as a number, infinite ones included. It looks at the
// first byte before it lets a reader fail, which is slow.
func numberIn(field []byte) (float64, bool) {
	const longest = len("-infinity")
	if len(field) == 0 || bytes.IndexByte([]byte("+-.0123456789iInN"), field[0]) < 0 ||
		field[0] > '9' && len(field) > longest {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(field), 64)
	return v, err == nil && !math.IsNaN(v)
}

// common gives the bytes that both begin with.
func common(a, b []byte) []byte {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
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

// tied is a part of the words whose texts are equal as far as they were read.
type tied struct{ from, to uint32 }

// sortWords sorts by the first piece of the texts, and then, as long as there
// are texts that are equal so far, reads the next piece of those and sorts
// them by it. So memory does not depend on how long the texts are.
func (s *Sheet) sortWords(ctx context.Context, column, rows int, k sortKeys, sign int) error {
	runs := []tied{{0, uint32(len(k.words))}}
	for depth := 0; ; {
		for _, r := range runs {
			slices.SortFunc(k.words[r.from:r.to], func(a, b textKey) int {
				return cmp.Or(sign*cmp.Compare(a.piece, b.piece), cmp.Compare(a.row, b.row))
			})
		}
		runs = undecided(k.words, runs)
		depth = max(depth+piece, len(k.first))
		if len(runs) == 0 || depth >= maxSortDepth {
			return ctx.Err()
		}
		if err := s.nextPieces(ctx, column, rows, depth, k.words, runs); err != nil {
			return err
		}
	}
}

// undecided gives the runs of equal pieces whose texts go on.
func undecided(words []textKey, runs []tied) (out []tied) {
	for _, r := range runs {
		for from := r.from; from < r.to; {
			to := from + 1
			for to < r.to && words[to].piece == words[from].piece {
				to++
			}
			if to-from > 1 && words[from].piece&0xff != 0 {
				out = append(out, tied{from, to})
			}
			from = to
		}
	}
	return out
}

// nextPieces reads the piece at depth of the words in the runs.
func (s *Sheet) nextPieces(ctx context.Context, column, rows, depth int, words []textKey, runs []tied) error {
	at := make([]uint32, rows) // the place of a row's word, plus one; 0 = decided
	for _, r := range runs {
		for i := r.from; i < r.to; i++ {
			at[words[i].row] = i + 1
		}
	}
	return s.Scan(ctx, func(row int, r Record) bool {
		if row >= rows {
			return false
		}
		if i := at[row]; i > 0 {
			words[i-1].piece = pieceOf(r.Field(column), depth)
		}
		return true
	})
}
