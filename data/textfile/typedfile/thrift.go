package typedfile

import (
	"encoding/binary"
	"errors"
)

// thrift reads Thrift's compact protocol, in which Parquet writes what it says
// about itself: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
// It panics with errThriftShort at the end of its bytes: see damaged.
type thrift struct {
	b     []byte
	at    int
	depth int
}

var errThriftShort = errors.New("its description ends early")

// Types of the compact protocol.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftI16    = 4
	thriftI32    = 5
	thriftI64    = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// maxThriftDepth is how deep structures may lie inside each other.
const maxThriftDepth = 64

func (t *thrift) byte() byte {
	if t.at >= len(t.b) {
		panic(errThriftShort)
	}
	t.at++
	return t.b[t.at-1]
}

func (t *thrift) uvarint() uint64 {
	v, n := binary.Uvarint(t.b[t.at:])
	if n == 0 {
		panic(errThriftShort)
	}
	if n < 0 {
		panic("a number of more than 64 bits")
	}
	t.at += n
	return v
}

// int is an integer of 16 to 64 bits.
func (t *thrift) int() int64 {
	u := t.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (t *thrift) binary() []byte {
	n := t.uvarint()
	if n > uint64(len(t.b)-t.at) {
		panic(errThriftShort)
	}
	t.at += int(n)
	return t.b[t.at-int(n) : t.at]
}

// list reads the head of a list, whose elements follow.
func (t *thrift) list() (n int, kind byte) {
	head := t.byte()
	size := uint64(head >> 4)
	if size == 15 {
		size = t.uvarint()
	}
	if size > uint64(len(t.b)-t.at) { // each takes a byte at least
		panic(errThriftShort)
	}
	return int(size), head & 15
}

// structure reads a structure: field takes the value of a field, or reports
// that it did not, and then the value is passed over.
func (t *thrift) structure(field func(id int, kind byte) bool) {
	if t.depth++; t.depth > maxThriftDepth {
		panic("structures inside each other without end")
	}
	for id := 0; ; {
		head := t.byte()
		if head == 0 {
			break
		}
		if step := int(head >> 4); step > 0 {
			id += step
		} else {
			id = int(int16(t.int()))
		}
		if kind := head & 15; !field(id, kind) {
			t.skip(kind)
		}
	}
	t.depth--
}

// structures reads a list of structures.
func (t *thrift) structures(each func()) {
	n, kind := t.list()
	if kind != thriftStruct {
		panic("a list of something else than structures")
	}
	for range n {
		each()
	}
}

// skip passes over the value of a field.
func (t *thrift) skip(kind byte) {
	switch kind {
	case thriftTrue, thriftFalse: // it stands in the head of the field
	case thriftByte:
		t.byte()
	case thriftI16, thriftI32, thriftI64:
		t.uvarint()
	case thriftDouble:
		for range 8 {
			t.byte()
		}
	case thriftBinary:
		t.binary()
	case thriftList, thriftSet:
		for n, kind := t.list(); n > 0; n-- {
			t.skipElement(kind)
		}
	case thriftMap:
		t.skipMap()
	case thriftStruct:
		t.structure(func(int, byte) bool { return false })
	default:
		panic("a type that is none")
	}
}

// skipElement passes over an element of a list: a truth value takes a byte.
func (t *thrift) skipElement(kind byte) {
	if kind == thriftTrue || kind == thriftFalse {
		kind = thriftByte
	}
	if t.depth++; t.depth > maxThriftDepth {
		panic("lists inside each other without end")
	}
	t.skip(kind)
	t.depth--
}

func (t *thrift) skipMap() {
	n := t.uvarint()
	if n == 0 {
		return
	}
	if n > uint64(len(t.b)-t.at) {
		panic(errThriftShort)
	}
	kinds := t.byte()
	for range n {
		t.skipElement(kinds >> 4)
		t.skipElement(kinds & 15)
	}
}
