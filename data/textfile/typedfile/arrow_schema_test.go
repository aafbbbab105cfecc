package typedfile

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// TestReadField_SharedChildren reads a schema of a few hundred bytes in which
// each of 40 structs has the next one as both its children: a million million
// fields, if they are followed.
func TestReadField_SharedChildren(t *testing.T) {
	const levels, stride, vtable = 40, 28, 16
	b := make([]byte, vtable+stride*levels)
	le := binary.LittleEndian
	le.PutUint16(b[0:], vtable) // the size of the table of offsets
	le.PutUint16(b[4+2*2:], 8)  // the kind stands at 8
	le.PutUint16(b[4+2*5:], 4)  // the children's place at 4
	for i := range levels {
		at := vtable + stride*i
		le.PutUint32(b[at:], uint32(at)) // back to the offsets at 0
		le.PutUint32(b[at+4:], 8)
		b[at+8] = byte(arrowStruct)
		if i < levels-1 { // the last has none
			le.PutUint32(b[at+12:], 2)
			le.PutUint32(b[at+16:], stride-16)
			le.PutUint32(b[at+20:], stride-20)
		}
	}
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "too many") {
			t.Errorf("it ended with %q", said)
		}
	}()
	read := 0
	readField(table{b, vtable}, 0, &read)
}
