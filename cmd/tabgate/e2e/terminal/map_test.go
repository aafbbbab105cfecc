//go:build !windows

package terminal

import (
	"fmt"
	"strings"
	"testing"
)

// atTheMap opens the demo's map on a large terminal.
func atTheMap(t *testing.T) *terminal {
	t.Helper()
	p := newPlace(t)
	p.env["COLORTERM"] = "truecolor"
	s := open(t, 200, 60, p.home, p.environ(), binary, "demo")
	s.see("Nobody is signed in")
	s.send("3")
	s.see(pleaseLogin)
	s.signIn("analyst@example.com")
	s.see("Embarcadero")
	s.press("/", "Find:") // until keys are listened to again after signing in
	s.dismiss("Find:")
	s.wait("motion to be asked for", func(e *emulator, _ string) bool { return e.modes["?1003"] })
	return s
}

// frames splits output where a frame begins.
func frames(raw string) []string { return strings.Split(raw, "\x1b[?2026h")[1:] }

func TestABurstOfMotionNeverQueuesFrames(t *testing.T) {
	s := atTheMap(t)
	const most, events = 150 << 10, 60
	kinds := map[string]struct {
		button int // as SGR mouse reports number them
		before string
	}{
		"dragging": {32, "\x1b[<0;120;30M"},
		"hovering": {35, ""},
	}
	for name, k := range kinds {
		s.send(k.before)
		s.mu.Lock() // The terminal takes nothing more until this is given back.
		start := s.raw.Len()
		for i := range events {
			s.send(fmt.Sprintf("\x1b[<%d;%d;%dM", k.button, 120+i/2, 30+i%5))
		}
		s.send("\x1b[<0;150;34m" + "/")
		s.mu.Unlock()
		s.see("Find:")
		all := frames(s.bytes()[start:])
		// One may be under way, the newest place and the key make one each, and
		// the program reads its input in pieces.
		if len(all) > 12 {
			t.Errorf("%s: %d frames for %d events", name, len(all), events)
		}
		for _, f := range all {
			if len(f) > most {
				t.Errorf("%s: a frame of %d bytes", name, len(f))
			}
		}
		s.dismiss("Find:")
	}
	s.quit()
}

func TestTheMapIsReadWithTheMouseAlone(t *testing.T) {
	s := atTheMap(t)
	read := func(e *emulator, _ string) bool { return strings.Contains(e.words(), "hexagon, ") }
	for x := 60; x < 130 && !s.within(patient/20, read); x += 3 { // There are holes between the hexagons.
		s.send(fmt.Sprintf("\x1b[<35;%d;36M", x))
	}
	s.see("hexagon, ")
	s.send("\x1b[<35;90;1M") // to the tab bar
	s.gone("hexagon, ")
	s.send("/")
	s.see("Find:")
	s.wait("no more motion to be asked for", func(e *emulator, _ string) bool { return !e.modes["?1003"] })
	s.send("16th\r")
	s.see("16th St. Mission (16TH)")
	s.quit()
}
