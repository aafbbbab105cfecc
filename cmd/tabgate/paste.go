package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
)

// typing is what a person types while a sign-in waits: redirected addresses
// until it is over, and then the answer to a question, if there is one.
type typing struct {
	c    *command
	a    *auth.Attempt
	read func() (string, error)
	stop func() // gives the terminal back as it was

	mu      sync.Mutex
	reading bool        // somebody waits for a line
	ended   bool        // there will be no more lines
	reply   chan string // where a question's answer goes; nil without one
}

// pasteBack takes redirected addresses from the input until the attempt ends.
// A terminal does not show them: they hold a code, and terminals, multiplexers
// and recorders keep what they show.
func (c *command) pasteBack(a *auth.Attempt) *typing {
	t := &typing{c: c, a: a}
	read, stop := c.lines()
	t.read, t.stop = read, sync.OnceFunc(stop)
	t.reading = true
	fault.Go(t.run)
	return t
}

func (t *typing) run() {
	for {
		line, err := t.read()
		if t.take(line, err != nil) {
			return
		}
	}
}

// take does what a line is for, and reports whether no more are wanted: a
// terminal is left alone from then on.
func (t *typing) take(line string, last bool) (enough bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = last
	switch {
	case t.reply != nil:
		if line != "" || !last {
			t.reply <- line
		}
		enough = true
	case line != "":
		refused := t.a.Paste(line)
		if enough = refused == nil; enough {
			fmt.Fprintln(t.c.err, "Address accepted. Checking the answer.")
		} else {
			fmt.Fprintln(t.c.err, session.Clean(refused.Error(), 300))
		}
	}
	enough = enough || last
	t.reading = !enough
	if last && t.reply != nil {
		close(t.reply)
	}
	return enough
}

// ask puts a question with the terminal as it was; enter, the end of the
// input and the end of ctx answer it with no.
func (t *typing) ask(ctx context.Context, question string) (yes bool) {
	t.stop()
	for {
		fmt.Fprint(t.c.err, question+" [y/N] ")
		select {
		case line, open := <-t.next():
			word := strings.ToLower(strings.TrimSpace(line))
			switch {
			case word == "y", word == "yes":
				return true
			case word == "n", word == "no", open && word == "":
				return false
			case !open:
				fmt.Fprintln(t.c.err)
				return false
			}
		case <-ctx.Done():
			fmt.Fprintln(t.c.err)
			return false
		}
	}
}

// next gives the next line of the input, or is closed at its end.
func (t *typing) next() <-chan string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reply = make(chan string, 1)
	if t.ended {
		close(t.reply)
	} else if !t.reading {
		t.reading = true
		fault.Go(t.run)
	}
	return t.reply
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
