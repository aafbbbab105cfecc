package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/session"
)

// pasteBack takes redirected addresses from the input until the attempt ends.
// A terminal does not show them: they hold a code, and terminals, multiplexers
// and recorders keep what they show. stop gives the terminal back as it was.
func (c *command) pasteBack(a *auth.Attempt) (stop func()) {
	read, stop := c.lines()
	go func() {
		for {
			line, err := read()
			if line != "" {
				refused := a.Paste(line)
				if refused == nil {
					fmt.Fprintln(c.err, "Address accepted. Checking the answer.")
					return // a terminal is left alone from here on
				}
				fmt.Fprintln(c.err, session.Clean(refused.Error(), 300))
			}
			if err != nil {
				return
			}
		}
	}()
	return stop
}

// lineLimit is longer than any address that an attempt takes, so that one
// that was cut is refused.
const lineLimit = 64 << 10

// lines reads the input line by line, from a terminal without echo: it has
// none from here on until stop.
func (c *command) lines() (read func() (string, error), stop func()) {
	in, stop := bufio.NewReader(io.LimitReader(c.in, 1<<20)), func() {}
	if f, ok := c.in.(*os.File); ok && c.inTTY {
		stop = hush(int(f.Fd()))
	}
	return func() (string, error) { return line(in) }, stop
}

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
// carriage return, and nobody else heeds backspace.
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
