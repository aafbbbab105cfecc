package main

import (
	"fmt"
	"runtime/debug"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
	"github.com/authtabs/tabgate/tui/screen"
)

// crash ends the program in order after a panic: the terminal is given back,
// and one line names the report. It gives the exit code.
func (w *world) crash(value any) int {
	prompt.Restore()
	err := w.report(&screen.PanicError{Value: value, Stack: debug.Stack()})
	fmt.Fprintln(w.err, "tabgate: "+session.Clean(err.Error(), 1000))
	return exitFailed
}

// caught runs do, and makes a panic in it the end of the program.
func (w *world) caught(do func() int) (code int) {
	defer func() {
		if value := recover(); value != nil {
			code = w.crash(value)
		}
	}()
	return do()
}
