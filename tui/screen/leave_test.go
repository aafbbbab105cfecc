//go:build !windows

package screen

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// full makes a program write until its terminal takes no more.
func (s *session) full() {
	s.t.Helper()
	s.resize(300, 120)
	s.see("300x120")
	s.hold(true)
	// Keys that come together make one frame, or none where the last is of the
	// shown page: how many are needed is not known before.
	deadline := time.Now().Add(patient)
	for i := 0; writable(int(s.tty.Fd())); i++ {
		if time.Now().After(deadline) {
			s.t.Fatal("the terminal takes all that is written, though nobody reads")
		}
		s.send("12"[i%2 : i%2+1])
		time.Sleep(time.Millisecond)
	}
}

// writable reports whether a terminal takes more, which nothing tells of by an
// event.
func writable(fd int) bool {
	var set unix.FdSet
	set.Zero()
	set.Set(fd)
	n, err := unix.Select(fd+1, nil, &set, nil, &unix.Timeval{})
	return err != nil || n > 0
}

func TestLeavingATerminalThatTakesNothing(t *testing.T) {
	quits := map[string]func(s *session){
		"by a key":    func(s *session) { s.send("q") },
		"by a signal": func(s *session) { _ = s.cmd.Process.Signal(syscall.SIGTERM) },
	}
	for name, quit := range quits {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.see("q quit")
			s.full()
			quit(s)
			<-s.ended // though nobody reads
			s.hold(false)
			s.wait("the last line", func(raw, _ string) bool { return strings.Contains(raw, "ended: ") })
			s.clean()
		})
	}
	t.Run("and after ctrl+z the picture is whole again", func(t *testing.T) {
		s := open(t, []string{"/bin/sh", "-m", "-c", "PAGES; echo STOPPED; fg; echo DONE"})
		s.see("q quit")
		s.full()
		s.send("\x1a")
		s.hold(false)
		s.see("resumed")
		s.see("page 1 row 118")
		s.send("q")
		s.wait("the end", func(raw, _ string) bool { return strings.Contains(raw, "DONE") })
		<-s.ended
		s.clean()
	})
}

// A link is ended only where links are begun: other terminals print the text of
// an OSC sequence.
func TestATornFrameIsEndedAsTheTerminalKnowsIt(t *testing.T) {
	for name, links := range map[string]bool{"xterm-256color": true, "vt220": false, "linux": false} {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil, "TERM="+name)
			s.see("q quit")
			s.full()
			s.send("q")
			<-s.ended
			s.hold(false)
			s.wait("the last line", func(raw, _ string) bool { return strings.Contains(raw, "ended: ") })
			s.clean()
			s.mu.Lock()
			raw := s.raw.String()
			s.mu.Unlock()
			if !strings.Contains(raw, "\x18\x1b\\") {
				t.Fatal("the frame is not cut, so this tests nothing")
			}
			if got := strings.Contains(raw, "\x1b]8;;\x1b\\"); got != links {
				t.Errorf("a link is ended: %v", got)
			}
			if !links && strings.Contains(raw, "\x1b]") {
				t.Error("it is sent an OSC sequence")
			}
		})
	}
}

// An answer that comes when the terminal is not raw any more is typed into the
// shell.
func TestTheShellGetsNoAnswers(t *testing.T) {
	s := open(t, nil)
	s.mute.Store(true)
	s.wait("the question", func(raw, _ string) bool { return strings.Contains(raw, queryBackground) })
	s.send("q")
	s.wait("the shell's screen", func(raw, _ string) bool { return strings.Contains(raw, "\x1b[?1049l") })
	s.send("\x1b]11;rgb:0000/0000/0000\x1b\\" + strings.Repeat("\x1b"+statusAnswer, s.counted(statusRequest)))
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if readable(int(s.tty.Fd()), 0) {
		t.Error("the shell would read something")
	}
	s.mu.Lock()
	if raw := s.raw.String(); strings.Contains(raw, "rgb") || strings.Contains(raw, "^[") {
		t.Errorf("the terminal echoes an answer: %q", raw)
	}
	s.mu.Unlock()
	s.clean()
}

func TestALateAnswerOfTheBackgroundIsFenced(t *testing.T) {
	s := open(t, nil)
	s.wait("the question", func(raw, _ string) bool { return strings.Contains(raw, queryBackground) })
	s.mute.Store(true)
	s.send("\x1b" + statusAnswer + "q")
	s.wait("the fence", func(raw, _ string) bool { return strings.Contains(raw, queryFence) })
	s.send("\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62;22c")
	s.end()
	if readable(int(s.tty.Fd()), 0) {
		t.Error("the shell would read something")
	}
	s.clean()
}

func TestATerminalThatAnswersNothingIsLeftAllTheSame(t *testing.T) {
	s := open(t, nil)
	s.mute.Store(true)
	s.see("q quit")
	s.send("q")
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.clean()
}

func TestATerminalWithOneScreenIsLeftClean(t *testing.T) {
	for _, env := range []string{"TERM=linux", "TERM=vt220", "STY=1.pts-0.host"} {
		s := open(t, nil, env)
		s.see("q quit")
		s.send("q")
		s.end()
		s.wait("the prompt's place", func(raw, screen string) bool {
			return strings.Contains(raw, clearScreen) && strings.HasPrefix(screen, "ended: <nil>") && strings.Count(screen, "page 1") == 0
		})
		s.clean()
	}
}

// What other programs write into the picture may leave the terminal in modes
// that spoil it.
func TestARedrawUndoesOtherModes(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.mu.Lock()
	s.raw.Reset()
	s.mu.Unlock()
	s.send("L")
	s.wait("the modes and the picture", func(raw, _ string) bool {
		modes := strings.Index(raw, "\x0f\x1b(B\x1b[4l\x1b[?6l\x1b[?69l\x1b[r")
		return modes >= 0 && strings.Index(raw, "page 1 row 10") > modes && strings.Contains(raw[modes:], "\x1b[?1006h")
	})
	if s.emu.modes["?25"] {
		t.Error("the cursor is shown")
	}
}
