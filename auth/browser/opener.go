package browser

import (
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/pkg/browser"
)

// grace is how long a started opener is watched for failing at once. Most
// openers hand over to a running browser and end, some are the browser.
const grace = 400 * time.Millisecond

// Opener starts a browser. The zero Opener has none.
type Opener struct {
	argv    []string
	env     []string
	library bool // leave it to pkg/browser
	desktop bool // the desktop's own opener, see Desktop
}

// Found reports whether there is a browser to open.
func (o Opener) Found() bool { return o.library || len(o.argv) > 0 }

// Desktop reports whether the opener is the desktop's own, such as xdg-open,
// which hands any web address to the person's default browser on this machine.
// A command of the person's choice may be anything, and WSL's openers lead to
// a browser on Windows.
func (o Opener) Desktop() bool { return o.desktop }

// Name is the command's name, for a person; "" without one.
func (o Opener) Name() string {
	switch {
	case o.library:
		return "the system's browser"
	case len(o.argv) > 0:
		return filepath.Base(o.argv[0])
	}
	return ""
}

// Open starts the browser on an address and does not wait for it to end: the
// child has no terminal, no secret of ours in its environment, and its output
// is discarded. No shell is involved. An error says that the address is not
// one to open, or that the command failed at once.
func (o Opener) Open(url string) error {
	if err := checkURL(url); err != nil {
		return fmt.Errorf("the browser was not opened: %w", err)
	}
	var ended <-chan error
	switch {
	case o.library:
		ended = openByLibrary(url)
	case len(o.argv) > 0:
		cmd := exec.Command(o.argv[0], append(o.argv[1:len(o.argv):len(o.argv)], url)...)
		cmd.Env = o.env
		detach(cmd)
		if err := cmd.Start(); err != nil {
			return fmt.Errorf("the browser was not opened: %s did not start", o.Name())
		}
		ended = wait(cmd)
	default:
		return errors.New("there is no browser to open")
	}
	watch := time.NewTimer(grace)
	defer watch.Stop()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("the browser was not opened: %s failed", o.Name())
		}
	case <-watch.C:
	}
	return nil
}

// wait takes the child's end, whenever that is, so that no zombie is left.
func wait(cmd *exec.Cmd) <-chan error {
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	return ended
}

// silence is once: pkg/browser's writers are globals.
var silence = sync.OnceFunc(func() { browser.Stdout, browser.Stderr = io.Discard, io.Discard })

// openByLibrary silences pkg/browser, which would print over the screen.
func openByLibrary(url string) <-chan error {
	silence()
	ended := make(chan error, 1)
	go func() { ended <- browser.OpenURL(url) }()
	return ended
}
