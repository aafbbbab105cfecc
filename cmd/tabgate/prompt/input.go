// Package prompt reads what a person types while a command runs: lines that
// the terminal does not show, and answers to questions. It gives the terminal
// back as it was, also where the process ends at once. It knows no command and
// not what the lines mean.
package prompt

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
)

// Input is what a person types while a command waits: lines for the command
// until it has had enough, and then the answer to a question, if there is one.
type Input struct {
	out  io.Writer                       // where questions are shown
	use  func(line string) (enough bool) // gets each line that is no answer
	read func() (string, error)
	stop func() // gives the terminal back as it was

	mu      sync.Mutex
	reading bool        // somebody waits for a line
	ended   bool        // there will be no more lines
	reply   chan string // where a question's answer goes; nil without one
}

// Start reads lines from in for use, until that reports that it has had
// enough. A terminal does not show them until Stop: terminals, multiplexers
// and recorders keep what they show.
func Start(in io.Reader, terminal bool, out io.Writer, use func(line string) (enough bool)) *Input {
	t := &Input{out: out, use: use, reading: true}
	read, stop := hiddenLines(in, terminal)
	t.read, t.stop = read, sync.OnceFunc(stop)
	fault.Go(t.run)
	return t
}

// Later returns an input that reads nothing before it is asked something.
func Later(in io.Reader, out io.Writer) *Input {
	return &Input{out: out, stop: func() {}, read: func() (string, error) { return oneLine(in) }}
}

// Stop lets the terminal show again what is typed.
func (t *Input) Stop() { t.stop() }

func (t *Input) run() {
	for {
		line, err := t.read()
		if t.take(line, err != nil) {
			return
		}
	}
}

// take does what a line is for, and reports whether no more are wanted: a
// terminal is left alone from then on.
func (t *Input) take(line string, last bool) (enough bool) {
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
		enough = t.use(line)
	}
	enough = enough || last
	t.reading = !enough
	if last && t.reply != nil {
		close(t.reply)
	}
	return enough
}

// Ask puts a question with the terminal as it was; enter, the end of the
// input and the end of ctx answer it with no.
func (t *Input) Ask(ctx context.Context, question string) (yes bool) {
	t.stop()
	for {
		fmt.Fprint(t.out, question+" [y/N] ")
		select {
		case line, open := <-t.next():
			word := strings.ToLower(strings.TrimSpace(line))
			switch {
			case word == "y", word == "yes":
				return true
			case word == "n", word == "no", open && word == "":
				return false
			case !open:
				fmt.Fprintln(t.out)
				return false
			}
		case <-ctx.Done():
			fmt.Fprintln(t.out)
			return false
		}
	}
}

// next gives the next line of the input, or is closed at its end.
func (t *Input) next() <-chan string {
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

// hiddenLines reads the input line by line, from a terminal without echo: it
// has none from here on until stop.
func hiddenLines(in io.Reader, terminal bool) (read func() (string, error), stop func()) {
	lines, stop := bufio.NewReader(io.LimitReader(in, 1<<20)), func() {}
	if f, ok := in.(*os.File); ok && terminal {
		stop = disableEcho(int(f.Fd()))
	}
	return func() (string, error) { return line(lines) }, stop
}
