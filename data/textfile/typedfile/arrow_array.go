package typedfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// arrowArray is the values of a field in a batch.
type arrowArray struct {
	t        *arrowType
	n        int
	valid    []byte // a bit each; nil = all have a value
	buffers  [][]byte
	children []*arrowArray
	dict     *arrowArray
}

// loader reads the arrays of a batch out of its body, in the order of the
// schema. Fields that are not wanted are passed over.
type loader struct {
	a       *arrowFile
	h       table
	body    int64 // where it begins in the file
	size    int64
	codec   int8 // -1 = not compressed
	nodes   int  // place of the next field's length in h
	nNodes  int
	buffers int
	nBufs   int
	views   []int64 // counts of the buffers that views of text have
}

// newLoader begins a batch whose header is known.
func (a *arrowFile) newLoader(b arrowBlock, h table) *loader {
	l := &loader{a: a, h: h, body: b.at + b.meta, size: b.body, codec: -1}
	l.nodes, l.nNodes = h.vector(1, 16)
	l.buffers, l.nBufs = h.vector(2, 16)
	if c, ok := h.table(3); ok {
		l.codec = int8(c.byte(0, 0))
	}
	at, n := h.vector(4, 8)
	for i := range n {
		l.views = append(l.views, h.int64At(at+8*i))
	}
	return l
}

// node takes the next field's length.
func (l *loader) node() (n int, nulls int64) {
	if l.nNodes == 0 {
		panic("less fields in a batch than in the schema")
	}
	length := l.h.int64At(l.nodes)
	nulls = l.h.int64At(l.nodes + 8)
	l.nodes, l.nNodes = l.nodes+16, l.nNodes-1
	if length < 0 || length > maxBatchRows {
		panic(fmt.Sprintf("a field of %d values", length))
	}
	return int(length), nulls
}

// buffer takes the next buffer; nil if it is not wanted.
func (l *loader) buffer(want bool) []byte {
	if l.nBufs == 0 {
		panic("less buffers in a batch than its fields have")
	}
	at, size := l.h.int64At(l.buffers), l.h.int64At(l.buffers+8)
	l.buffers, l.nBufs = l.buffers+16, l.nBufs-1
	if !want || size == 0 {
		return nil
	}
	if at < 0 || size < 0 || at > l.size || size > l.size-at {
		panic("a buffer outside of its batch")
	}
	buf := make([]byte, size)
	if err := l.a.readAt(buf, l.body+at); err != nil {
		panic(err)
	}
	if l.codec < 0 {
		return buf
	}
	out, err := unpackBuffer(buf, l.codec)
	if err != nil {
		panic(err)
	}
	return out
}

// maxArrowBuffer bounds one buffer, unpacked, in bytes.
const maxArrowBuffer = 1 << 30

// unpackBuffer unpacks a buffer behind the length that it says to have.
func unpackBuffer(buf []byte, codec int8) ([]byte, error) {
	if len(buf) < 8 {
		return nil, errors.New("a compressed buffer without its length")
	}
	size := int64(binary.LittleEndian.Uint64(buf))
	packed := buf[8:]
	if size == -1 {
		return packed, nil
	}
	if size < 0 || size > maxArrowBuffer {
		return nil, fmt.Errorf("a buffer of %d bytes", size)
	}
	var r io.Reader
	switch codec {
	case 0:
		r = lz4.NewReader(bytes.NewReader(packed))
	case 1:
		z, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	default:
		return nil, fmt.Errorf("a compression %d that is not known", codec)
	}
	// It grows as it comes, so that a false length costs nothing.
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, size+1))
	if err == nil && n != size {
		err = fmt.Errorf("a buffer of %d bytes instead of %d", n, size)
	}
	return out.Bytes(), err
}

// array reads the next field of the schema, or passes over it.
func (l *loader) array(t *arrowType, want bool) *arrowArray {
	a := &arrowArray{t: t}
	var nulls int64
	a.n, nulls = l.node()
	if t.hasValidity() {
		if valid := l.buffer(want); nulls != 0 && want && len(valid) > 0 {
			need(len(valid), (a.n+7)/8)
			a.valid = valid
		}
	}
	for _, size := range t.layout() {
		buf := l.buffer(want)
		if want {
			need(len(buf), size(a.n))
		}
		a.buffers = append(a.buffers, buf)
	}
	if t.kind == arrowBinaryView || t.kind == arrowUtf8View {
		if len(l.views) == 0 {
			panic("views without their buffers")
		}
		count := l.views[0]
		l.views = l.views[1:]
		if count < 0 || count > int64(l.nBufs) {
			panic("views with more buffers than there are")
		}
		for range count {
			a.buffers = append(a.buffers, l.buffer(want))
		}
	}
	for _, child := range t.children {
		a.children = append(a.children, l.array(child, want))
	}
	if t.dictionary != nil && want {
		a.dict = l.a.dictionaries[t.dictionaryID]
		if a.dict == nil {
			panic("a dictionary that is not there")
		}
	}
	return a
}

// need panics if a buffer is shorter than its values are.
func need(have, want int) {
	if have < want {
		panic(fmt.Sprintf("a buffer of %d bytes instead of %d", have, want))
	}
}

