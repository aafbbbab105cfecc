package screen

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
)

const (
	leaveModes = "\x1b[?2026l\x1b[m\x1b[?7h\x1b[?1004l\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1049l\x1b[?25h"
	// tornFrame ends a sequence or a string that was cut with its frame, and
	// tornLink a link, where links are known.
	tornFrame = "\x18\x1b\\"
	tornLink  = "\x1b]8;;\x1b\\"
	// clearScreen is for terminals that may have no alternate screen: there the
	// prompt would stand in the last frame, which may show what is gated.
	clearScreen = "\x1b[m\x1b[H\x1b[J"

	// leaveTime bounds each wait for a terminal that takes nothing at the end,
	// and leaveMost the one for a slow terminal.
	leaveTime = 500 * time.Millisecond
	leaveMost = 2 * time.Second
	// fenceTime is how long the shell is kept from answers that would be typed
	// into it.
	fenceTime = time.Second
)

// leave gives the terminal back and ends the painter. Stuck says that the
// terminal takes no more output.
func (s *stage) leave() (stuck bool) {
	torn := s.rest(!s.left)
	if !s.left && s.paint.idle(0, false) {
		s.paint.close()
	}
	return s.term.leave(s.farewell(torn))
}

// rest brings the painter to rest. While bytes of the last frame still move
// they are waited for, if patient; then what the system holds of them is
// thrown away, as a slow terminal would take long for it. Torn says that.
func (s *stage) rest(patient bool) (torn bool) {
	if patient && s.paint.settle(leaveTime, leaveMost) {
		return false
	}
	s.paint.giveUp()
	s.term.discard()
	s.paint.idle(leaveTime, false)
	s.term.discard()
	return true
}

// A farewell is what a terminal is left with.
type farewell struct {
	text string
	wait func() // for answers that are under way; nil where there are none
}

// farewell returns how to leave the terminal now.
func (s *stage) farewell(torn bool) farewell {
	text := leaveModes
	if oneScreen(s.io.Env) {
		text = strings.Replace(text, "\x1b[m", clearScreen, 1)
	}
	if torn {
		if knowsOSC(s.io.Env) {
			text = tornLink + text
		}
		// A terminal that is so slow would answer the fence too late.
		return farewell{tornFrame + text, func() { s.paint.idle(fenceTime, true) }}
	}
	if !s.term.answers() || !s.question.open(answerTime) {
		return farewell{text: text}
	}
	return farewell{text, func() {
		select {
		case <-s.fenced:
		case <-time.After(fenceTime):
		}
	}}
}

// oneScreen reports whether a terminal may have no alternate screen: GNU screen
// has one if it was told to, and the Linux console has none.
func oneScreen(env func(string) string) bool {
	name := env("TERM")
	return env("STY") != "" || name == "linux" || strings.HasPrefix(name, "vt")
}

// leave undoes raw and the modes; a second call does nothing. Answers that are
// still under way would be typed into the shell: they are waited for and thrown
// away. A terminal that takes no more output is not waited for, and stuck says
// so.
func (t *terminal) leave(f farewell) (stuck bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ours {
		return false
	}
	t.ours = false
	written := make(chan struct{})
	go func() {
		defer close(written)
		_, _ = t.out.WriteString(f.text)
	}()
	select {
	case <-written:
		if f.wait != nil {
			f.wait()
		}
	case <-time.After(leaveTime):
		stuck = true
	}
	t.drain()
	t.console.leave(t)
	_ = term.Restore(t.in.Fd(), t.before)
	return stuck
}
