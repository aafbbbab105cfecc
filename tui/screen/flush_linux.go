package screen

import (
	"errors"

	"golang.org/x/sys/unix"
)

// flushInput throws away what was received and not read.
func flushInput(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }

// flushOutput throws away what was written and not yet taken. Stopping and
// starting the output wakes up a write that waited for room: flushing alone
// does not, on a pseudo-terminal.
func flushOutput(fd int) error {
	const stop, start = 0, 1 // TCOOFF and TCOON
	return errors.Join(unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH),
		unix.IoctlSetInt(fd, unix.TCXONC, stop), unix.IoctlSetInt(fd, unix.TCXONC, start))
}
