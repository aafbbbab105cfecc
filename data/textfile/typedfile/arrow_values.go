package typedfile

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/authtabs/tabgate/data/frame"
)

// arrowReader appends the values of a field to a vector.
type arrowReader struct {
	kind     frame.Type
	add      func(a *arrowArray, i int, v *frame.Vector) // of a value that is there
	floats   bool
	unsigned bool // of 64 bits
	told     string
}

// value is the type of the values of a field, behind dictionaries and runs.
func (t *arrowType) value() *arrowType {
	for {
		switch {
		case t.dictionary != nil:
			t = t.dictionary
		case t.kind == arrowRunEnds:
			t = t.children[1]
		default:
			return t
		}
	}
}

// readerOf tells how the values of a field are read.
func readerOf(f *arrowType) arrowReader {
	t := f.value()
	switch t.kind {
	case arrowNull:
		return arrowReader{kind: frame.Text, add: addText}
	case arrowInt:
		return arrowReader{kind: frame.Integer, unsigned: !t.signed && t.width == 8, add: addInt}
	case arrowFloat, arrowDecimal:
		return arrowReader{kind: frame.Number, floats: t.kind == arrowFloat, add: addFloat}
	case arrowBool:
		return arrowReader{kind: frame.Boolean, add: func(a *arrowArray, i int, v *frame.Vector) {
			v.AppendBool(a.buffers[0][i/8]>>(i%8)&1 != 0)
		}}
	case arrowDate:
		return arrowReader{kind: frame.Date, add: addDate}
	case arrowTime:
		return arrowReader{kind: frame.Time, add: addMoment}
	case arrowTimestamp:
		return arrowReader{kind: frame.Datetime, add: addMoment}
	case arrowDuration:
		return arrowReader{kind: frame.Integer, add: addInt, told: "durations, counted in " + unitName(t.unit)}
	case arrowUtf8, arrowLargeUtf8, arrowUtf8View, arrowBinary, arrowLargeBinary, arrowBinaryView, arrowFixedBinary, arrowInterval:
		return arrowReader{kind: frame.Text, add: addText}
	}
	return arrowReader{kind: frame.JSON, add: func(a *arrowArray, i int, v *frame.Vector) { v.AppendText(a.json(nil, i)) }}
}

func unitName(unit time.Duration) string {
	switch unit {
	case time.Second:
		return "seconds"
	case time.Millisecond:
		return "milliseconds"
	case time.Microsecond:
		return "microseconds"
	}
	return "nanoseconds"
}

func addInt(a *arrowArray, i int, v *frame.Vector) { v.AppendInt(a.int(i)) }

func addFloat(a *arrowArray, i int, v *frame.Vector) {
	if f := a.float(i); math.IsNaN(f) {
		v.AppendNull()
	} else {
		v.AppendFloat(f)
	}
}

