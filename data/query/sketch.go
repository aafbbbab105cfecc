package query

import (
	"hash/maphash"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
)

// sketchSize is how many hashes a sketch holds at most: about 0.4 % is the
// standard error of what it counts.
const sketchSize = 1 << 17

// sketch estimates how many different values there are, of which the hashes are
// too many to be held: it keeps those that end in so many zeros (Wegman's
// adaptive sampling).
type sketch struct {
	seed  maphash.Seed
	zeros int
	kept  map[uint64]struct{}
}

// newSketch starts with the values of a dict.
func newSketch(d *dict) *sketch {
	s := &sketch{seed: d.seed, kept: map[uint64]struct{}{}}
	for _, h := range d.hashes {
		s.hash(h)
	}
	return s
}

// hash adds a value by its hash.
func (s *sketch) hash(h uint64) {
	if h>>(64-s.zeros) != 0 {
		return
	}
	s.kept[h] = struct{}{}
	for len(s.kept) > sketchSize {
		s.zeros++
		for h := range s.kept {
			if h>>(64-s.zeros) != 0 {
				delete(s.kept, h)
			}
		}
	}
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
func (s *sketch) count() int64 { return int64(len(s.kept)) << s.zeros }

// thousands writes a count with commas: 1,000,000.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
