//go:build !windows

package main

import "golang.org/x/sys/unix"

// muteEcho lets a terminal show nothing of what is typed or pasted.
func muteEcho(fd int) error {
	t, err := unix.IoctlGetTermios(fd, getTerminal)
	if err != nil {
		return err
	}
	t.Lflag &^= unix.ECHO
	return unix.IoctlSetTermios(fd, setTerminal, t)
}
