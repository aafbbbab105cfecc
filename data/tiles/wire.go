package tiles

import (
	"encoding/binary"
	"errors"
)

// errCut tells bytes that end within a value or are none.
var errCut = errors.New("the tile is cut short or no vector tile")

// wire reads the fields of a message in protocol buffers' encoding.
type wire []byte

// field is one of them: a number, or the bytes of what has a length.
type field struct {
	id    uint64
	kind  uint64 // 0 varint, 1 eight bytes, 2 of a length, 5 four bytes
	value uint64
	bytes wire
}

// varint takes a number of up to ten bytes.
func (w *wire) varint() (uint64, error) {
	v, n := binary.Uvarint(*w)
	if n <= 0 {
		return 0, errCut
	}
	*w = (*w)[n:]
	return v, nil
}

// take takes so many bytes.
func (w *wire) take(n uint64) (wire, error) {
	if n > uint64(len(*w)) {
		return nil, errCut
	}
	b := (*w)[:n]
	*w = (*w)[n:]
	return b, nil
}

// next takes a field.
func (w *wire) next() (f field, err error) {
	key, err := w.varint()
	if err != nil {
		return f, err
	}
	f.id, f.kind = key>>3, key&7
	switch f.kind {
	case 0:
		f.value, err = w.varint()
	case 1:
		if f.bytes, err = w.take(8); err == nil {
			f.value = binary.LittleEndian.Uint64(f.bytes)
		}
	case 2:
		var n uint64
		if n, err = w.varint(); err == nil {
			f.bytes, err = w.take(n)
		}
	case 5:
		if f.bytes, err = w.take(4); err == nil {
			f.value = uint64(binary.LittleEndian.Uint32(f.bytes))
		}
	default:
		err = errCut
	}
	return f, err
}

// each visits the fields of a message.
func (w wire) each(visit func(field) error) error {
	for len(w) > 0 {
		f, err := w.next()
		if err == nil {
			err = visit(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// packed visits the numbers of a packed list.
func (w wire) packed(visit func(uint64) error) error {
	for len(w) > 0 {
		v, err := w.varint()
		if err == nil {
			err = visit(v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func zigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }
