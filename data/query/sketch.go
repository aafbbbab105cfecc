package query

import (
	"hash/maphash"
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// sketchSize is how many hashes a sketch holds at most: the standard error of
// what it counts is about 0.8 %.
const sketchSize = 1 << 15

// sketch estimates how many different values there are, of which the hashes are
// too many to be held: it keeps those that begin with so many zeros (Wegman's
// adaptive sampling).
type sketch struct {
	seed     maphash.Seed
	limit    uint64 // hashes below it are kept
	zeros    int
	kept     []uint64 // by hash, open; 0 = free, and the hash 0 is not kept
	n        int
	repeated bool // a hash that is kept came again
}

// newSketch starts with the values of a dict.
func newSketch(d *dict) *sketch {
	s := &sketch{seed: d.seed, limit: math.MaxUint64, kept: make([]uint64, 4*sketchSize)}
	for _, h := range d.hashes {
		s.hash(h)
	}
	return s
}

// hash adds a value by its hash.
func (s *sketch) hash(h uint64) {
	if h >= s.limit || h == 0 {
		return
	}
	if !s.put(h) {
		s.repeated = true
		return
	}
	for s.n > sketchSize {
		s.zeros++
		s.limit = math.MaxUint64 >> s.zeros
		old := s.kept
		s.kept, s.n = make([]uint64, len(old)), 0
		for _, h := range old {
			if h != 0 && h < s.limit {
				s.put(h)
			}
		}
	}
}

// put reports whether a hash was not among those kept.
func (s *sketch) put(h uint64) bool {
	mask := uint64(len(s.kept) - 1)
	at := h & mask
	for ; s.kept[at] != 0; at = (at + 1) & mask {
		if s.kept[at] == h {
			return false
		}
	}
	s.kept[at] = h
	s.n++
	return true
}

// add adds the cells of rows that are in a group, with the hashes that a dict
// has of them.
func (s *sketch) add(ids []uint32, v *frame.Vector) {
	for i, g := range ids {
		if g == none || v.IsNull(i) {
			continue
		}
		switch v.Type {
		case frame.Text, frame.JSON:
			s.hash(maphash.Bytes(s.seed, v.Bytes(i)))
		case frame.Number:
			s.hash(hashOf(floatKey(v.Floats[i]), 0))
		case frame.Datetime, frame.Time:
			t, n, _ := v.Moment(i)
			s.hash(hashOf(uint64(t), uint32(n)))
		default:
			s.hash(hashOf(uint64(v.Ints[i]), 0))
		}
	}
}

// count is the estimate.
func (s *sketch) count() int64 { return int64(s.n) << s.zeros }
