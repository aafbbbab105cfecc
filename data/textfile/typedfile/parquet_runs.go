package typedfile

import (
	"encoding/binary"
	"fmt"
)

// hybrid decodes values of a width in bits that come in runs of one value and
// in groups of eight.
func hybrid[E byte | uint32](b []byte, width int, out []E) {
	at := 0
	for i := 0; i < len(out); {
		head, k := binary.Uvarint(b[at:])
		if k <= 0 {
			panic("runs of values that end early")
		}
		at += k
		if head&1 == 0 {
			size := (width + 7) / 8
			need(len(b)-at, size)
			var v uint32
			for s := range size {
				v |= uint32(b[at+s]) << (8 * s)
			}
			at += size
			n := int(min(head>>1, uint64(len(out)-i)))
			for end := i + n; i < end; i++ {
				out[i] = E(v)
			}
			continue
		}
		n := int(min(head>>1, uint64(len(out)-i+7)/8) * 8)
		n = min(n, len(out)-i) // the rest of the last group fills it
		size := (n*width + 7) / 8
		need(len(b)-at, size)
		unpackBits(b[at:at+size], width, out[i:i+n])
		i += n
		at += min(int(min(head>>1, uint64(len(b))))*width, len(b)-at)
	}
}

// unpackBits decodes values of a width in bits that stand one behind the
// other, the lowest bits first.
func unpackBits[E byte | uint32 | uint64](b []byte, width int, out []E) {
	if width == 0 {
		clear(out)
		return
	}
	mask := uint64(1)<<width - 1 // all ones for 64
	for i := range out {
		bit := i * width
		at, shift := bit>>3, uint(bit&7)
		var word uint64
		if at+8 <= len(b) {
			word = binary.LittleEndian.Uint64(b[at:]) >> shift
			if int(shift)+width > 64 {
				word |= uint64(b[at+8]) << (64 - shift)
			}
		} else {
			for k := len(b) - 1; k >= at; k-- {
				word = word<<8 | uint64(b[k])
			}
			word >>= shift
		}
		out[i] = E(word & mask)
	}
}

// maxMini bounds the values of a block of deltas.
const maxMini = 1 << 20

// deltas decodes n integers that are told by their differences, and returns
// what follows them.
func deltas(dst []int64, b []byte, n int) (out []int64, rest []byte) {
	t := &thrift{b: b} // its numbers are the same
	block, minis, total, first := t.uvarint(), t.uvarint(), t.uvarint(), t.int()
	if minis == 0 || block == 0 || block > maxMini || block%minis != 0 || block/minis%8 != 0 || total != uint64(n) {
		panic(fmt.Sprintf("%d differences of %d values", total, n))
	}
	mini := int(block / minis)
	dst = append(dst, first)
	if n == 0 {
		dst = dst[:len(dst)-1]
	}
	var steps []uint64
	last := first
	for left := n - 1; left > 0; {
		least := t.int()
		need(len(b)-t.at, int(minis))
		widths := b[t.at : t.at+int(minis)]
		t.at += int(minis)
		for _, w := range widths {
			if left <= 0 {
				break
			}
			if w > 64 {
				panic("differences of more than 64 bits")
			}
			k := min(mini, left)
			size := min(mini*int(w)/8, len(b)-t.at) // a last one may be cut
			need(size, (k*int(w)+7)/8)
			steps = sized(steps, k)
			unpackBits(b[t.at:t.at+size], int(w), steps)
			for _, s := range steps {
				last += least + int64(s)
				dst = append(dst, last)
			}
			t.at += size
			left -= k
		}
	}
	return dst, b[t.at:]
}
