//go:build !windows

package terminal

import (
	"regexp"
	"strings"
	"testing"
)

// question is how what is asked of the terminal ends.
const question = "\x1b[>0q\x1b[c"

// octants reports whether a text holds octants.
func octants(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= 0x1cd00 && r <= 0x1cde5 })
}

// asked waits until the terminal is asked for its version.
func (s *terminal) asked() {
	s.t.Helper()
	s.wait("the question", func(_ *emulator, raw string) bool { return strings.Contains(raw, question) })
}

func TestOctantsAreDrawnOnlyWhereTheTerminalHasProvedThem(t *testing.T) {
	inherited := map[string]string{"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty", "TERM_PROGRAM": "ghostty", "VTE_VERSION": "7800"}
	tests := map[string]struct {
		answer string
		args   []string
		want   bool
	}{
		"a kitty that has them":           {"\x1bP>|kitty(0.40.0)\x1b\\", nil, true},
		"a terminal that does not say":    {"", nil, false},
		"a kitty that draws boxes":        {"\x1bP>|kitty(0.26.5)\x1b\\", nil, false},
		"another terminal inside a kitty": {"\x1bP>|XTerm(379)\x1b\\", nil, false},
		"a multiplexer inside a kitty":    {"\x1bP>|tmux 3.5a\x1b\\", nil, false},
		"a choice of the person's":        {"\x1bP>|kitty(0.40.0)\x1b\\", []string{"--glyphs", "quadrant"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			for key, value := range inherited {
				p.env[key] = value
			}
			s := blank(t, 100, 30)
			s.emu.version = tt.answer
			s.start(p.home, p.environ(), append([]string{binary, "demo"}, tt.args...)...)
			s.see("Nobody is signed in")
			if len(tt.args) == 0 {
				s.asked()
			}
			if before, _, _ := strings.Cut(s.bytes(), question); octants(before) {
				t.Error("octants are drawn before the terminal has said what it is")
			}
			if tt.want {
				s.wait("octants, without a key", func(e *emulator, _ string) bool { return octants(e.text()) })
			}
			s.send("4")
			s.see("Gross Agricultural Production ($B)")
			if got := octants(s.bytes()); got != tt.want {
				t.Errorf("octants are drawn: %v", got)
			}
			if strings.Contains(s.words(), "kitty(") {
				t.Error("the answer is taken for typed text")
			}
			s.quit()
		})
	}
}

func TestAVT100GetsNothingThatItWouldPrint(t *testing.T) {
	for _, name := range []string{"vt100", "vt220", "linux"} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.env["TERM"] = name
			s := p.app("demo")
			s.see("Nobody is signed in")
			s.press("l", ownBrowser)
			s.send("\r")
			s.see("oauth2/authorize") // a link elsewhere
			s.send("c")
			s.see("takes no copies")
			s.dismiss("oauth2/authorize")
			s.press("4", "Gross Agricultural Production ($B)")
			if raw := s.bytes(); strings.Contains(raw, "\x1b]") || strings.Contains(raw, question) {
				t.Error("it is sent an OSC sequence or a question")
			}
			s.quit()
		})
	}
}

func TestTheLinuxConsoleIsDrawnInASCII(t *testing.T) {
	p := newPlace(t)
	p.env["TERM"] = "linux"
	s := p.app("demo")
	s.see("Nobody is signed in")
	s.send("4")
	s.see("Gross Agricultural Production ($B)")
	s.quit()
	if strings.ContainsFunc(s.bytes(), func(r rune) bool { return r >= 0x80 }) {
		t.Error("the console is sent characters that its font may lack")
	}
	if got := p.run("show", "dataframe", "--offline"); got.code != 0 || !strings.Contains(got.out, "▁▂▃") {
		t.Errorf("a frame for a file is drawn otherwise: exit %d, %s%s", got.code, got.out, got.err)
	}
}

func TestATerminalThatCannotPlaceTextGetsOneLine(t *testing.T) {
	for name, term := range map[string]string{"dumb": "dumb", "unknown": "unknown", "empty": "", "unset": "-"} {
		for _, args := range [][]string{{"demo"}, {}} {
			t.Run(name+" "+strings.Join(args, " "), func(t *testing.T) {
				p := newPlace(t)
				if p.env["TERM"] = term; term == "-" {
					delete(p.env, "TERM")
				}
				s := p.app(args...)
				if code := s.end(); code != 1 {
					t.Errorf("exit code %d", code)
				}
				s.see("the app needs a terminal that can place text")
				if raw := s.bytes(); strings.Contains(raw, "\x1b") || strings.Count(raw, "\n") != 1 {
					t.Errorf("it is told %q", raw)
				}
			})
		}
	}
}

// coloured matches an SGR sequence that sets a colour.
var coloured = regexp.MustCompile(`\x1b\[([\d;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[\d;]*)?m`)

func TestWithoutColoursTheRestStays(t *testing.T) {
	for name, value := range map[string]string{"NO_COLOR": "1", "CLICOLOR": "0"} {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.env[name] = value
			s := p.app("demo")
			s.see("[1 Home]")
			s.see("2 Plotting Demo ⊘") // a lock
			s.send("2")
			s.see("[2 Plotting Demo ⊘]")
			s.see(pleaseLogin)
			s.signIn("both@example.com")
			s.press("2", "[2 Plotting Demo]")
			s.press("3", "[3 Mapping Demo]")
			s.press("4", "[4 DataFrame Demo]")
			s.see(">China") // the row that keys act on
			s.press("?", "Keys")
			s.dismiss("esc closes")
			s.quit()
			raw := s.bytes()
			if found := coloured.FindString(raw); found != "" {
				t.Errorf("a colour is set: %q", found)
			}
			for what, sgr := range map[string]string{"bold": "\x1b[1m", "underline": "\x1b[4m"} {
				if !strings.Contains(raw, sgr) {
					t.Errorf("nothing is %s", what)
				}
			}
		})
	}
}

func TestHalfBlocksAreTheFinestThatHalfDraws(t *testing.T) {
	for _, format := range []string{"text", "ansi"} {
		t.Run(format, func(t *testing.T) {
			p := newPlace(t)
			got := p.run("demo", "--tour", "--glyphs", "half", "--format", format)
			if got.code != 0 || !strings.ContainsAny(got.out, "▀▄█") {
				t.Fatalf("exit %d, without half blocks: %s", got.code, got.err)
			}
			if i := strings.IndexFunc(got.out, finer); i >= 0 {
				t.Errorf("finer than half blocks: %.120q", got.out[i:])
			}
		})
	}
}

// finer reports whether r is braille, or a block finer than a half.
func finer(r rune) bool {
	switch {
	case r >= 0x2581 && r <= 0x258f:
		return r != '▄' && r != '█' && r != '▌'
	case r >= 0x2594 && r <= 0x259f, r >= 0x2800 && r <= 0x28ff, r >= 0x1fb00 && r <= 0x1fbff, r >= 0x1cc00 && r <= 0x1ceff:
		return true
	}
	return false
}
