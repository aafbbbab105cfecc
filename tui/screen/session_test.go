//go:build !windows

package screen

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"go.uber.org/goleak"
)

// patient is how long a test waits for what must come.
const patient = 20 * time.Second

var built = struct {
	sync.Once
	path string
	err  error
}{}

// pages builds the small program once.
func pages(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "pages")
		if err != nil {
			built.err = err
			return
		}
		built.path = filepath.Join(dir, "pages")
		out, err := exec.Command("go", "build", "-o", built.path, "./testdata/pages").CombinedOutput()
		if err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	if built.path != "" {
		_ = os.RemoveAll(filepath.Dir(built.path))
	}
	os.Exit(code)
}

// A session is a program on a pseudo-terminal that says how it is when asked,
// and answers nothing else.
type session struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State
	ended       chan error
	closed      atomic.Bool
	mute        atomic.Bool   // answer nothing at all
	stopped     chan struct{} // closed when nobody reads any more

	mu   sync.Mutex
	news *sync.Cond
	held bool // nothing is read
	raw  bytes.Buffer
	emu  *emulator
}

// open starts the small program (or a command line with PAGES in its place)
// on a pseudo-terminal of 60x12.
func open(t *testing.T, command []string, env ...string) *session {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		if os.Getenv("TABGATE_REQUIRE_E2E") != "" {
			t.Fatal(err)
		}
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	s := &session{t: t, master: master, tty: tty, emu: newEmulator(60, 12), ended: make(chan error, 1), stopped: make(chan struct{})}
	s.news = sync.NewCond(&s.mu)
	s.resize(60, 12)
	if s.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	path := pages(t)
	if command == nil {
		command = []string{path}
	}
	for i := range command {
		command[i] = strings.ReplaceAll(command[i], "PAGES", path)
	}
	s.cmd = exec.Command(command[0], command[1:]...)
	s.cmd.Env = append([]string{"TERM=xterm-256color", "PATH=" + os.Getenv("PATH"), "PAGES_FAULTS=1"}, env...)
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read()
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		s.vanish()
	})
	return s
}

func (s *session) read() {
	defer close(s.stopped)
	b, fd := make([]byte, 4096), int(s.master.Fd())
	for !s.closed.Load() { // a blocked read would keep the terminal alive
		s.mu.Lock()
		for s.held && !s.closed.Load() {
			s.news.Wait()
		}
		s.mu.Unlock()
		if !readable(fd, 20*time.Millisecond) {
			continue
		}
		n, err := s.master.Read(b)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.raw.Write(b[:n])
		s.emu.write(string(b[:n]))
		replies := s.emu.replies
		s.emu.replies = ""
		s.news.Broadcast()
		s.mu.Unlock()
		if !s.mute.Load() {
			_, _ = s.master.WriteString(replies)
		}
	}
}

// hold stops reading, or goes on with it.
func (s *session) hold(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = on
	s.news.Broadcast()
}

// vanish takes the terminal away.
func (s *session) vanish() {
	s.closed.Store(true)
	s.hold(false)
	<-s.stopped
	_ = s.tty.Close()
	_ = s.master.Close()
}

func (s *session) resize(w, h int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.emu.w, s.emu.h = w, h
	fresh := newEmulator(w, h)
	fresh.modes = s.emu.modes
	s.emu = fresh
	if err := pty.Setsize(s.master, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) send(keys string) {
	s.t.Helper()
	if _, err := s.master.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// wait waits until ok says yes to the raw output and the screen.
func (s *session) wait(what string, ok func(raw, screen string) bool) {
	s.t.Helper()
	late := time.AfterFunc(patient, s.news.Broadcast)
	defer late.Stop()
	deadline := time.Now().Add(patient)
	s.mu.Lock()
	defer s.mu.Unlock()
	for !ok(s.raw.String(), s.emu.text()) {
		if time.Now().After(deadline) {
			s.t.Fatalf("waited for %s; the screen is\n%s\nthe last output %.300q", what, s.emu.text(), s.raw.String()[max(0, s.raw.Len()-300):])
		}
		s.news.Wait()
	}
}

func (s *session) see(text string) {
	s.t.Helper()
	s.wait(text, func(_, screen string) bool { return strings.Contains(screen, text) })
}

// end waits for the program's end and gives its exit code.
func (s *session) end() int {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patient):
		s.t.Fatal("the program does not end")
	}
	// What it wrote last may still be on its way: its last line is known.
	s.wait("the last line", func(raw, _ string) bool { return strings.Contains(raw, "ended: ") })
	return s.cmd.ProcessState.ExitCode()
}

// clean fails unless the terminal is as it was.
func (s *session) clean() {
	s.t.Helper()
	after, err := term.GetState(s.tty.Fd())
	if err != nil || !reflect.DeepEqual(s.before, after) {
		s.t.Errorf("the terminal's settings are not restored (%v)", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for mode, on := range s.emu.modes {
		if on != (mode == "?25" || mode == "?7") {
			s.t.Errorf("mode %s is left %v", mode, on)
		}
	}
	if strings.Contains(s.raw.String(), "goroutine ") {
		s.t.Error("a stack trace was printed")
	}
}
