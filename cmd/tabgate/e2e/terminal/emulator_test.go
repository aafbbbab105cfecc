//go:build !windows

package terminal

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// An emulator is the terminal that a person looks at. It understands what
// tabgate has reason to send and nothing else: all other control sequences
// and characters are faults, so that text from outside that reaches the
// terminal raw is seen.
type emulator struct {
	w, h, x, y int
	cells      []string
	modes      map[string]bool // "?1049" and so on
	clipboard  []string        // what OSC 52 put there
	links      []string        // targets of OSC 8, in the order of their coming
	faults     []string
	replies    string // what was asked for, not yet sent
	mute       bool   // nothing that is asked for is answered
	version    string // what XTVERSION is answered with, "" for nothing
	rest       string // an unfinished sequence
	resized    bool   // frames for the size of before may still come
}

func newEmulator(w, h int) *emulator {
	return &emulator{w: w, h: h, cells: slices.Repeat([]string{" "}, w*h), modes: map[string]bool{"?25": true}}
}

func (e *emulator) resize(w, h int) {
	e.w, e.h, e.x, e.y, e.resized = w, h, 0, 0, true
	e.cells = slices.Repeat([]string{" "}, w*h)
}

func (e *emulator) fault(format string, a ...any) {
	if len(e.faults) < 20 {
		e.faults = append(e.faults, fmt.Sprintf(format, a...))
	}
}

func (e *emulator) write(s string) {
	s, e.rest = whole(e.rest + s)
	for s != "" {
		if s[0] == 0x1b {
			n := e.sequence(s)
			if n == 0 {
				e.rest = s + e.rest
				return
			}
			s = s[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		if e.control(r, n) {
			s = s[n:]
			continue
		}
		text, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		e.put(text, width)
		s = s[len(text):]
	}
}

// whole cuts a character off that has not come to its end.
func whole(s string) (text, rest string) {
	for i := max(len(s)-utf8.UTFMax, 0); i < len(s); i++ {
		if utf8.RuneStart(s[i]) && !utf8.FullRuneInString(s[i:]) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// control takes characters that are not for showing.
func (e *emulator) control(r rune, n int) bool {
	switch {
	case r == '\r':
		e.x = 0
	case r == '\n':
		e.feed()
	case r == utf8.RuneError && n == 1, unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
		e.fault("%U is no character for a screen", r)
	default:
		return false
	}
	return true
}

func (e *emulator) feed() {
	if e.y+1 < e.h {
		e.y++
		return
	}
	if e.modes["?1049"] && !e.resized {
		e.fault("a line feed scrolled the screen")
		return
	}
	e.cells = append(e.cells[e.w:], slices.Repeat([]string{" "}, e.w)...)
}

func (e *emulator) put(text string, width int) {
	if e.x+width > e.w {
		if e.resized {
			return
		}
		if e.modes["?1049"] {
			e.fault("%q was written past the right edge", text)
			return
		}
		e.x = 0
		e.feed()
	}
	for i := range width {
		if i > 0 {
			text = ""
		}
		if at := e.y*e.w + e.x + i; at < len(e.cells) {
			e.cells[at] = text
		}
	}
	e.x += width
}

// sequence reads one control sequence and gives its length, 0 when there is
// more to come.
func (e *emulator) sequence(s string) int {
	switch {
	case len(s) < 2:
		return 0
	case s[1] == '[':
		i := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
		if i < 0 {
			return 0
		}
		e.csi(s[2:2+i], s[2+i])
		return i + 3
	case s[1] == ']':
		end, size := strings.IndexByte(s, 7), 1
		if st := strings.Index(s, "\x1b\\"); st >= 0 && (end < 0 || st < end) {
			end, size = st, 2
		}
		if end < 0 {
			return 0
		}
		e.osc(s[2:end])
		return end + size
	}
	e.fault("unknown sequence %.8q", s)
	return 2
}

func (e *emulator) osc(text string) {
	if link, ok := strings.CutPrefix(text, "8;"); ok {
		_, target, _ := strings.Cut(link, ";")
		if strings.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			e.fault("a link to %q", target)
		}
		if target != "" {
			e.links = append(e.links, target)
		}
		return
	}
	if data, ok := strings.CutPrefix(text, "52;c;"); ok {
		e.clipboard = append(e.clipboard, data)
		return
	}
	if text != "11;?" {
		e.fault("unknown sequence OSC %.40q", text)
	}
}

func (e *emulator) csi(params string, final byte) {
	number := func(i, none int) int {
		parts := strings.Split(params, ";")
		if i < len(parts) && parts[i] != "" {
			none, _ = strconv.Atoi(parts[i])
		}
		return none
	}
	switch final {
	case 'H':
		e.y, e.x = min(number(0, 1), e.h)-1, min(number(1, 1), e.w)-1
	case 'C':
		e.x = min(e.x+number(0, 1), e.w-1)
	case 'X':
		at := e.x
		for range number(0, 1) {
			e.put(" ", 1)
		}
		e.x = at
	case 'J':
		if params != "" {
			e.fault("unknown sequence CSI %s %c", params, final)
		}
		for at := e.y*e.w + e.x; at < len(e.cells); at++ {
			e.cells[at] = " "
		}
	case 'm':
	case 'n':
		e.replies += "\x1b[0n"
	case 'c':
		e.replies += "\x1b[?62;22c"
	case 'h', 'l':
		for _, mode := range strings.Split(params, ";") {
			e.modes[mode] = final == 'h'
		}
		if params == "?1049" {
			e.x, e.y, e.cells = 0, 0, slices.Repeat([]string{" "}, e.w*e.h)
		}
	case 'q': // a question for the version
		if params != ">0" {
			e.fault("unknown question CSI %s %c", params, final)
		}
		e.replies += e.version
	default:
		e.fault("unknown sequence CSI %s %c", params, final)
	}
}

// text gives the characters of the screen, a line a row.
func (e *emulator) text() string {
	var b strings.Builder
	for i, c := range e.cells {
		if i > 0 && i%e.w == 0 {
			b.WriteByte('\n')
		}
		b.WriteString(c)
	}
	return b.String()
}

// words is the screen without frames and line ends, for sentences that were
// wrapped.
func (e *emulator) words() string {
	bare := strings.Map(func(r rune) rune {
		if r >= 0x2500 && r < 0x2580 { // box drawing
			return ' '
		}
		return r
	}, e.text())
	return strings.Join(strings.Fields(bare), " ")
}
