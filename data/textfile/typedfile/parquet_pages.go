package typedfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"
)

// Bounds of a page. Writers make pages of about 1 MiB.
const (
	maxPage       = 512 << 20 // bytes, unpacked
	maxPageValues = 1 << 26
	maxPageHeader = 16 << 20 // bytes; the least and the greatest value stand in it
)

// pageReader reads the pages of one leaf in one row group.
type pageReader struct {
	in      Input
	leaf    *node
	codec   int
	at, end int64
	left    int64 // values that come
	packed  []byte
	raw     []byte
	dict    *page
	page
}

func newPageReader(in Input, leaf *node, c *chunk) *pageReader {
	r := &pageReader{in: in, leaf: leaf, codec: c.codec, left: c.values}
	r.at, r.end = c.pages()
	return r
}

// next reads the next page of data, but for the first values if it has no more
// than those: then it only says how many it has. It reports false at the end.
func (r *pageReader) next(skip int, levelsOnly bool) (n int, ok bool) {
	for r.left > 0 {
		if r.at >= r.end {
			panic("a column with less values than it says")
		}
		h := r.header()
		body := r.at
		r.at += int64(h.packed)
		switch h.kind {
		case pageDictionary:
			r.dict = &page{}
			r.body(&h, body)
			r.dict.decode(r.leaf, h.encoding, r.unpack(h, r.packed), h.values)
			r.dict.n, r.packed, r.raw = h.values, nil, nil // it keeps the bytes
		case pageData, pageDataV2:
			if int64(h.values) > r.left || !h.hasData {
				panic("a page with more values than its column")
			}
			r.left -= int64(h.values)
			if h.values <= skip {
				return h.values, true
			}
			r.body(&h, body)
			r.read(h, levelsOnly)
			return h.values, true
		}
	}
	return 0, false
}

// body reads the bytes of a page as they are stored.
func (r *pageReader) body(h *pageHeader, at int64) {
	if cap(r.packed) < h.packed {
		r.packed = make([]byte, h.packed)
	}
	r.packed = r.packed[:h.packed]
	if err := readFull(r.in, r.packed, at); err != nil {
		panic(err)
	}
	if h.hasCRC && crc32.ChecksumIEEE(r.packed) != h.crc {
		panic("a page whose checksum is another")
	}
}

// unpack unpacks what is packed of a page.
func (r *pageReader) unpack(h pageHeader, packed []byte) []byte {
	size := h.unpacked
	if h.kind == pageDataV2 {
		size -= h.defLength + h.repLength
	}
	if h.plain || r.codec == 0 {
		need(len(packed), size)
		return packed
	}
	var err error
	if r.raw, err = unpackPage(r.raw[:0], packed, r.codec, size); err != nil {
		panic(err)
	}
	return r.raw
}

// read takes a page of data apart.
func (r *pageReader) read(h pageHeader, levelsOnly bool) {
	p := &r.page
	p.n = h.values
	var data []byte
	if h.kind == pageDataV2 {
		if h.defLength < 0 || h.repLength < 0 || h.defLength+h.repLength > min(len(r.packed), h.unpacked) {
			panic("a page's levels are longer than the page")
		}
		levels := r.packed[:h.repLength+h.defLength]
		p.rep = levelsOf(p.rep, levels[:h.repLength], r.leaf.maxRep, p.n)
		p.def = levelsOf(p.def, levels[h.repLength:], r.leaf.maxDef, p.n)
		if levelsOnly {
			return
		}
		data = r.unpack(h, r.packed[len(levels):])
	} else {
		data = r.unpack(h, r.packed)
		p.rep, data = firstLevels(p.rep, data, r.leaf.maxRep, p.n, h.repEncoding)
		p.def, data = firstLevels(p.def, data, r.leaf.maxDef, p.n, h.defEncoding)
		if levelsOnly {
			return
		}
	}
	defined := p.n
	if r.leaf.maxDef > 0 {
		defined = bytes.Count(p.def, []byte{byte(r.leaf.maxDef)})
	}
	switch h.encoding {
	case encodingPlainDictionary, encodingDictionary:
		if r.dict == nil {
			panic("a page of places in a dictionary that is not there")
		}
		p.pick(r.dict, data, defined, r.leaf.physical)
	default:
		p.decode(r.leaf, h.encoding, data, defined)
	}
}

// levelsOf reads the levels of a page; nil if all are 0.
func levelsOf(dst, b []byte, most, n int) []byte {
	if most == 0 {
		return nil
	}
	dst = sized(dst, n)
	hybrid(b, bits.Len(uint(most)), dst)
	for _, l := range dst {
		if int(l) > most {
			panic("a level that the schema does not have")
		}
	}
	return dst
}

// firstLevels reads levels off the front of a page of the first kind.
func firstLevels(dst, b []byte, most, n, encoding int) (levels, rest []byte) {
	if most == 0 {
		return nil, b
	}
	if encoding == encodingBitPacked {
		width := bits.Len(uint(most))
		size := (n*width + 7) / 8
		need(len(b), size)
		dst = sized(dst, n)
		for i := range dst {
			dst[i] = 0
			for k := i * width; k < (i+1)*width; k++ { // from the highest bit down
				dst[i] = dst[i]<<1 | b[k/8]>>(7-k%8)&1
			}
			if int(dst[i]) > most {
				panic("a level that the schema does not have")
			}
		}
		return dst, b[size:]
	}
	need(len(b), 4)
	size := int(binary.LittleEndian.Uint32(b))
	need(len(b)-4, size)
	return levelsOf(dst, b[4:4+size], most, n), b[4+size:]
}

// sized is a slice of n elements, of the memory of another where that does.
func sized[E any](s []E, n int) []E {
	if cap(s) < n {
		return make([]E, n)
	}
	return s[:n]
}

// unpackPage unpacks a page to a size, into the memory of dst.
func unpackPage(dst, packed []byte, codec, size int) ([]byte, error) {
	if size == 0 && len(packed) == 0 {
		return dst, nil
	}
	var err error
	switch codec {
	case 1:
		dst, err = unpackSnappy(dst, packed, size)
	case 2:
		dst, err = unpackGzip(dst, packed, size)
	case 4:
		dst, err = unpackBrotli(dst, packed, size)
	case 6:
		dst, err = unpackZstd(dst, packed, size)
	case 7:
		dst, err = unpackLZ4(dst, packed, size)
	case 3:
		err = errors.New("packed with LZO, which is not read here")
	case 5:
		err = errors.New("packed with LZ4 as Hadoop has it, which is not read here")
	default:
		err = fmt.Errorf("packed with codec %d, which is not read here", codec)
	}
	if err == nil && len(dst) != size {
		err = fmt.Errorf("a page of %d bytes instead of %d", len(dst), size)
	}
	return dst, err
}

// grown reads a stream that unpacks to a size. It grows as it comes, so that a
// false size costs nothing.
func grown(dst []byte, r io.Reader, size int) ([]byte, error) {
	out := bytes.NewBuffer(dst)
	_, err := io.Copy(out, io.LimitReader(r, int64(size)+1))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("a page that ends early")
	}
	return out.Bytes(), err
}
