package typedfile

import (
	"fmt"
	"time"
)

// kind is a type of Arrow, by its number in the format's schema:
// https://github.com/apache/arrow/blob/main/format/Schema.fbs.
type kind byte

const (
	arrowNull kind = iota + 1
	arrowInt
	arrowFloat
	arrowBinary
	arrowUtf8
	arrowBool
	arrowDecimal
	arrowDate
	arrowTime
	arrowTimestamp
	arrowInterval
	arrowList
	arrowStruct
	arrowUnion
	arrowFixedBinary
	arrowFixedList
	arrowMap
	arrowDuration
	arrowLargeBinary
	arrowLargeUtf8
	arrowLargeList
	arrowRunEnds
	arrowBinaryView
	arrowUtf8View
	arrowListView
	arrowLargeListView
)

// arrowType is a type with its parameters.
type arrowType struct {
	kind     kind
	name     string
	width    int  // bytes of a value, of those that have all the same
	signed   bool // of integers
	scale    int  // of decimals
	unit     time.Duration
	zone     string
	days     bool // a date counts days, not milliseconds
	interval int16
	size     int // elements of each list, of those of one length
	dense    bool
	typeIDs  []int32 // of unions
	children []*arrowType
	// dictionary is the type of the values whose places the array holds; the
	// type itself is then that of the places.
	dictionary   *arrowType
	dictionaryID int64
}

// maxNesting is how many types may be inside each other, and maxFields how
// many a schema may have in all: those of a damaged one may share their
// children, and so be more than its bytes.
const (
	maxNesting = 64
	maxFields  = 4 * maxColumns
)

// readField reads a field of a schema; read counts those read so far.
func readField(f table, depth int, read *int) *arrowType {
	if *read++; depth > maxNesting || *read > maxFields {
		panic("types that are too many or nested too deep")
	}
	t := &arrowType{kind: kind(f.byte(2, 0)), name: f.string(0)}
	if params, ok := f.table(3); ok {
		t.read(params)
	}
	for _, child := range f.tables(5) {
		t.children = append(t.children, readField(child, depth+1, read))
	}
	t.check()
	if d, ok := f.table(4); ok {
		index := &arrowType{kind: arrowInt, name: t.name, width: 4, signed: true, dictionary: t, dictionaryID: d.int64(0)}
		if params, ok := d.table(1); ok {
			index.read(params)
			index.check()
		}
		return index
	}
	return t
}

// units are those of times, by their number.
var units = []time.Duration{time.Second, time.Millisecond, time.Microsecond, time.Nanosecond}

func unitOf(n int16) time.Duration {
	if n < 0 || int(n) >= len(units) {
		panic(fmt.Sprintf("a unit of time %d", n))
	}
	return units[n]
}

// read reads the parameters of a type.
func (t *arrowType) read(p table) {
	switch t.kind {
	case arrowInt:
		t.width, t.signed = int(p.int32(0, 0))/8, p.bool(1)
	case arrowFloat:
		t.width = 2 << min(max(p.int16(0, 0), 0), 2)
	case arrowDecimal:
		t.width, t.scale = int(p.int32(2, 128))/8, int(p.int32(1, 0))
	case arrowDate:
		t.days, t.width = p.int16(0, 1) == 0, 8
		if t.days {
			t.width = 4
		}
	case arrowTime:
		t.unit, t.width = unitOf(p.int16(0, 1)), int(p.int32(1, 32))/8
	case arrowTimestamp:
		t.unit, t.zone, t.width = unitOf(p.int16(0, 0)), p.string(1), 8
	case arrowDuration:
		t.unit, t.width = unitOf(p.int16(0, 1)), 8
	case arrowInterval:
		t.interval = p.int16(0, 0)
		t.width = []int{4, 8, 16}[min(max(t.interval, 0), 2)]
	case arrowFixedBinary:
		t.width = int(p.int32(0, 0))
	case arrowFixedList:
		t.size = int(p.int32(0, 0))
	case arrowUnion:
		t.dense = p.int16(0, 0) == 1
		at, n := p.vector(1, 4)
		for i := range n {
			t.typeIDs = append(t.typeIDs, int32(uint32(p.b[at+4*i])|uint32(p.b[at+4*i+1])<<8))
		}
	}
}

// check refuses types that are none.
func (t *arrowType) check() {
	ok := t.kind >= arrowNull && t.kind <= arrowLargeListView
	switch t.kind {
	case arrowInt:
		ok = t.width == 1 || t.width == 2 || t.width == 4 || t.width == 8
	case arrowDecimal:
		ok = t.width == 4 || t.width == 8 || t.width == 16 || t.width == 32
	case arrowTime:
		ok = t.width == 4 || t.width == 8
	case arrowFixedBinary, arrowFixedList:
		ok = t.width >= 0 && t.size >= 0
	case arrowList, arrowMap, arrowLargeList, arrowListView, arrowLargeListView:
		ok = len(t.children) == 1
	case arrowRunEnds:
		ok = len(t.children) == 2 && t.children[0].kind == arrowInt
	}
	if t.kind == arrowFixedList {
		ok = ok && len(t.children) == 1
	}
	if !ok {
		panic(fmt.Sprintf("a type %d that is none", t.kind))
	}
}

// typeIDIndex is the child of a union that a type id stands for.
func (t *arrowType) typeIDIndex(id int8) int {
	for i, have := range t.typeIDs {
		if have == int32(id) {
			return i
		}
	}
	if len(t.typeIDs) == 0 {
		return int(id)
	}
	panic("a union without the type of a value")
}
