package typedfile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

var errSnappy = errors.New("a page that is not Snappy")

// maxRatio is more than LZ4 and Snappy can pack.
const maxRatio = 256

// unpackSnappy unpacks a block of Snappy, whose elements are literals and
// copies of what came: https://github.com/google/snappy/blob/main/format_description.txt.
func unpackSnappy(dst, b []byte, size int) ([]byte, error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n != uint64(size) || size > len(b)*maxRatio {
		return nil, errSnappy
	}
	dst = sized(dst, size)
	b = b[k:]
	at := 0
	for len(b) > 0 {
		if b[0]&3 == 0 {
			text, rest, ok := snappyLiteral(b)
			if !ok || len(text) > size-at {
				return nil, errSnappy
			}
			at += copy(dst[at:], text)
			b = rest
			continue
		}
		length, offset, used := snappyCopy(b)
		if offset <= 0 || offset > at || length > size-at {
			return nil, errSnappy
		}
		for end := at + length; at < end; { // it may repeat itself
			at += copy(dst[at:end], dst[at-offset:at])
		}
		b = b[used:]
	}
	return dst[:at], nil
}

// snappyLiteral takes a literal off the front.
func snappyLiteral(b []byte) (text, rest []byte, ok bool) {
	length, used := int(b[0]>>2)+1, 1
	if extra := length - 60; extra > 0 { // the length stands behind, in so many bytes
		if len(b) < 1+extra {
			return nil, nil, false
		}
		length, used = 0, 1+extra
		for i := extra; i > 0; i-- {
			length = length<<8 | int(b[i])
		}
		length++
	}
	if length > len(b)-used {
		return nil, nil, false
	}
	return b[used : used+length], b[used+length:], true
}

// snappyCopy is what a copy says, and how many bytes it takes; an offset of 0
// is none.
func snappyCopy(b []byte) (length, offset, used int) {
	tag := b[0]
	used = 3
	switch tag & 3 {
	case 1:
		used = 2
	case 3:
		used = 5
	}
	if len(b) < used {
		return 0, 0, 0
	}
	length = int(tag>>2) + 1
	switch used {
	case 2:
		return int(tag>>2&7) + 4, int(tag>>5)<<8 | int(b[1]), used
	case 3:
		return length, int(binary.LittleEndian.Uint16(b[1:])), used
	}
	return length, int(binary.LittleEndian.Uint32(b[1:])), used
}

func unpackGzip(dst, packed []byte, size int) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return grown(dst, z, size)
}

func unpackBrotli(dst, packed []byte, size int) ([]byte, error) {
	return grown(dst, brotli.NewReader(bytes.NewReader(packed)), size)
}

// zstdReader unpacks blocks of zstd.
var zstdReader struct {
	once sync.Once
	*zstd.Decoder
	err error
}

func unpackZstd(dst, packed []byte, size int) ([]byte, error) {
	z := &zstdReader
	z.once.Do(func() {
		z.Decoder, z.err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecodeAllCapLimit(true))
	})
	if z.err != nil {
		return nil, z.err
	}
	return z.DecodeAll(packed, sized(dst, size)[:0:size])
}

func unpackLZ4(dst, packed []byte, size int) ([]byte, error) {
	if size > len(packed)*maxRatio {
		return nil, errors.New("a page that is not LZ4")
	}
	dst = sized(dst, size)
	n, err := lz4.UncompressBlock(packed, dst)
	return dst[:max(n, 0)], err
}
