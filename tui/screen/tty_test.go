//go:build !windows

package screen

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
)

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
	s.see(fmt.Sprint("copied=it,", int(Sent)))
	s.send("C")
	s.see(fmt.Sprint("refused=", MaxCopy+1))
	if len(s.emu.faults) > 0 {
		t.Errorf("the painter wrote what it must not: %v", s.emu.faults)
	}
}

func TestWhatComesAtOnceIsKeysOrText(t *testing.T) {
	s := open(t, nil)
	s.see("tab:1")
	s.send("xyx3")
	s.see("tab:3")
	s.see("log: key:x key:y key:x")
	s.send("quit now?\r")
	s.see("key:x text:quit now?+enter")
	s.send(strings.Repeat("4", 40)) // held
	s.see("tab:4")
}

// TestACutSequenceIsNoKeys sends sequences in pieces. On a busy machine a piece
// may come after the time that an ESC waits for it, and is keys then as it
// should be: so a few tries may fail, each in a session of its own. When
// exactly a piece is late, the decoder's own tests say.
func TestACutSequenceIsNoKeys(t *testing.T) {
	const tries = 5
	var log string
	for range tries {
		s := open(t, nil)
		s.see("q quit")
		for _, part := range strings.Split("\x1b|[<65;40;12M\x1b|[1;5D\x1bO|q\x1b[1;|5D2", "|") {
			s.send(part)
		}
		s.see("tab:2") // the keypad's 1 came before
		s.mu.Lock()
		log = s.emu.text()
		s.mu.Unlock()
		if strings.Contains(log, "mouse 39,11 key:ctrl+left key:ctrl+left") && !strings.Contains(log, "key:esc") && !strings.Contains(log, "key:[") {
			return
		}
	}
	t.Errorf("a sequence was typed, %d times of %d: %s", tries, tries, log)
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
	s.mute.Store(true) // an answer does not come within another
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
		"U-10 SIGABRT":           {kill(syscall.SIGABRT), 130, "aborted"},
		"a panic in Update":      {typed("\x1bOP"), 1, "in Update"},
		"a panic in a command":   {typed("\x1bOQ"), 1, "in a command"},
		"a panic in a sequence":  {typed("\x1bOR"), 1, "in a sequence"},
		"a panic in a goroutine": {typed("\x1bOS"), 1, "in a goroutine"},
		"a panic in Draw":        {typed("\x1b[15~"), 1, "in Draw"},
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

// A loop that never comes back cannot end the program; the next signal does.
func TestALoopThatHangsIsAbandoned(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.send("\x1b[17~")
	s.wait("the loop to hang", func(raw, _ string) bool { return strings.Contains(raw, "hanging") })
	for again := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-again.C:
			_ = s.cmd.Process.Signal(syscall.SIGTERM)
			continue
		case <-s.ended:
			again.Stop()
		case <-time.After(patient):
			t.Fatal("a loop that hangs keeps the program")
		}
		break
	}
	s.wait("the terminal given back", func(raw, _ string) bool { return strings.HasSuffix(raw, "\x1b[?25h") })
	s.clean()
}

func TestATerminalThatTakesNothingIsNotWaitedFor(t *testing.T) {
	s := open(t, nil)
	s.resize(500, 200) // a page is more than a pseudo-terminal keeps for later
	s.see("500x200")
	s.closed.Store(true)
	<-s.stopped // nobody reads what is written from here on
	s.send("3")
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(patient):
		t.Fatal("the program waits for the terminal")
	}
	after, err := term.GetState(s.tty.Fd())
	if err != nil || !reflect.DeepEqual(s.before, after) {
		t.Errorf("the terminal's settings are not restored (%v)", err)
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

// The system hangs up on what runs in the terminal of a shell that was killed.
func TestAShellThatIsKilledTakesTheProgramWithIt(t *testing.T) {
	s := open(t, []string{"/bin/sh", "-c", "PAGES; echo after"})
	s.see("q quit")
	_ = s.cmd.Process.Kill()
	<-s.ended
	s.wait("the terminal given back", func(raw, _ string) bool { return strings.Contains(raw, "\x1b[?1049l\x1b[?25h") })
	// It is nobody's child now: its end shows in what it does last.
	for again, limit := time.Tick(10*time.Millisecond), time.After(patient); ; {
		if now, err := term.GetState(s.tty.Fd()); err == nil && reflect.DeepEqual(now, s.before) {
			break
		}
		select {
		case <-again:
		case <-limit:
			t.Fatal("the terminal's settings are not restored")
		}
	}
	s.clean()
}

func TestSuspendGivesTheTerminalToTheShell(t *testing.T) {
	for name, key := range map[string]string{"ctrl+z": "\x1a", "SIGTSTP from outside": "t"} {
		t.Run(name, func(t *testing.T) { suspend(t, key) })
	}
}

func suspend(t *testing.T, key string) {
	s := open(t, []string{"/bin/sh", "-m", "-c", "PAGES; echo STOPPED; fg; echo DONE"})
	s.see("q quit")
	s.mu.Lock()
	s.raw.Reset()
	s.mu.Unlock()
	s.send(key)
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

func TestTheWholePictureIsWrittenAgainWhenAsked(t *testing.T) {
	s := open(t, nil)
	s.see("q quit")
	s.send("L")
	s.wait("a second picture", func(raw, _ string) bool { return strings.Count(raw, "page 1 row 10") == 2 })
	if len(s.emu.faults) > 0 {
		t.Error(s.emu.faults)
	}
}
