package prompt

import (
	"bufio"
	"io"
)

// lineLimit is longer than any address that an attempt takes, so that one
// that was cut is refused.
const lineLimit = 64 << 10

// oneLine reads one line of the input and nothing beyond it, for whoever reads
// on later.
func oneLine(in io.Reader) (string, error) {
	return line(bufio.NewReaderSize(single{in}, 16))
}

// single gives one byte at a time.
type single struct{ in io.Reader }

func (s single) Read(p []byte) (int, error) { return s.in.Read(p[:min(len(p), 1)]) }

// line reads up to the end of a line or of the input, and keeps the beginning
// of a line that is too long. Windows sends the keys as they are: enter is a
// carriage return, and nothing else handles backspace.
func line(in *bufio.Reader) (string, error) {
	var b []byte
	for {
		c, err := in.ReadByte()
		switch {
		case err != nil:
			return string(b), err
		case c == '\n' || c == '\r':
			return string(b), nil
		case c == '\b':
			b = b[:max(0, len(b)-1)]
		case len(b) < lineLimit:
			b = append(b, c)
		}
	}
}
