package textfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Sizes of unpacking.
const (
	magicBytes = 64 << 10  // are looked at to tell what a file is
	maxWindow  = 128 << 20 // of zstd; its own command line takes no more unasked
	maxNested  = 4         // packings inside each other
)

// packed is a stream out of a compressed one. It says in plain words what is
// wrong with it.
type packed struct {
	io.Reader
	name string
}

func (p *packed) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	switch {
	case err == nil, errors.Is(err, io.EOF):
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, fmt.Errorf("the %s file is cut short: fetch or make it again", p.name)
	}
	return n, fmt.Errorf("the %s file is damaged (%w): fetch or make it again", p.name, err)
}

// gunzip unpacks all members of a gzip file. Zeros behind them are padding;
// other bytes are left out and told.
type gunzip struct {
	src   *bufio.Reader
	z     *gzip.Reader
	extra func(bytes int64)
}

func newGunzip(src *bufio.Reader, extra func(int64)) (*gunzip, error) {
	z, err := gzip.NewReader(src)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &gunzip{src, z, extra}, nil
}

func (g *gunzip) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if !errors.Is(err, io.EOF) || n > 0 {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
		next, _ := g.src.Peek(2)
		if len(next) == 0 {
			return 0, io.EOF
		}
		if len(next) < 2 || next[0] != 0x1f || next[1] != 0x8b {
			return 0, g.rest()
		}
		if err := g.z.Reset(g.src); err != nil {
			return 0, err
		}
		g.z.Multistream(false)
	}
}

// rest counts what follows the last member, and ends the stream.
func (g *gunzip) rest() error {
	n, zeros := int64(0), true
	buf := make([]byte, 32<<10)
	for {
		k, err := g.src.Read(buf)
		for _, c := range buf[:k] {
			zeros = zeros && c == 0
		}
		n += int64(k)
		if err != nil {
			break
		}
	}
	if !zeros {
		g.extra(n)
	}
	return io.EOF
}

// unpack tells what a stream is, and unpacks it as often as it is packed.
func (s *source) unpack(r io.Reader) (io.Reader, container, error) {
	b := bufio.NewReaderSize(r, magicBytes)
	for depth := 0; ; depth++ {
		head, _ := b.Peek(magicBytes) // an error comes again when it is read
		kind, err := containerOf(head)
		if err != nil || kind != gzipped && kind != zstandard {
			return b, kind, err
		}
		if depth == maxNested {
			return nil, kind, fmt.Errorf("it is packed more than %d times: unpack it first", maxNested)
		}
		var inner io.Reader
		name := "gzip"
		if kind == gzipped {
			inner, err = newGunzip(b, func(n int64) {
				s.notes = append(s.notes, note{"file", fmt.Sprintf("%d bytes after gzip's end are left out", n)})
			})
		} else {
			name = "zstd"
			inner, err = zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		}
		if err != nil {
			_, err = (&packed{failing{err}, name}).Read(nil)
			return nil, kind, err
		}
		s.packed = true
		b = bufio.NewReaderSize(&packed{inner, name}, magicBytes)
	}
}

// failing is a reader of nothing but an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