// float is a value of a float or a decimal.
func (a *arrowArray) float(i int) float64 {
	b := a.buffers[0][i*a.t.width : (i+1)*a.t.width]
	switch {
	case a.t.kind == arrowDecimal:
		return scaled(littleEndian(b), a.t.scale)
	case a.t.width == 2:
		return half(binary.LittleEndian.Uint16(b))
	case a.t.width == 4:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// littleEndian reads an integer in two's complement.
func littleEndian(b []byte) *big.Int {
	turned := make([]byte, len(b))
	for i, c := range b {
		turned[len(b)-1-i] = c
	}
	return twosComplement(turned)
}

func addDate(a *arrowArray, i int, v *frame.Vector) {
	n := a.int(i)
	if !a.t.days {
		s, _ := split(n, time.Millisecond)
		n = s / 86400
		if s%86400 < 0 {
			n--
		}
	}
	v.AppendInt(n)
}

func addMoment(a *arrowArray, i int, v *frame.Vector) {
	s, n := split(a.int(i), a.t.unit)
	zone := frame.NoZone
	if a.t.zone != "" {
		zone = frame.UTC
	}
	v.AppendMoment(s, n, zone)
}

func addText(a *arrowArray, i int, v *frame.Vector) { v.AppendText(a.text(i)) }

// text is a value as text: bytes in hexadecimal.
func (a *arrowArray) text(i int) []byte {
	switch a.t.kind {
	case arrowUtf8, arrowLargeUtf8:
		return a.bytes(i)
	case arrowUtf8View:
		return a.view(i)
	case arrowBinary, arrowLargeBinary:
		return hex.AppendEncode(nil, a.bytes(i))
	case arrowBinaryView:
		return hex.AppendEncode(nil, a.view(i))
	case arrowFixedBinary:
		return hex.AppendEncode(nil, a.buffers[0][i*a.t.width:(i+1)*a.t.width])
	case arrowInterval:
		return a.intervalText(i)
	}
	return nil
}

// bytes is a value between two offsets.
func (a *arrowArray) bytes(i int) []byte {
	from, to := a.span(i)
	return a.buffers[1][from:to]
}

// span are the offsets of a value: of bytes, or of a list's elements.
func (a *arrowArray) span(i int) (from, to int64) {
	b := a.buffers[0]
	switch a.t.kind {
	case arrowUtf8, arrowBinary, arrowList, arrowMap:
		return int64(int32(binary.LittleEndian.Uint32(b[4*i:]))), int64(int32(binary.LittleEndian.Uint32(b[4*i+4:])))
	case arrowListView:
		from = int64(int32(binary.LittleEndian.Uint32(b[4*i:])))
		return from, from + int64(int32(binary.LittleEndian.Uint32(a.buffers[1][4*i:])))
	case arrowLargeListView:
		from = int64(binary.LittleEndian.Uint64(b[8*i:]))
		return from, from + int64(binary.LittleEndian.Uint64(a.buffers[1][8*i:]))
	case arrowFixedList:
		return int64(i) * int64(a.t.size), int64(i+1) * int64(a.t.size)
	}
	return int64(binary.LittleEndian.Uint64(b[8*i:])), int64(binary.LittleEndian.Uint64(b[8*i+8:]))
}

// view is a value of a view: short ones stand in it, others in a buffer.
func (a *arrowArray) view(i int) []byte {
	b := a.buffers[0][16*i : 16*i+16]
	n := int(int32(binary.LittleEndian.Uint32(b)))
	if n <= 12 {
		return b[4 : 4+n]
	}
	k, at := int(binary.LittleEndian.Uint32(b[8:])), int(binary.LittleEndian.Uint32(b[12:]))
	return a.buffers[1+k][at : at+n]
}

// intervalText is an interval as ISO 8601 has it.
func (a *arrowArray) intervalText(i int) []byte {
	b := a.buffers[0][i*a.t.width:]
	part := func(at int) int64 { return int64(int32(binary.LittleEndian.Uint32(b[at:]))) }
	switch a.t.interval {
	case 0:
		return fmt.Appendf(nil, "P%dM", part(0))
	case 1:
		return fmt.Appendf(nil, "P%dDT%gS", part(0), float64(part(4))/1000)
	}
	return fmt.Appendf(nil, "P%dM%dDT%gS", part(0), part(4), float64(int64(binary.LittleEndian.Uint64(b[8:])))/1e9)
}

// json appends a value as JSON.
func (a *arrowArray) json(dst []byte, i int) []byte {
	a, i = a.at(i)
	if a == nil {
		return append(dst, "null"...)
	}
	switch a.t.kind {
	case arrowStruct:
		dst = append(dst, '{')
		for k, child := range a.children {
			if k > 0 {
				dst = append(dst, ',')
			}
			dst = append(frame.AppendQuoted(dst, []byte(a.t.children[k].name)), ':')
			dst = child.json(dst, i)
		}
		return append(dst, '}')
	case arrowList, arrowLargeList, arrowFixedList, arrowMap, arrowListView, arrowLargeListView:
		from, to := a.span(i)
		if from < 0 || to > int64(a.children[0].n) || from > to {
			panic("a list that leads outside")
		}
		dst = append(dst, '[')
		for k := from; k < to; k++ {
			if k > from {
				dst = append(dst, ',')
			}
			dst = a.children[0].json(dst, int(k))
		}
		return append(dst, ']')
	}
	r := readerOf(a.t)
	var v frame.Vector
	v.Reset(r.kind)
	if r.unsigned {
		return strconv.AppendUint(dst, uint64(a.int(i)), 10)
	}
	r.add(a, i, &v)
	return v.AppendJSON(dst, 0)
}
