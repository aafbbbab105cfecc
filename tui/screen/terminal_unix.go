//go:build !windows

package screen

import (
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// consoleState is what else a system's console needs: nothing here.
type consoleState struct{}

func (consoleState) enter(*terminal) error { return nil }
func (consoleState) leave(*terminal)       {}

const (
	// restTime is how long the rest of a sequence may take to arrive before
	// its start counts as a key.
	restTime = 30 * time.Millisecond
	// answerGap is how long the shell is kept from an answer at the end.
	answerGap = 100 * time.Millisecond
	// patience is how long after the question esc waits for the rest of an
	// answer that was cut in two.
	patience = 10 * time.Second
)

func openInput() (*os.File, error) { return os.Open("/dev/tty") }

// answers says whether an answer of the terminal can be told from keys.
func (t *terminal) answers() bool { return true }

// sieves says that Bubble Tea's input comes through a sieve.
const sieves = true

// input makes Bubble Tea read through a sieve.
func (t *terminal) input(clips *clips, answer func(string), focus func(bool), gone func()) []tea.ProgramOption {
	return []tea.ProgramOption{tea.WithInput(&sieved{
		File: t.in, sieve: newSieve(clips, answer, focus), gone: gone, opened: time.Now(),
	})}
}

// A sieved file reads through a sieve. It still is a file for Bubble Tea,
// which waits on its descriptor, so a read must never keep bytes that could
// be passed on: only what needs more bytes to be understood stays.
type sieved struct {
	*os.File
	sieve  *sieve
	gone   func() // nothing more will come
	opened time.Time
}

// Read fills less than p: Bubble Tea takes a full buffer for a cut sequence.
// Where all was taken out and more is there, it goes on.
func (f *sieved) Read(p []byte) (n int, err error) {
	for n == 0 && err == nil {
		if n, err = f.read(p); n == 0 && !readable(int(f.Fd()), 0) {
			break
		}
	}
	return n, err
}

func (f *sieved) read(p []byte) (int, error) {
	room := len(p) - 1 - len(pasteStart) - len(f.sieve.held) - len(f.sieve.passed)
	if room <= 0 {
		return len(f.sieve.settle(p[:0])), nil
	}
	raw := make([]byte, room)
	n, err := f.File.Read(raw)
	if err != nil {
		f.gone()
		return 0, err
	}
	out := f.sieve.feed(p[:0], raw[:n])
	if f.sieve.unsure() && !f.more(n == room) {
		out = f.sieve.settle(out)
	}
	return len(out), nil
}

// more says that the rest of a sequence is there. A lone esc is waited for
// only where it may be a cut one.
func (f *sieved) more(full bool) bool {
	wait := restTime
	if len(f.sieve.held) == 1 && !full && time.Since(f.opened) > patience {
		wait = 0
	}
	return readable(int(f.Fd()), wait)
}

// readable waits until there is something to read, at most limit.
func readable(fd int, limit time.Duration) bool {
	var set unix.FdSet
	set.Zero()
	set.Set(fd)
	tv := unix.NsecToTimeval(limit.Nanoseconds())
	n, err := unix.Select(fd+1, &set, nil, nil, &tv)
	return err == nil && n > 0
}

// drain throws away what the terminal sent and nobody read: mouse reports
// and, if one is expected, the answer to our question.
func (t *terminal) drain(answer bool) {
	if answer {
		readable(int(t.in.Fd()), answerGap)
	}
	_ = flushInput(int(t.in.Fd()))
}
