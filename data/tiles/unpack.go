package tiles

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Unpack returns what is packed with gzip or zstd, at most so many bytes of it,
// and what is not packed as it is: servers pack without being asked.
func Unpack(b []byte, most int) ([]byte, error) {
	var r io.Reader
	switch {
	case len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b:
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil, errPacked
		}
		r = z
	case len(b) > 4 && bytes.Equal(b[:4], []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(2*most)))
		if err != nil {
			return nil, errPacked
		}
		defer z.Close()
		r = z
	default:
		r = bytes.NewReader(b)
		if len(b) <= most {
			return b, nil
		}
	}
	return ReadUnpacked(r, most)
}

// ReadUnpacked reads what a reader unpacks, at most so many bytes of it.
func ReadUnpacked(r io.Reader, most int) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case err != nil:
		return nil, errPacked
	case len(out) > most:
		return nil, fmt.Errorf("it has more than %d MB unpacked", most>>20)
	}
	return out, nil
}

var errPacked = errors.New("what is packed is broken")
