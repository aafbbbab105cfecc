package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/screen/process"
)

// ended turns the end of the screen into the end of the program. A panic's
// report goes to a file, which the one line on the terminal names.
func (w *world) ended(err error) error {
	var fault *screen.PanicError
	var sig *screen.SignalError
	switch {
	case errors.As(err, &sig):
		if sig.Stuck {
			process.Raise(sig.Signal) // whatever else would be printed could wait for ever
		}
		return coded{exitInterrupted, errors.New("")}
	case errors.As(err, &fault):
		return w.report(fault)
	}
	return err
}

// report keeps what is needed to fix a fault: the version, the panic's value
// and the stack, which shows addresses and no texts. The value may quote
// anything, so what looks like a token, a code or an address is left out.
func (w *world) report(fault *screen.PanicError) error {
	dir := config.Dirs(w.env).State
	path := filepath.Join(dir, "panic-"+w.now().UTC().Format("20060102-150405")+".txt")
	said := masked(session.Clean(fault.Error(), 500))
	text := fmt.Sprintf("%s\n%s\n\n%s", versionText(), said, fault.Stack)
	if dir == "" || os.MkdirAll(dir, 0o700) != nil || os.WriteFile(path, []byte(text), 0o600) != nil {
		return fail(exitFailed, said+" (the report could not be written)")
	}
	return fail(exitFailed, "a fault in the program ended it; the report is in "+path)
}

// masked leaves out of text each word that is an address or holds 16 letters,
// digits and signs of base64url in a row with a digit among them: tokens,
// codes and states are longer, and names in a panic have no digits.
func masked(text string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		if strings.Contains(word, "://") || opaque(word) {
			words[i] = "[redacted]"
		}
	}
	return strings.Join(words, " ")
}

func opaque(word string) bool {
	run, digit := 0, false
	for _, r := range word {
		switch {
		case r >= '0' && r <= '9':
			run, digit = run+1, true
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '-', r == '_':
			run++
		default:
			run, digit = 0, false
		}
		if run >= 16 && digit {
			return true
		}
	}
	return false
}
