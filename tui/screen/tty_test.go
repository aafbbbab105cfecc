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

// A session is a program on a pseudo-terminal that answers nothing.
type session struct {
	t           *testing.T
	cmd         *exec.Cmd
	master, tty *os.File
	before      *term.State
	ended       chan error
	closed      atomic.Bool
	stopped     chan struct{} // closed when nobody reads any more

	mu   sync.Mutex
	news *sync.Cond
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
		s.news.Broadcast()
		s.mu.Unlock()
	}
}

// vanish takes the terminal away.
func (s *session) vanish() {
	if !s.closed.Swap(true) {
		<-s.stopped
		_ = s.tty.Close()
		_ = s.master.Close()
	}
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
		if on != (mode == "?25") {
			s.t.Errorf("mode %s is left %v", mode, on)
		}
	}
	if strings.Contains(s.raw.String(), "goroutine ") {
		s.t.Error("a stack trace was printed")
	}
}

func TestFirstFrameComesBeforeAnyQuestion(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.wait("the question", func(raw, _ string) bool { return strings.Contains(raw, queryBackground) })
	s.mu.Lock()
	raw := s.raw.String()
	s.mu.Unlock()
	if strings.Index(raw, "\x1b]11;?") < strings.Index(raw, "q quit") || strings.Contains(raw, "\x1b[6n") {
		t.Errorf("the terminal is asked before the first frame: %q", raw)
	}
	if strings.Count(raw, "\x1b]11;?") != 1 {
		t.Error("the background is asked for more than once")
	}
	for _, mode := range []string{"?1049", "?1002", "?1006", "?2004", "?1004"} {
		if !s.emu.modes[mode] {
			t.Errorf("mode %s is off", mode)
		}
	}
	if s.emu.modes["?25"] || len(s.emu.faults) > 0 {
		t.Errorf("the cursor is shown, or %v", s.emu.faults)
	}
}

func TestATerminalWithoutASizeIsTakenAsTheUsualOne(t *testing.T) {
	s := open(t, []string{"/bin/sh", "-c", "stty rows 0 cols 0; exec PAGES"})
	s.wait("80x24", func(raw, _ string) bool { return strings.Contains(raw, "80x24") })
}

func TestNothingIsAskedOfTerminalsThatDoNotKnow(t *testing.T) {
	for _, name := range []string{"dumb", "linux", "screen"} {
		s := open(t, nil, "TERM="+name)
		s.see("q quit")
		s.send("z")
		s.see("key:z")
		s.mu.Lock()
		if strings.Contains(s.raw.String(), "\x1b]11;?") {
			t.Errorf("TERM=%s was asked", name)
		}
		s.mu.Unlock()
	}
}

func TestKeysMouseFocusAndSize(t *testing.T) {
	s := open(t, nil)
	s.see("tab:1")
	s.send("3")
	s.see("page 3 row 10")
	s.send("\x1b[A")
	s.see("key:up")
	s.send("\x1b[<0;5;6M")
	s.see("mouse 4,5")
	s.send("\x1b[O\x1b[I")
	s.see("blur focus")
	s.resize(48, 7)
	s.see("48x7")
	s.see("page 3 row 05")
	s.resize(1, 1)
	s.resize(200, 50)
	s.see("200x50")
	s.see("page 3 row 48")
	s.send("c")
	s.wait("the clipboard", func(raw, _ string) bool { return strings.Contains(raw, "\x1b]52;c;Y29waWVk\a") })
	s.send("C")
	s.see(fmt.Sprint("refused=", MaxCopy+1))
	if len(s.emu.faults) > 0 {
		t.Errorf("the painter wrote what it must not: %v", s.emu.faults)
	}
}

func TestAnAnswerIsNeverTyped(t *testing.T) {
	tests := map[string]struct {
		chunks []string // each is sent once the text after it is seen
		want   string
	}{
		"at once":      {[]string{"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"}, "log: dark=false key:z"},
		"in two parts": {[]string{"\x1b]11;rgb:0e0e/11", "11/1717\x07"}, "log: dark=true key:z"},
		"between keys": {[]string{"x\x1b]11;rgb:0/0/0\x07y"}, "dark=true"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.wait("the question", func(raw, _ string) bool { return strings.Contains(raw, queryBackground) })
			for _, chunk := range tt.chunks {
				s.send(chunk)
			}
			s.send("z")
			s.wait("the key", func(_, screen string) bool {
				return strings.Contains(screen, "key:z") || strings.Contains(screen, "yz")
			})
			s.see(tt.want)
			s.mu.Lock()
			defer s.mu.Unlock()
			if log := s.emu.text(); strings.Contains(log, "rgb") || strings.Contains(log, "key:]") || strings.Contains(log, "key:1") {
				t.Errorf("the answer was typed: %s", log)
			}
		})
	}
}

