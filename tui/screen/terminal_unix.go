//go:build !windows

package screen

import (
	"time"

	"golang.org/x/sys/unix"
)

// consoleState is what else a system's console needs: nothing here.
type consoleState struct{}

func (consoleState) enter(*terminal) error { return nil }
func (consoleState) leave(*terminal)       {}

// answers reports whether an answer of the terminal can be told from keys.
func (t *terminal) answers() bool { return true }

// decodes says that what the terminal sends is decoded here.
const decodes = true

// readable waits until there is something to read, at most limit.
func readable(fd int, limit time.Duration) bool {
	var set unix.FdSet
	set.Zero()
	set.Set(fd)
	tv := unix.NsecToTimeval(limit.Nanoseconds())
	n, err := unix.Select(fd+1, &set, nil, nil, &tv)
	return err == nil && n > 0
}

// drain throws away what the terminal sent and nobody read, such as mouse
// reports.
func (t *terminal) drain() { _ = flushInput(int(t.in.Fd())) }

// discard throws away what the system holds for the terminal.
func (t *terminal) discard() { _ = flushOutput(int(t.out.Fd())) }
