package query

import (
	"hash/maphash"
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// none is the number of a cell without a value.
const none = math.MaxUint32

// dict numbers the different values of a column from 0, in the order in which
// they first come. Datetimes are one value if they are one instant.
type dict struct {
	seed   maphash.Seed
	slots  []uint64 // by hash: its upper half, and the number plus one; 0 = free
	hashes []uint64 // by number, as what follows
	words  []uint64
	extra  []uint32 // nanoseconds; nil = all 0
	text   []byte
	ends   []int
}

func newDict() *dict {
	return &dict{seed: maphash.MakeSeed(), slots: make([]uint64, 1<<6)}
}

// len is the count of different values.
func (d *dict) len() int { return len(d.hashes) }

// number numbers the cells of a vector; out has room for them.
func (d *dict) number(v *frame.Vector, out []uint32) {
	for i := range out {
		if v.IsNull(i) {
			out[i] = none
			continue
		}
		switch v.Type {
		case frame.Text, frame.JSON:
			out[i] = d.bytes(v.Bytes(i))
		case frame.Number:
			out[i] = d.word(floatKey(v.Floats[i]), 0)
		case frame.Datetime, frame.Time:
			s, n, _ := v.Moment(i)
			out[i] = d.word(uint64(s), uint32(n))
		default:
			out[i] = d.word(uint64(v.Ints[i]), 0)
		}
	}
}

// floatKey is a word for a number: one for zero and minus zero.
func floatKey(f float64) uint64 {
	if f == 0 {
		return 0
	}
	return math.Float64bits(f)
}

// mix spreads a word over all bits.
func mix(w uint64) uint64 {
	w ^= w >> 32
	w *= 0x9e3779b97f4a7c15
	w ^= w >> 29
	w *= 0xbf58476d1ce4e5b9
	return w ^ w>>32
}

// hashOf is the hash of a value that is a word and what does not fit into it.
func hashOf(w uint64, x uint32) uint64 { return mix(w ^ uint64(x)<<17) }

// is reports whether a number is that of a word and what does not fit into it.
func (d *dict) is(id uint32, w uint64, x uint32) bool {
	return d.words[id] == w && (d.extra == nil && x == 0 || d.extra != nil && d.extra[id] == x)
}

// word numbers a value that is a word and what does not fit into it.
func (d *dict) word(w uint64, x uint32) uint32 {
	h := hashOf(w, x)
	mask := uint64(len(d.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		slot := d.slots[at]
		if slot == 0 {
			d.words = append(d.words, w)
			if x != 0 && d.extra == nil {
				d.extra = make([]uint32, len(d.words)-1)
			}
			if d.extra != nil {
				d.extra = append(d.extra, x)
			}
			return d.insert(at, h)
		}
		if id := uint32(slot) - 1; slot>>32 == h>>32 && d.is(id, w, x) {
			return id
		}
	}
}

// bytes numbers a value that is a text.
func (d *dict) bytes(b []byte) uint32 {
	h := maphash.Bytes(d.seed, b)
	mask := uint64(len(d.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		slot := d.slots[at]
		if slot == 0 {
			d.text = append(d.text, b...)
			d.ends = append(d.ends, len(d.text))
			return d.insert(at, h)
		}
		if id := uint32(slot) - 1; slot>>32 == h>>32 && string(d.textOf(id)) == string(b) {
			return id
		}
	}
}

// textOf is the text of a number.
func (d *dict) textOf(id uint32) []byte {
	from := 0
	if id > 0 {
		from = d.ends[id-1]
	}
	return d.text[from:d.ends[id]]
}

// insert gives the next number to the value that belongs in a slot.
func (d *dict) insert(at, hash uint64) uint32 {
	d.hashes = append(d.hashes, hash)
	id := uint64(len(d.hashes))
	d.slots[at] = hash>>32<<32 | id
	if 2*len(d.hashes) > len(d.slots) {
		d.slots = make([]uint64, 4*len(d.slots))
		mask := uint64(len(d.slots) - 1)
		for i, h := range d.hashes {
			at := h & mask
			for d.slots[at] != 0 {
				at = (at + 1) & mask
			}
			d.slots[at] = h>>32<<32 | uint64(i+1)
		}
	}
	return uint32(id - 1)
}

// appendTo appends the value of a number to a vector of the type of the column
// that was numbered. A datetime is in UTC if zoned.
func (d *dict) appendTo(v *frame.Vector, id uint32, zoned bool) {
	switch v.Type {
	case frame.Text, frame.JSON:
		v.AppendText(d.textOf(id))
	case frame.Number:
		v.AppendFloat(math.Float64frombits(d.words[id]))
	case frame.Datetime, frame.Time:
		nanos, zone := int32(0), frame.NoZone
		if d.extra != nil {
			nanos = int32(d.extra[id])
		}
		if zoned {
			zone = frame.UTC
		}
		v.AppendMoment(int64(d.words[id]), nanos, zone)
	default:
		v.AppendInt(int64(d.words[id]))
	}
}
