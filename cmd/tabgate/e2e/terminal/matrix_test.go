//go:build !windows

package terminal

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var displays = map[string]func() display{
	"tmux":       func() display { return &tmux{} },
	"GNU screen": func() display { return &tmux{screen: true} },
	"xterm.js":   func() display { return &xtermJS{} },
	"xterm":      func() display { return &xterm{} },
	"kitty":      func() display { return &kitty{} },
}

// eachDisplay tests with every emulator that is to be had here. What another
// one shows is the strict one's picture, so that says what it should be.
func eachDisplay(t *testing.T, test func(t *testing.T, p *place, d display)) {
	for name, d := range displays {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "xterm" && os.Getenv(builtBinary) == "" {
				need(t, "xterm", "Xvfb")
				inXterms(t)
				return
			}
			p := newPlace(t)
			p.env["LANG"] = "C.UTF-8" // the one that every system has
			test(t, p, d())
		})
	}
}

// inXterms runs this test in a process of its own, and in a new xterm where one
// stopped printing: on a busy machine one in some hundreds prints nothing from
// some point on, whatever is asked of it. A program that makes each xterm stop
// fails the test.
func inXterms(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for range 3 {
		cmd := exec.Command(self, "-test.run", "^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$", "-test.v")
		cmd.Env = append(os.Environ(), builtBinary+"="+binary)
		if out, err = cmd.CombinedOutput(); err == nil {
			break
		}
		if !strings.Contains(string(out), printsNothing) {
			break
		}
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("%v\n%s", err, out)
	}
}

func lineOf(rows []string, y int) string {
	if y >= len(rows) {
		return ""
	}
	return trimmed(rows[y])
}

func trimmed(row string) string { return strings.TrimRight(row, " ") }

func TestEmulatorsShowEveryPageAsItIs(t *testing.T) {
	eachDisplay(t, func(t *testing.T, p *place, d display) {
		s := p.show(d, 100, 30, "demo")
		s.see("Nobody is signed in")
		s.same("Home")
		s.send("2")
		s.see(pleaseLogin)
		s.same("a locked tab")
		s.signIn("both@example.com")
		s.press("2", "100% Complete")
		s.same("the walk")
		s.press("3", "Map Layers")
		s.see("Bart Stop Exits")
		s.same("the map")
		s.press("4", "Gross Agricultural Production ($B)")
		s.same("the table")
		s.press("?", "Keys")
		s.same("the keys")
		s.dismiss("esc closes")
		s.send("q")
		s.back(p)
		if _, may := d.(*kitty); !may && octants(s.bytes()) {
			t.Error("octants are drawn")
		}
	})
}

// back waits until the display is the shell's again, and its modes are as at
// the start.
func (s *relayed) back(p *place) {
	s.t.Helper()
	<-s.ended
	eventually(s.t, "the shell's screen", func() error {
		rows, err := s.display.rows()
		if err != nil {
			return err
		}
		if got := strings.TrimSpace(strings.Join(rows, "\n")); strings.Join(strings.Fields(got), " ") != "before after 0" {
			return fmt.Errorf("it is\n%s", got)
		}
		return nil
	})
	answers, err := os.ReadFile(filepath.Join(p.home, "modes"))
	if err != nil || !fence.Match(answers) {
		s.t.Errorf("the terminal does not say its modes: %v, %q", err, answers)
	}
	for _, mode := range reported.FindAllSubmatch(answers, -1) {
		on := string(mode[2]) == "1" || string(mode[2]) == "3"
		if usual := string(mode[1]) == "7" || string(mode[1]) == "25"; on != usual {
			s.t.Errorf("mode %s is left %v", mode[1], on)
		}
	}
	if d, ok := s.display.(*tmux); ok && !d.screen {
		if left, err := d.left(); err != nil || left != "" {
			s.t.Errorf("modes are left on: %s %v", left, err)
		}
	}
}

// Answers to DECRQM, and to DA1.
var (
	reported = regexp.MustCompile(`\x1b\[\?(\d+);(\d)\$y`)
	fence    = regexp.MustCompile(`\x1b\[\?[\d;]*c$`)
)

func TestClustersKeepTheColumnsOfATable(t *testing.T) {
	const table = "name,kind,left,right\nहिन्दी,a,11,21\nไทย,b,12,22\n👩\u200d👩\u200d👧,c,13,23\n🇩🇪,d,14,24\ncafe\u0301,e,15,25\nplain,f,16,26\n"
	eachDisplay(t, func(t *testing.T, p *place, d display) {
		p.write(".config/tabgate/config.yaml", "pages:\n  dataframe: {groups: [], data: "+p.write("clusters.csv", table)+"}\n")
		s := p.show(d, 100, 30)
		s.see("No user pool yet")
		s.send("4")
		s.see("16 26")
		eventually(t, "the columns of the table", func() error { return s.columns(p, "│") })
		s.send("q")
		s.back(p)
	})
}

// edge stands in the last column, where it is sure: a terminal shows a row up to
// its last character, and what comes then was erased or never written.
const edge = "|"

// columns compares what stands from a mark on, to the right edge: what is
// before it may be wider in one terminal than in another.
func (s *relayed) columns(p *place, mark string) error {
	var edges strings.Builder
	for y := range s.emu.h {
		fmt.Fprintf(&edges, "\x1b[%d;%dH%s", y+1, s.emu.w, edge)
	}
	if err := inject(p.home, "\x1b7"+edges.String()+"\x1b8"); err != nil {
		return err
	}
	rows, err := s.display.rows()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := 0
	for y := range s.emu.h {
		cells := s.emu.cells[y*s.emu.w : (y+1)*s.emu.w]
		x := slices.Index(cells, mark)
		if x < 0 || y >= len(rows) {
			continue
		}
		found++
		want, have := strings.Join(cells[x:len(cells)-1], "")+edge, []rune(rows[y])
		if have := string(have[max(0, len(have)-len(cells)+x):]); have != want {
			return fmt.Errorf("row %d has\n%q, not\n%q", y, have, want)
		}
	}
	if found < 6 {
		return fmt.Errorf("%d rows have the mark", found)
	}
	return nil
}
