//go:build !windows

package terminal

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

func TestEveryEndingGivesTheTerminalBack(t *testing.T) {
	typed := func(keys string) func(*terminal) { return func(s *terminal) { s.send(keys) } }
	sent := func(sig syscall.Signal) func(*terminal) { return func(s *terminal) { s.signal(sig) } }
	tests := map[string]struct {
		how  func(*terminal)
		code int
	}{
		"q":            {typed("q"), 0},
		"ctrl+c":       {typed("\x03"), 0},
		"SIGTERM":      {sent(syscall.SIGTERM), 130},
		"SIGINT":       {sent(syscall.SIGINT), 130},
		"SIGHUP":       {sent(syscall.SIGHUP), 130},
		"U-10 SIGABRT": {sent(syscall.SIGABRT), 130},
		"U-10 SIGQUIT": {sent(syscall.SIGQUIT), 130},
	}
	states := map[string]func(*terminal){
		"signed out":     func(*terminal) {},
		"while in a box": func(s *terminal) { s.loginAddress() },
	}
	for name, tt := range tests {
		for state, prepare := range states {
			t.Run(name+" "+state, func(t *testing.T) {
				t.Parallel()
				p := newPlace(t)
				p.onPool(localpool.Options{})
				s := p.app()
				s.see("Nobody is signed in")
				prepare(s)
				if name == "q" && state != "signed out" {
					s.send("\x1b") // q may be part of an address
					s.see("Login cancelled.")
				}
				tt.how(s)
				if code := s.end(); code != tt.code {
					t.Errorf("exit code %d, want %d", code, tt.code)
				}
				s.clean()
				s.noCrash()
			})
		}
	}
}

func TestSuspendGivesTheTerminalToTheShellAndTakesItBack(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	s := open(t, 100, 30, p.home, p.environ(), "/bin/sh", "-m", "-c", "\"$0\"; echo STOPPED; read x; fg; echo DONE $?", binary)
	s.see("Nobody is signed in")
	s.signIn("underwriter@example.com")
	s.press("2", "% Complete")
	s.send("\x1a")
	s.wait("the shell", func(e *emulator, raw string) bool {
		return strings.Contains(raw, "STOPPED") && !e.modes["?1049"] && e.modes["?25"] && !e.modes["?1002"] && !e.modes["?2004"]
	})
	s.send("\n")
	s.wait("the app again", func(e *emulator, _ string) bool {
		return e.modes["?1049"] && strings.Contains(e.words(), "% Complete")
	})
	s.press("1", "underwriter@example.com")
	s.send("q")
	s.wait("the end", func(_ *emulator, raw string) bool { return strings.Contains(raw, "DONE 0") })
	s.end()
	s.clean()
}

func TestAWindowOf20x5GetsAFriendlyLineAndLosesNothing(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.onPool(localpool.Options{})
	s := open(t, 20, 5, p.home, p.environ(), binary)
	s.see("tabgate needs 40x12. This window is 20x5: enlarge it, nothing is lost.")
	s.resize(80, 24)
	s.see("Nobody is signed in")
	s.signIn("underwriter@example.com")
	s.press("2", "% Complete")
	s.resize(20, 5)
	s.see("nothing is lost")
	s.resize(100, 30)
	s.see("% Complete")
	for _, size := range [][2]int{{1, 1}, {300, 100}, {40, 12}} {
		s.resize(size[0], size[1])
		s.wait(fmt.Sprint(size), func(e *emulator, _ string) bool { return size[0] == 1 || strings.Contains(e.words(), "all keys") })
	}
	s.quit()
}