func (t *arrowType) hasValidity() bool {
	switch t.kind {
	case arrowNull, arrowUnion, arrowRunEnds:
		return false
	}
	return true
}

// layout are the sizes of the buffers of n values, behind that of validity.
func (t *arrowType) layout() []func(n int) int {
	times := func(size int) func(int) int { return func(n int) int { return n * size } }
	offsets := func(size int) func(int) int {
		return func(n int) int {
			if n == 0 {
				return 0
			}
			return (n + 1) * size
		}
	}
	any := func(int) int { return 0 }
	switch t.kind {
	case arrowNull, arrowStruct, arrowFixedList, arrowRunEnds:
		return nil
	case arrowBool:
		return []func(int) int{func(n int) int { return (n + 7) / 8 }}
	case arrowUtf8, arrowBinary:
		return []func(int) int{offsets(4), any}
	case arrowLargeUtf8, arrowLargeBinary:
		return []func(int) int{offsets(8), any}
	case arrowList, arrowMap:
		return []func(int) int{offsets(4)}
	case arrowLargeList:
		return []func(int) int{offsets(8)}
	case arrowListView:
		return []func(int) int{times(4), times(4)}
	case arrowLargeListView:
		return []func(int) int{times(8), times(8)}
	case arrowBinaryView, arrowUtf8View:
		return []func(int) int{times(16)}
	case arrowUnion:
		if t.dense {
			return []func(int) int{times(1), times(4)}
		}
		return []func(int) int{times(1)}
	}
	return []func(int) int{times(t.width)}
}

// readDictionary reads the values of a dictionary, or more of them.
func (a *arrowFile) readDictionary(b arrowBlock, h table) error {
	id := h.int64(0)
	t := findDictionary(a.fields, id)
	data, ok := h.table(1)
	if t == nil || !ok {
		return errors.New("the Arrow file is damaged (a dictionary of no field): fetch or make it again")
	}
	arr := a.newLoader(b, data).array(t, true)
	if old := a.dictionaries[id]; old != nil && h.bool(2) {
		arr = &arrowArray{t: t, n: old.n + arr.n, children: []*arrowArray{old, arr}, buffers: nil, dict: nil}
		arr.t = &arrowType{kind: 0, name: t.name, dictionary: t} // two parts, one behind the other
	}
	a.dictionaries[id] = arr
	return nil
}

// findDictionary is the type of the values of a dictionary.
func findDictionary(fields []*arrowType, id int64) *arrowType {
	for _, f := range fields {
		if f.dictionary != nil {
			if f.dictionaryID == id {
				return f.dictionary
			}
			if t := findDictionary(f.dictionary.children, id); t != nil {
				return t
			}
		}
		if t := findDictionary(f.children, id); t != nil {
			return t
		}
	}
	return nil
}

// at leads to the array and the place where a value really stands: through
// dictionaries, runs and parts. The array is nil where there is no value.
func (a *arrowArray) at(i int) (*arrowArray, int) {
	for {
		switch {
		case a.t.kind == 0: // parts of a dictionary
			if first := a.children[0]; i < first.n {
				a = first
			} else {
				a, i = a.children[1], i-first.n
			}
		case a.t.kind == arrowNull || a.isNull(i):
			return nil, 0
		case a.t.dictionary != nil:
			k := a.int(i)
			if k < 0 || k >= int64(a.dict.n) {
				panic("a place outside of its dictionary")
			}
			a, i = a.dict, int(k)
		case a.t.kind == arrowRunEnds:
			ends, values := a.children[0], a.children[1]
			i = sort.Search(ends.n, func(k int) bool { return ends.int(k) > int64(i) })
			if i >= values.n {
				panic("runs that end early")
			}
			a = values
		case a.t.kind == arrowUnion:
			k := a.t.typeIDIndex(int8(a.buffers[0][i]))
			if a.t.dense {
				i = int(int32(binary.LittleEndian.Uint32(a.buffers[1][4*i:])))
			}
			if a = a.children[k]; i < 0 || i >= a.n {
				panic("a union that leads outside")
			}
		default:
			return a, i
		}
	}
}

func (a *arrowArray) isNull(i int) bool {
	return a.valid != nil && a.valid[i/8]>>(i%8)&1 == 0
}

// int is a value of an integer type.
func (a *arrowArray) int(i int) int64 {
	b := a.buffers[0][i*a.t.width:]
	switch {
	case a.t.width == 1 && a.t.signed:
		return int64(int8(b[0]))
	case a.t.width == 1:
		return int64(b[0])
	case a.t.width == 2 && a.t.signed:
		return int64(int16(binary.LittleEndian.Uint16(b)))
	case a.t.width == 2:
		return int64(binary.LittleEndian.Uint16(b))
	case a.t.width == 4 && (a.t.signed || a.t.kind != arrowInt):
		return int64(int32(binary.LittleEndian.Uint32(b)))
	case a.t.width == 4:
		return int64(binary.LittleEndian.Uint32(b))
	}
	return int64(binary.LittleEndian.Uint64(b))
}
