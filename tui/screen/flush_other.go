//go:build !windows && !linux

package screen

import "golang.org/x/sys/unix"

// flushInput throws away what was received and not read.
func flushInput(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, unix.TCIFLUSH) }
