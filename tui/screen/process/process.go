// Package process hands the terminal of this process, and the signals about
// it, to a screen. Whatever belongs to the process as a whole is here, so that
// package screen needs none of it.
package process

import (
	"fmt"
	"os"
	"os/signal"

	"github.com/charmbracelet/x/term"

	"github.com/authtabs/tabgate/tui/screen"
)

// Terminal is the terminal of this process.
type Terminal struct {
	in, out *os.File
	opened  bool // in is ours to close
	signals chan os.Signal
	env     func(string) string
}

// Open takes the process's standard input and output, and begins to receive
// signals: before there is a frame that one could be an answer to. Where in is
// no terminal, the controlling one is opened. Env looks up the environment.
func Open(in, out *os.File, env func(string) string) (*Terminal, error) {
	t := &Terminal{in: in, out: out, env: env, signals: make(chan os.Signal, 4)}
	if !term.IsTerminal(in.Fd()) {
		var err error
		if t.in, err = openInput(); err != nil {
			return nil, fmt.Errorf("open the terminal: %w", err)
		}
		t.opened = true
	}
	signal.Notify(t.signals, signals...)
	return t, nil
}

// Close gives the signals back.
func (t *Terminal) Close() {
	signal.Stop(t.signals)
	if t.opened {
		_ = t.in.Close()
	}
}

// IO is the terminal as a screen is handed it.
func (t *Terminal) IO(o screen.Options) screen.IO {
	io := screen.IO{In: t.in, Out: t.out, Signals: t.signals, Env: t.env, Clipboard: t.copy, Options: o}
	if canStop {
		io.Stop = stop
	}
	return io
}
