package screen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// whole shows a frame on an empty screen, line by line.
func whole(frame string, w, h int) *emulator {
	e := newEmulator(w, h)
	e.clip = true
	for y, line := range strings.Split(frame, "\n") {
		if y < h {
			e.y, e.x = y, 0
			e.write(line)
		}
	}
	return e
}

func same(t *testing.T, got, want *emulator) {
	t.Helper()
	if len(got.faults) > 0 {
		t.Fatalf("the painter wrote what it must not: %v", got.faults)
	}
	for i := range want.cells {
		if got.cells[i] != want.cells[i] {
			t.Fatalf("cell %d,%d is %q, want %q", i%want.w, i/want.w, got.cells[i], want.cells[i])
		}
	}
}

// A babbler makes random frames of everything that a page may show.
type babbler struct{ *rand.Rand }

var looks = []string{
	"", "\x1b[0m", "\x1b[1m", "\x1b[22m", "\x1b[31m", "\x1b[97m", "\x1b[39m", "\x1b[44m", "\x1b[49m", "\x1b[4;7m", "\x1b[24m",
	"\x1b[38;2;1;2;3m", "\x1b[48;2;14;17;23m", "\x1b[38;5;200;48;5;17m", "\x1b[0;2;3;38;5;9m", "\x1b[m",
	"\x1b]8;;https://example.com/a\x1b\\", "\x1b]8;;\x1b\\", "\x1b[102m", "\x1b[9;8;5m",
}

var pieces = []string{
	"a", "hello", "  ", "─", "│", "⣿⡇", "▀▄", "é", "日本", "e\u0301", "👍", "🇩🇪", "\u2601\ufe0f", "…", "x", "    ", "▁▂▃", "ｱ", "한",
}

func (b babbler) line(w int) string {
	var s strings.Builder
	for n := 0; ; {
		s.WriteString(looks[b.IntN(len(looks))])
		piece := pieces[b.IntN(len(pieces))]
		if n += ansi.StringWidth(piece); n > w || b.IntN(30) == 0 {
			break
		}
		s.WriteString(piece)
	}
	return s.String() + "\x1b[m\x1b]8;;\x1b\\"
}

func (b babbler) frame(w, h int) []string {
	lines := make([]string, h)
	for y := range lines {
		lines[y] = b.line(w)
	}
	return lines
}

func TestEveryFrameArrivesWhole(t *testing.T) {
	for seed := range uint64(60) {
		b := babbler{rand.New(rand.NewPCG(seed, 1))}
		w, h := 1+b.IntN(60), 1+b.IntN(14)
		c, shown := newCanvas(), newEmulator(w, h)
		c.resize(w, h)
		lines := b.frame(w, h)
		for range 25 {
			switch b.IntN(6) {
			case 0:
				lines = b.frame(w, h)
			case 1:
				lines = slices.Clone(lines[:b.IntN(h)+1])
				lines = append(lines, b.frame(w, h-len(lines))...)
			case 2:
				w, h = 1+b.IntN(60), 1+b.IntN(14)
				c.resize(w, h)
				shown, lines = newEmulator(w, h), b.frame(w, h)
			default:
				lines = slices.Clone(lines)
				lines[b.IntN(h)] = b.line(w)
			}
			frame := strings.Join(lines, "\n")
			c.out = c.out[:0]
			shown.write(string(c.frame(frame)))
			same(t, shown, whole(frame, w, h))
		}
	}
}

