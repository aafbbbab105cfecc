//go:build !windows

package prompt

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"

	"github.com/authtabs/tabgate/auth/fault"
)

// echoOff turns the echo off; whole lines, the keys that send signals, and
// enter as the end of a line stay or come on.
func echoOff(fd int) error {
	t, err := unix.IoctlGetTermios(fd, getTerminal)
	if err != nil {
		return err
	}
	t.Lflag &^= unix.ECHO
	t.Lflag |= unix.ICANON | unix.ISIG
	t.Iflag |= unix.ICRNL
	return unix.IoctlSetTermios(fd, setTerminal, t)
}

// onContinue calls do whenever the program goes on after ctrl+z, until
// unwatch: a shell that edits lines has turned the echo on. do does not run
// any more when unwatch returns.
func onContinue(do func()) (unwatch func()) {
	signals, over, gone := make(chan os.Signal, 1), make(chan struct{}), make(chan struct{})
	signal.Notify(signals, syscall.SIGCONT)
	fault.Go(func() {
		defer close(gone)
		for {
			select {
			case <-over:
				return
			case <-signals:
				do()
			}
		}
	})
	return func() {
		signal.Stop(signals)
		close(over)
		<-gone
	}
}
