//go:build !windows && !linux

package screen

import "golang.org/x/sys/unix"

// flushInput throws away what was received and not read.
func flushInput(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, unix.TCIFLUSH) }

// flushOutput throws away what was written and not yet taken.
func flushOutput(fd int) error {
	const fwrite = 2 // FWRITE of sys/fcntl.h
	return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, fwrite)
}
