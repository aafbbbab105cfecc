package tiles

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The packings, as PMTiles numbers them.
const (
	packedUnknown = iota
	packedNone
	packedGzip
	packedBrotli
	packedZstd
)

// sniff tells bytes that are packed from others: servers pack without being
// asked, and archives do not always say that they did.
func sniff(b []byte) uint8 {
	switch {
	case len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b:
		return packedGzip
	case len(b) > 4 && bytes.Equal(b[:4], []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return packedZstd
	}
	return packedNone
}

// unpack returns what is packed, at most so many bytes of it.
func unpack(b []byte, how uint8, most int) ([]byte, error) {
	var r io.Reader
	switch how {
	case packedUnknown, packedNone:
		if len(b) > most {
			return nil, tooLarge(most)
		}
		return b, nil
	case packedGzip:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, errPacked
		}
		r = z
	case packedBrotli:
		r = brotli.NewReader(bytes.NewReader(b))
	case packedZstd:
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(2*most)))
		if err != nil {
			return nil, errPacked
		}
		defer z.Close()
		r = z
	default:
		return nil, fmt.Errorf("packing %d is not known", how)
	}
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, errPacked
	case len(out) > most:
		return nil, tooLarge(most)
	}
	return out, nil
}

var errPacked = errors.New("what is packed is broken")

func tooLarge(most int) error { return fmt.Errorf("it has more than %d MB unpacked", most>>20) }
