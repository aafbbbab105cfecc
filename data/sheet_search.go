package data

import (
	"bytes"
	"context"
	"slices"
	"strings"
)

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