func TestFramesThatDoNotFit(t *testing.T) {
	tests := map[string]struct{ frame, want string }{
		"too long is cut":               {"abcdefgh\nx", "abcde\nx    \n     "},
		"too many lines are cut":        {"1\n2\n3\n4\n5", "1    \n2    \n3    "},
		"too few are blank":             {"1", "1    \n     \n     "},
		"nothing at all":                {"", "     \n     \n     "},
		"half a wide one is a blank":    {"abcd日", "abcd \n     \n     "},
		"unknown sequences are dropped": {"a\x1b[2Jb\x1b]52;c;eA==\x07c\x1bPq\x1b\\d\x1b(0", "abcd0\n     \n     "},
		"control characters too":        {"a\tb\x07\x08c\u0085d", "abcd \n     \n     "},
		"an unfinished sequence":        {"ab\x1b[38;2", "ab   \n     \n     "},
		"invalid bytes":                 {"a\xff\xfeb", "ab   \n     \n     "},
		"a style goes on to the next":   {"\x1b[1ma\nb\x1b[m", "a    \nb    \n     "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c, e := newCanvas(), newEmulator(5, 3)
			c.resize(5, 3)
			e.write(string(c.frame(tt.frame)))
			if got := e.text(); got != tt.want || len(e.faults) > 0 {
				t.Errorf("got %q %v, want %q", got, e.faults, tt.want)
			}
		})
	}
}

func TestEqualFramesWriteNothing(t *testing.T) {
	c := newCanvas()
	c.resize(20, 4)
	frame := "one\n\x1b[31mtwo\x1b[m\nthree\nfour"
	c.frame(frame)
	c.out = c.out[:0]
	if out := c.frame(strings.Clone(frame)); len(out) > 0 {
		t.Errorf("an equal frame wrote %q", out)
	}
	// Other bytes, the same picture.
	if out := c.frame("one\n\x1b[31mtw\x1b[31mo\x1b[0m\nthree\nfour   "); len(out) > 0 {
		t.Errorf("an equal picture wrote %q", out)
	}
}

func TestFewCellsCostFewBytes(t *testing.T) {
	line := "\x1b[38;2;230;233;239;48;2;14;17;23m" + strings.Repeat("x", 100) + "%d" + strings.Repeat("y", 50) + "\x1b[m"
	frame := func(n int) string {
		return strings.Repeat(fmt.Sprintf(line, 0)+"\n", 20) + fmt.Sprintf(line, n)
	}
	c := newCanvas()
	c.resize(151, 21)
	c.frame(frame(1))
	c.out = c.out[:0]
	if out := c.frame(frame(2)); len(out) > 50 {
		t.Errorf("one new digit took %d bytes: %q", len(out), out)
	}
}

func TestTheTablesStayBounded(t *testing.T) {
	c := newCanvas()
	c.resize(30, 2)
	for i := range 3 * maxInterned {
		c.out = c.out[:0]
		frame := fmt.Sprintf("\x1b]8;;https://example.com/%d\x1b\\link\x1b]8;;\x1b\\ e%c", i, rune(0x300+i%60))
		out := c.frame(frame)
		if i%1999 == 0 {
			c.valid = false
			e := newEmulator(30, 2)
			c.out = c.out[:0]
			e.write(string(c.frame(frame)))
			same(t, e, whole(frame, 30, 2))
		}
		if len(c.read.known) > maxInterned+2 || len(out) == 0 {
			t.Fatalf("frame %d: %d known, %d bytes", i, len(c.read.known), len(out))
		}
	}
}

func FuzzNothingDangerousReachesTheTerminal(f *testing.F) {
	f.Add("a\x1b]52;c;aGk=\x07", 10, 2)
	f.Add("\x1b[31m日\x1b[", 3, 1)
	f.Add("\u202e\u0301\xff\x9b31m", 4, 2)
	f.Fuzz(func(t *testing.T, frame string, w, h int) {
		w, h = 1+min(max(w, 0), 80), 1+min(max(h, 0), 20)
		c, e := newCanvas(), newEmulator(w, h)
		c.resize(w, h)
		e.write(string(c.frame(frame)))
		if len(e.faults) > 0 {
			t.Errorf("%q: %v", frame, e.faults)
		}
		out := strings.ReplaceAll(string(c.out), "\x1b]8;", "")
		if strings.Contains(out, "\x1b]") || strings.ContainsAny(out, "\x07\x08\t\x7f\u0085\u009b") {
			t.Errorf("%q wrote %q", frame, c.out)
		}
	})
}
