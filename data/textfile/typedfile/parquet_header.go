package typedfile

import "fmt"

// Kinds of pages.
const (
	pageData       = 0
	pageDictionary = 2
	pageDataV2     = 3
)

// pageHeader is what stands before a page.
type pageHeader struct {
	kind                 int
	unpacked, packed     int
	crc                  uint32
	hasCRC, hasData      bool
	values               int
	encoding             int
	defEncoding          int
	repEncoding          int
	defLength, repLength int // bytes of levels before the packed part, in a page of the second kind
	plain                bool
}

// header reads the header of the next page, and goes behind it.
func (r *pageReader) header() (h pageHeader) {
	for size := int64(256); ; size *= 8 {
		buf := make([]byte, min(size, r.end-r.at))
		if err := readFull(r.in, buf, r.at); err != nil {
			panic(err)
		}
		n, ok := h.parse(buf)
		if ok {
			r.at += int64(n)
			break
		}
		if int64(len(buf)) == r.end-r.at || size > maxPageHeader {
			panic("a page without its header")
		}
	}
	if h.unpacked < 0 || h.unpacked > maxPage || h.packed < 0 || int64(h.packed) > r.end-r.at {
		panic(fmt.Sprintf("a page of %d bytes, unpacked %d", h.packed, h.unpacked))
	}
	if h.values < 0 || h.values > maxPageValues {
		panic(fmt.Sprintf("a page of %d values", h.values))
	}
	return h
}

// parse reads a header, if it is whole.
func (h *pageHeader) parse(b []byte) (n int, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			if p != errThriftShort {
				panic(p)
			}
			ok = false
		}
	}()
	*h = pageHeader{}
	t := &thrift{b: b}
	t.structure(func(id int, kind byte) bool {
		switch {
		case id == 1 && kind == thriftI32:
			h.kind = int(t.int())
		case id == 2 && kind == thriftI32:
			h.unpacked = int(t.int())
		case id == 3 && kind == thriftI32:
			h.packed = int(t.int())
		case id == 4 && kind == thriftI32:
			h.crc, h.hasCRC = uint32(t.int()), true
		case (id == 5 || id == 7 || id == 8) && kind == thriftStruct:
			h.hasData = id != 7
			t.structure(func(field int, kind byte) bool { return h.dataField(t, id, field, kind) })
		default:
			return false
		}
		return true
	})
	return t.at, true
}

// dataField reads a field of the part of a header that its kind of page has.
func (h *pageHeader) dataField(t *thrift, part, id int, kind byte) bool {
	if part == 8 && id == 7 {
		h.plain = kind == thriftFalse
		return false
	}
	if kind != thriftI32 {
		return false
	}
	var to *int
	switch {
	case id == 1:
		to = &h.values
	case part == 8 && id == 4, part != 8 && id == 2:
		to = &h.encoding
	case part == 5 && id == 3:
		to = &h.defEncoding
	case part == 5 && id == 4:
		to = &h.repEncoding
	case part == 8 && id == 5:
		to = &h.defLength
	case part == 8 && id == 6:
		to = &h.repLength
	default:
		return false
	}
	*to = int(t.int())
	return true
}
