package typedfile

import "encoding/binary"

// table is a table in a FlatBuffer, https://flatbuffers.dev/internals/. A
// damaged one leads out of its bytes, which panics: see damaged. Lengths in it
// are not trusted.
type table struct {
	b   []byte
	pos int
}

// rootTable is the table that a buffer begins with.
func rootTable(b []byte) table { return table{b, int(binary.LittleEndian.Uint32(b))} }

// field is the place of a field, 0 if the table does not have it.
func (t table) field(i int) int {
	vtable := t.pos - int(int32(binary.LittleEndian.Uint32(t.b[t.pos:])))
	size := int(binary.LittleEndian.Uint16(t.b[vtable:]))
	if 4+2*i+2 > size {
		return 0
	}
	at := int(binary.LittleEndian.Uint16(t.b[vtable+4+2*i:]))
	if at == 0 {
		return 0
	}
	return t.pos + at
}

func (t table) byte(i int, otherwise byte) byte {
	if at := t.field(i); at > 0 {
		return t.b[at]
	}
	return otherwise
}

func (t table) bool(i int) bool { return t.byte(i, 0) != 0 }

func (t table) int16(i int, otherwise int16) int16 {
	if at := t.field(i); at > 0 {
		return int16(binary.LittleEndian.Uint16(t.b[at:]))
	}
	return otherwise
}

func (t table) int32(i int, otherwise int32) int32 {
	if at := t.field(i); at > 0 {
		return int32(binary.LittleEndian.Uint32(t.b[at:]))
	}
	return otherwise
}

func (t table) int64(i int) int64 {
	if at := t.field(i); at > 0 {
		return int64(binary.LittleEndian.Uint64(t.b[at:]))
	}
	return 0
}

// table is the table that a field leads to.
func (t table) table(i int) (table, bool) {
	at := t.field(i)
	if at == 0 {
		return table{}, false
	}
	return table{t.b, at + int(binary.LittleEndian.Uint32(t.b[at:]))}, true
}

// vector is where the elements of a field begin, and how many there are: no
// more than fit into what is left of the buffer.
func (t table) vector(i, size int) (at, n int) {
	from := t.field(i)
	if from == 0 {
		return 0, 0
	}
	at = from + int(binary.LittleEndian.Uint32(t.b[from:]))
	n = int(binary.LittleEndian.Uint32(t.b[at:]))
	at += 4
	if n > (len(t.b)-at)/size {
		panic("a list that is longer than the file")
	}
	return at, n
}

// tables are the tables of a field.
func (t table) tables(i int) []table {
	at, n := t.vector(i, 4)
	out := make([]table, n)
	for k := range out {
		out[k] = table{t.b, at + 4*k + int(binary.LittleEndian.Uint32(t.b[at+4*k:]))}
	}
	return out
}

func (t table) string(i int) string {
	at, n := t.vector(i, 1)
	return string(t.b[at : at+n])
}

// int64At is an integer at a place of the buffer.
func (t table) int64At(at int) int64 { return int64(binary.LittleEndian.Uint64(t.b[at:])) }
