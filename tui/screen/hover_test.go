//go:build !windows

package screen

import (
	"strings"
	"testing"
)

func TestTheMouseIsTheTerminals(t *testing.T) {
	s := open(t, nil, "PAGES_NOMOUSE=1")
	s.see("q quit")
	s.send("h2") // a page that hovers
	s.see("tab:2")
	s.send("q")
	s.end()
	s.clean()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, mode := range []string{"?1000h", "?1002h", "?1003h", "?1006h"} {
		if strings.Contains(s.raw.String(), mode) {
			t.Errorf("mode %s is asked for", mode)
		}
	}
}

func TestMotionIsAskedForOnlyWhileThePageHovers(t *testing.T) {
	s := open(t, []string{"/bin/sh", "-m", "-c", "PAGES; echo STOPPED; fg; echo DONE"})
	mode := func(name string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.emu.modes[name]
	}
	motions := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return strings.Count(s.raw.String(), "\x1b[?1003")
	}
	s.see("q quit")
	if mode("?1003") || motions() > 0 {
		t.Error("motion is asked for before anybody wants it")
	}
	s.send("\x1b[<35;5;6M") // a terminal that sends it unasked
	s.send("h")
	s.wait("mode 1003", func(string, string) bool { return s.emu.modes["?1003"] })
	s.send("z")
	s.see("key:z")
	s.send("\x1b[<35;8;6M")
	s.see("mouse 7,5 moved")
	s.mu.Lock()
	if strings.Contains(s.emu.text(), "mouse 4,5") {
		t.Error("motion that nobody asked for reached the page")
	}
	s.mu.Unlock()
	if n := motions(); n != 1 {
		t.Errorf("the mode is written %d times, want once", n)
	}

	s.send("\x1a")
	s.wait("the shell", func(raw, _ string) bool { return strings.Contains(raw, "STOPPED") })
	s.see("resumed")
	if !mode("?1003") || !mode("?1006") {
		t.Error("after the suspension, motion is not asked for")
	}
	s.send("h")
	s.wait("mode 1003 to end", func(string, string) bool { return !s.emu.modes["?1003"] && s.emu.modes["?1002"] })
	s.send("h")
	s.wait("mode 1003", func(string, string) bool { return s.emu.modes["?1003"] })
	s.send("q")
	s.wait("the end", func(raw, _ string) bool { return strings.Contains(raw, "DONE") })
	<-s.ended
	s.clean()
}