func TestALateAnswerIsNeverTyped(t *testing.T) {
	s := open(t, nil)
	s.wait("the question", func(raw, _ string) bool { return strings.Contains(raw, queryBackground) })
	s.send("\x1b")
	s.see("key:esc") // the start of the answer has been given up on
	s.send("]11;rgb:0000/0000/0000\x07")
	s.send("z")
	s.see("key:z")
	s.mu.Lock()
	defer s.mu.Unlock()
	if log := s.emu.text(); strings.Contains(log, "rgb") || strings.Contains(log, "key:]") {
		t.Errorf("the answer was typed: %s", log)
	}
}

func TestEndingsAreClean(t *testing.T) {
	kill := func(sig syscall.Signal) func(*session) {
		return func(s *session) { _ = s.cmd.Process.Signal(sig) }
	}
	typed := func(keys string) func(*session) { return func(s *session) { s.send(keys) } }
	tests := map[string]struct {
		how  func(*session)
		code int
		says string
	}{
		"quit":                   {typed("q"), 0, "ended: <nil>"},
		"ctrl+c":                 {typed("\x03"), 0, "ended: <nil>"},
		"SIGTERM":                {kill(syscall.SIGTERM), 130, "terminated"},
		"SIGINT":                 {kill(syscall.SIGINT), 130, "interrupt"},
		"SIGHUP":                 {kill(syscall.SIGHUP), 130, "hangup"},
		"SIGQUIT":                {kill(syscall.SIGQUIT), 130, "quit"},
		"a panic in Update":      {typed("\x1bOP"), 1, "in Update"},
		"a panic in a command":   {typed("\x1bOQ"), 1, "in a command"},
		"a panic in a sequence":  {typed("\x1bOR"), 1, "in a sequence"},
		"a panic in a goroutine": {typed("\x1bOS"), 1, "in a goroutine"},
		"a panic in View":        {typed("\x1b[15~"), 1, "in View"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, nil)
			s.see("q quit")
			tt.how(s)
			if code := s.end(); code != tt.code {
				t.Errorf("exit code %d, want %d", code, tt.code)
			}
			s.wait(tt.says, func(raw, _ string) bool { return strings.Contains(raw, tt.says) })
			s.clean()
		})
	}
}

func TestATerminalThatVanishesEndsTheProgram(t *testing.T) {
	s := open(t, []string{"/bin/sh", "-c", "trap '' HUP; exec PAGES"})
	s.see("q quit")
	s.vanish()
	select {
	case <-s.ended:
	case <-time.After(patient):
		t.Fatal("the program goes on without a terminal")
	}
}

func TestSuspendGivesTheTerminalToTheShell(t *testing.T) {
	s := open(t, []string{"/bin/sh", "-m", "-c", "PAGES; echo STOPPED; fg; echo DONE"})
	s.see("q quit")
	s.mu.Lock()
	s.raw.Reset()
	s.mu.Unlock()
	s.send("\x1a")
	s.wait("the shell", func(raw, _ string) bool { return strings.Contains(raw, "STOPPED") })
	s.wait("the program again", func(raw, screen string) bool {
		return strings.Contains(raw, "q quit") && strings.Contains(screen, "resumed")
	})
	s.mu.Lock()
	raw := s.raw.String()
	s.mu.Unlock()
	if i := strings.Index(raw, "\x1b[?1049l"); i < 0 || i > strings.Index(raw, "STOPPED") {
		t.Errorf("the shell does not get the terminal back first: %q", raw)
	}
	if strings.Count(raw, "resumed") != 1 || !s.emu.modes["?1049"] || !s.emu.modes["?1002"] {
		t.Error("the program does not take the terminal again, once")
	}
	s.send("q")
	s.wait("the end", func(raw, _ string) bool { return strings.Contains(raw, "DONE") })
	<-s.ended
	s.clean()
}

func TestSuspendWhereNobodyCouldResume(t *testing.T) {
	s := open(t, nil) // leads its session: nobody could continue it
	s.see("q quit")
	s.send("\x1a")
	s.see("resumed")
	s.send("z")
	s.see("key:z")
	s.send("q")
	s.end()
	s.clean()
}

// Bubble Tea asks the terminal in an init unless the theme's came first; Go
// runs them in the order of import paths.
func TestTheThemeStartsBeforeBubbleTea(t *testing.T) {
	cmd := exec.Command(pages(t))
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, _ := cmd.CombinedOutput()
	theme := bytes.Index(out, []byte("init github.com/authtabs/tabgate/tui/theme @"))
	tea := bytes.Index(out, []byte("init github.com/charmbracelet/bubbletea @"))
	if theme < 0 || tea < 0 || theme > tea {
		t.Errorf("theme starts at %d, Bubble Tea at %d of\n%s", theme, tea, out)
	}
}
