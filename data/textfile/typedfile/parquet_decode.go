package typedfile

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Encodings of values and levels, as the format numbers them.
const (
	encodingPlain           = 0
	encodingPlainDictionary = 2
	encodingRuns            = 3
	encodingBitPacked       = 4
	encodingDelta           = 5
	encodingDeltaLength     = 6
	encodingDeltaBytes      = 7
	encodingDictionary      = 8
	encodingSplit           = 9
)

// page is the levels and the values of a page. Values are ints, floats or
// bytes, by their physical type; what is null has none.
type page struct {
	n        int    // values and nulls
	def, rep []byte // levels; nil = all are 0
	ints     []int64
	floats   []float64
	blob     []byte
	spans    []span
	places   []uint32
	lengths  []int64
}

// span is where in a blob a value lies.
type span struct{ from, to uint32 }

// bytes is value i of a page of bytes.
func (p *page) bytes(i int) []byte {
	s := p.spans[i]
	return p.blob[s.from:s.to]
}

// decode decodes n values. The page keeps data.
func (p *page) decode(leaf *node, encoding int, data []byte, n int) {
	p.ints, p.floats, p.spans = p.ints[:0], p.floats[:0], p.spans[:0]
	kind := leaf.physical
	switch {
	case encoding == encodingSplit:
		p.plain(leaf, joinStreams(data, width(leaf), n), n)
	case encoding == encodingPlain || encoding == encodingPlainDictionary:
		p.plain(leaf, data, n)
	case encoding == encodingRuns && kind == physicalBoolean:
		need(len(data), 4)
		size := int(binary.LittleEndian.Uint32(data))
		need(len(data)-4, size)
		p.places = sized(p.places, n)
		hybrid(data[4:4+size], 1, p.places)
		for _, v := range p.places {
			p.ints = append(p.ints, int64(v))
		}
	case encoding == encodingDelta && (kind == physicalInt32 || kind == physicalInt64):
		p.ints, _ = deltas(p.ints, data, n)
		if kind == physicalInt32 {
			for i, v := range p.ints {
				p.ints[i] = int64(int32(v))
			}
		}
	case encoding == encodingDeltaLength && kind == physicalBytes:
		p.blob = p.deltaLength(data, n)
	case encoding == encodingDeltaBytes && (kind == physicalBytes || kind == physicalFixed):
		p.deltaBytes(data, n)
	default:
		panic(fmt.Sprintf("values of type %d in encoding %d, which is not read here", kind, encoding))
	}
}

// width is how many bytes each value takes; 0 = as many as it says.
func width(leaf *node) int {
	switch leaf.physical {
	case physicalInt32, physicalFloat:
		return 4
	case physicalInt64, physicalDouble:
		return 8
	case physicalInt96:
		return 12
	case physicalFixed:
		return leaf.length
	}
	return 0
}

// plain decodes values that stand one behind the other.
func (p *page) plain(leaf *node, data []byte, n int) {
	w := width(leaf)
	need(len(data), w*n)
	le := binary.LittleEndian
	switch leaf.physical {
	case physicalBoolean:
		need(len(data), (n+7)/8)
		for i := range n {
			p.ints = append(p.ints, int64(data[i/8]>>(i%8)&1))
		}
	case physicalInt32:
		p.ints = sized(p.ints, n)
		for i := range p.ints {
			p.ints[i] = int64(int32(le.Uint32(data[4*i:])))
		}
	case physicalInt64:
		p.ints = sized(p.ints, n)
		for i := range p.ints {
			p.ints[i] = int64(le.Uint64(data[8*i:]))
		}
	case physicalFloat:
		p.floats = sized(p.floats, n)
		for i := range p.floats {
			p.floats[i] = float64(math.Float32frombits(le.Uint32(data[4*i:])))
		}
	case physicalDouble:
		p.floats = sized(p.floats, n)
		for i := range p.floats {
			p.floats[i] = math.Float64frombits(le.Uint64(data[8*i:]))
		}
	case physicalInt96, physicalFixed:
		p.blob = data
		for i := range n {
			p.spans = append(p.spans, span{uint32(i * w), uint32((i + 1) * w)})
		}
	case physicalBytes:
		p.blob = data
		at := 0
		for range n {
			need(len(data)-at, 4)
			size := int(le.Uint32(data[at:]))
			need(len(data)-at-4, size)
			p.spans = append(p.spans, span{uint32(at + 4), uint32(at + 4 + size)})
			at += 4 + size
		}
	}
}

// joinStreams puts values together whose first bytes stand together, then
// their second ones, and so on.
func joinStreams(data []byte, width, n int) []byte {
	if width == 0 && n > 0 {
		panic("streams of bytes of no value")
	}
	need(len(data), width*n)
	out := make([]byte, width*n)
	for k := range width {
		stream := data[k*n : (k+1)*n]
		for i, b := range stream {
			out[i*width+k] = b
		}
	}
	return out
}

// pick takes n values out of a dictionary.
func (p *page) pick(dict *page, data []byte, n int, kind physical) {
	p.places = sized(p.places, n)
	if n > 0 {
		need(len(data), 1)
		if data[0] > 32 {
			panic("places of more than 32 bits")
		}
		hybrid(data[1:], int(data[0]), p.places)
	}
	switch kind {
	case physicalFloat, physicalDouble:
		p.floats = sized(p.floats, n)
		for i, k := range p.places {
			p.floats[i] = dict.floats[k]
		}
	case physicalBoolean, physicalInt32, physicalInt64:
		p.ints = sized(p.ints, n)
		for i, k := range p.places {
			p.ints[i] = dict.ints[k]
		}
	default:
		p.blob, p.spans = dict.blob, sized(p.spans, n)
		for i, k := range p.places {
			p.spans[i] = dict.spans[k]
		}
	}
}

// deltaLength decodes texts whose lengths stand before them, and returns what
// they are spans of.
func (p *page) deltaLength(data []byte, n int) (blob []byte) {
	p.lengths, blob = deltas(p.lengths[:0], data, n)
	at := int64(0)
	for _, l := range p.lengths {
		if l < 0 || l > int64(len(blob))-at {
			panic("a text that leads outside of its page")
		}
		p.spans = append(p.spans, span{uint32(at), uint32(at + l)})
		at += l
	}
	return blob
}

// deltaBytes decodes texts that begin as the one before them did.
func (p *page) deltaBytes(data []byte, n int) {
	prefixes, rest := deltas(nil, data, n)
	ends := p.deltaLength(rest, n)
	var out []byte
	from := 0 // of the text before
	for i, s := range p.spans {
		prefix := prefixes[i]
		if prefix < 0 || prefix > int64(len(out)-from) {
			panic("a text that begins as a longer one does")
		}
		if len(out)+int(prefix)+int(s.to-s.from) > maxPage {
			panic("a page that is too long")
		}
		before := out[from : from+int(prefix)]
		from = len(out)
		out = append(out, before...)
		out = append(out, ends[s.from:s.to]...)
		p.spans[i] = span{uint32(from), uint32(len(out))}
	}
	p.blob = out
}
