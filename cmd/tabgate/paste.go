package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

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

// lines reads the input line by line, from a terminal without echo: it has
// none from here on until stop.
func (c *command) lines() (read func() (string, error), stop func()) {
	if f, ok := c.in.(*os.File); ok && c.inTTY {
		fd := int(f.Fd())
		if before, err := term.GetState(fd); err == nil {
			// ReadPassword mutes the terminal while it reads, which is not all the
			// time; without this what comes in between would be shown.
			_ = muteEcho(fd)
			read = func() (string, error) { b, err := term.ReadPassword(fd); return string(b), err }
			return read, func() { _ = term.Restore(fd, before) } // nothing is left to be done if it fails
		}
	}
	lines := bufio.NewScanner(io.LimitReader(c.in, 1<<20))
	lines.Buffer(nil, 16<<10)
	read = func() (string, error) {
		if lines.Scan() {
			return lines.Text(), nil
		}
		return "", io.EOF
	}
	return read, func() {}
}
