//go:build !windows

package terminal

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// A terminal is a pseudo-terminal with a program on it.
type terminal struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State
	ended       chan struct{}

	mu   sync.Mutex
	news *sync.Cond
	raw  bytes.Buffer
	emu  *emulator
}

// blank is a terminal of w x h with nothing on it.
func blank(t *testing.T, w, h int) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		lacking(t, "no pseudo-terminal here", err)
	}
	s := &terminal{t: t, master: master, tty: tty, emu: newEmulator(w, h), ended: make(chan struct{})}
	s.news = sync.NewCond(&s.mu)
	if err := pty.Setsize(master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		t.Fatal(err)
	}
	if s.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	return s
}

// open starts a command line on a terminal of w x h.
func open(t *testing.T, w, h int, dir string, env []string, command ...string) *terminal {
	t.Helper()
	s := blank(t, w, h)
	s.start(dir, env, command...)
	return s
}

// start starts a command line on a terminal.
func (s *terminal) start(dir string, env []string, command ...string) {
	t := s.t
	t.Helper()
	s.cmd = exec.Command(command[0], command[1:]...)
	s.cmd.Dir, s.cmd.Env = dir, env
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = s.tty, s.tty, s.tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	drained := make(chan struct{})
	go s.read(drained)
	go func() { _ = s.cmd.Wait(); close(s.ended) }()
	t.Cleanup(func() {
		_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL) // its own session: nobody else's
		<-s.ended
		_ = s.tty.Close()
		<-drained // the last writer is gone
		_ = s.master.Close()
	})
}

func (s *terminal) read(drained chan<- struct{}) {
	defer close(drained)
	b := make([]byte, 16<<10)
	for {
		n, err := s.master.Read(b)
		s.mu.Lock()
		s.raw.Write(b[:n])
		s.emu.write(string(b[:n]))
		replies := s.emu.replies
		if s.emu.replies = ""; s.emu.mute {
			replies = ""
		}
		s.news.Broadcast()
		s.mu.Unlock()
		_, _ = s.master.WriteString(replies)
		if err != nil {
			return
		}
	}
}

func (s *terminal) send(keys string) {
	s.t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

func (s *terminal) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

// resize changes the window; the screen is empty until the program paints.
func (s *terminal) resize(w, h int) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emu.resize(w, h)
	if err := pty.Setsize(s.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		s.t.Fatal(err)
	}
}

// wait waits until ok says yes to the terminal.
func (s *terminal) wait(what string, ok func(e *emulator, raw string) bool) {
	s.t.Helper()
	if s.within(patient, ok) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	raw := s.raw.String()
	s.t.Fatalf("waited for %s; the screen is\n%s\nthe last output %.300q", what, s.emu.text(), raw[max(0, len(raw)-300):])
}

// within reports whether ok came to say yes within the limit.
func (s *terminal) within(limit time.Duration, ok func(e *emulator, raw string) bool) bool {
	deadline := time.Now().Add(limit)
	late := time.AfterFunc(limit, s.news.Broadcast)
	defer late.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !ok(s.emu, s.raw.String()) {
		if !time.Now().Before(deadline) {
			return false
		}
		s.news.Wait()
	}
	return true
}

// see waits for a text, which may be wrapped and framed.
func (s *terminal) see(text string) {
	s.t.Helper()
	s.wait(text, func(e *emulator, _ string) bool { return strings.Contains(e.words(), text) })
}

// gone waits until a text is no longer there.
func (s *terminal) gone(text string) {
	s.t.Helper()
	s.wait("no "+text, func(e *emulator, _ string) bool { return !strings.Contains(e.words(), text) })
}

// dismiss presses Esc until a text is gone: a box that has just changed does
// not listen yet, so that a key on its way to what was there does not hit it.
func (s *terminal) dismiss(text string) {
	s.t.Helper()
	eventually(s.t, "no "+text, func() error {
		s.send("\x1b")
		if !s.within(200*time.Millisecond, func(e *emulator, _ string) bool { return !strings.Contains(e.words(), text) }) {
			return errors.New("it is still there")
		}
		return nil
	})
}

func (s *terminal) words() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emu.words()
}

func (s *terminal) bytes() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// end waits for the program's end and its last words, and gives its exit code.
func (s *terminal) end() int {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patient):
		s.t.Fatalf("the program does not end; the screen is\n%s", s.words())
	}
	return s.cmd.ProcessState.ExitCode()
}

// clean fails unless the terminal is as it was before the program.
func (s *terminal) clean() {
	s.t.Helper()
	s.wait("the screen of before", func(e *emulator, _ string) bool { return !e.modes["?1049"] && e.modes["?25"] })
	s.mu.Lock()
	defer s.mu.Unlock()
	for mode, on := range s.emu.modes {
		if on != (mode == "?25" || mode == "?7") { // the cursor, and lines that wrap
			s.t.Errorf("mode %s is left %v", mode, on)
		}
	}
	after, err := term.GetState(s.tty.Fd())
	if err != nil || !reflect.DeepEqual(s.before, after) {
		s.t.Errorf("the settings of the terminal are not restored (%v)", err)
	}
	if strings.Contains(s.raw.String(), "goroutine ") {
		s.t.Error("a stack trace was printed")
	}
	if len(s.emu.faults) > 0 {
		s.t.Errorf("the terminal was sent what it should not: %q", s.emu.faults)
	}
}

// quit ends the app as a person does, and checks that it ends well.
func (s *terminal) quit() {
	s.t.Helper()
	s.send("\x03")
	if code := s.end(); code != 0 {
		s.t.Errorf("exit code %d", code)
	}
	s.clean()
}

// eventually waits for something outside the screen.
func eventually(t *testing.T, what string, ok func() error) {
	t.Helper()
	limit := time.After(patient)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for {
		err := ok()
		if err == nil {
			return
		}
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("waited for %s: %v", what, err)
		}
	}
}

// press sends a key until it has its effect. After the screen has changed by
// itself keys are ignored for a moment, since they were meant for what stood
// there before: a person presses again. Only for keys that may be repeated.
func (s *terminal) press(key, effect string) {
	s.t.Helper()
	s.pressUntil(key, effect, func(e *emulator, _ string) bool { return strings.Contains(e.words(), effect) })
}

func (s *terminal) pressUntil(key, what string, ok func(e *emulator, raw string) bool) {
	s.t.Helper()
	for limit := time.Now().Add(patient); time.Now().Before(limit); {
		s.send(key)
		if s.within(time.Second, ok) {
			return
		}
	}
	s.wait(what, ok) // tells what is there instead
}
