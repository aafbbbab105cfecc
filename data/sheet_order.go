package data

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Limits of sorting: keys are held in memory.
const (
	maxSortRows = 10_000_000
	maxSortText = 32 << 20 // bytes of text kept whole; beyond, sortPrefix of each
	sortPrefix  = 8
)

// A numberKey or a textKey is what one row is sorted by.
type (
	numberKey struct {
		num float64
		row uint32
	}
	textKey struct {
		pos uint32 // in the arena
		row uint32
		len uint16
	}
	sortKeys struct {
		numbers []numberKey
		words   []textKey
		empty   []uint32
		arena   []byte
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
	slices.SortFunc(k.words, func(a, b textKey) int {
		return cmp.Or(sign*bytes.Compare(k.text(a), k.text(b)), cmp.Compare(a.row, b.row))
	})
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

func (k sortKeys) text(t textKey) []byte { return k.arena[t.pos : t.pos+uint32(t.len)] }

// keys reads what the first n rows are sorted by. Whatever the file, a row
// takes at most 16 bytes for its key and sortPrefix bytes beyond maxSortText.
func (s *Sheet) keys(ctx context.Context, column, n int) (k sortKeys, err error) {
	err = s.Scan(ctx, func(row int, r Record) bool {
		field := r.Field(column)
		v, perr := strconv.ParseFloat(string(field), 64)
		switch {
		case len(field) == 0:
			k.empty = append(k.empty, uint32(row))
		case perr == nil && !math.IsNaN(v):
			if k.numbers == nil {
				k.numbers = make([]numberKey, 0, n-row)
			}
			k.numbers = append(k.numbers, numberKey{v, uint32(row)})
		default:
			keep := min(len(field), math.MaxUint16)
			if len(k.arena) > maxSortText {
				keep = min(keep, sortPrefix)
			}
			k.words = append(k.words, textKey{uint32(len(k.arena)), uint32(row), uint16(keep)})
			k.arena = append(k.arena, field[:keep]...)
		}
		return row < n-1
	})
	return k, err
}

// Hits are the rows in which something was found.
type Hits struct {
	bits  []uint64
	Count int
}

// Has says whether a row is among them.
func (h Hits) Has(row int) bool {
	return row >= 0 && row/64 < len(h.bits) && h.bits[row/64]&(1<<(row%64)) != 0
}

// Search finds the rows of which a field holds text, whatever its case.
func (s *Sheet) Search(ctx context.Context, text string) (Hits, error) {
	var h Hits
	needle := strings.ToLower(text)
	if needle == "" {
		return h, nil
	}
	h.bits = make([]uint64, s.Progress().Rows/64+1)
	// A record without the text holds no field with it, unless quotes stand
	// between: those records are split before they are looked at.
	quick := []byte(needle)
	if strings.ContainsRune(needle, '"') {
		quick = nil
	}
	var low []byte
	var fields []string
	err := s.Scan(ctx, func(row int, r Record) bool {
		if row/64 >= len(h.bits) {
			return false
		}
		if low = lower(r.raw, low[:0]); !bytes.Contains(low, quick) {
			return true
		}
		fields = r.Fields(fields[:0])
		if slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(strings.ToLower(f), needle) }) {
			h.bits[row/64] |= 1 << (row % 64)
			h.Count++
		}
		return true
	})
	return h, err
}

// lower appends text in lower case, byte by byte where it is ASCII.
func lower(text, dst []byte) []byte {
	for i, c := range text {
		if c >= 0x80 {
			return append(dst[:len(dst)-i], bytes.ToLower(text)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}
