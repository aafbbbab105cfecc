package screen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"
)

// An emulator is as much of a terminal as the painter speaks to. It shares
// no code with the painter.
type emulator struct {
	w, h, x, y int
	kind       terminalKind
	cells      []string // text and looks of each cell
	look       map[string]string
	link       string
	modes      map[string]bool // "?1049" and so on
	faults     []string        // what a painter must not do
	rest       string          // an unfinished sequence
	replies    string          // what was asked for, not yet sent
	clip       bool            // ignore what is written past the right edge
}

// A terminalKind is what a terminal makes of characters of several runes and
// of those whose width is ambiguous.
type terminalKind int

const (
	clusters terminalKind = iota // kitty: a cluster has the width of its first rune
	runes                        // xterm, tmux: each rune has its own
	wideOnes                     // the same, and what is ambiguous is wide
)

func newEmulator(w, h int) *emulator {
	e := &emulator{w: w, h: h, look: map[string]string{}, modes: map[string]bool{"?25": true, "?7": true}}
	e.cells = slices.Repeat([]string{" {}"}, w*h)
	return e
}

func (e *emulator) fault(format string, a ...any) {
	e.faults = append(e.faults, fmt.Sprintf(format, a...))
}

func (e *emulator) write(s string) {
	s = e.rest + s
	e.rest = ""
	for s != "" {
		switch {
		case s[0] == 0x1b:
			n := e.sequence(s)
			if n == 0 {
				e.rest = s
				return
			}
			s = s[n:]
		case s[0] == 0x18, s[0] == 0x0f: // the end of a cut sequence, and the usual characters
			s = s[1:]
		case s[0] == '\r':
			e.x, s = 0, s[1:]
		case s[0] == '\n':
			if e.y++; e.y >= e.h {
				e.fault("a line feed scrolled the screen")
				e.y = e.h - 1
			}
			s = s[1:]
		case s[0] < ' ' || s[0] == 0x7f:
			e.fault("control character %q", s[0])
			s = s[1:]
		case !utf8.FullRuneInString(s):
			e.rest = s
			return
		default:
			text, width := e.next(s)
			e.put(text, width)
			s = s[len(text):]
		}
	}
}

// next returns the character that s begins with, and its width.
func (e *emulator) next(s string) (text string, width int) {
	if e.kind == clusters {
		return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	}
	r, n := utf8.DecodeRuneInString(s)
	if r >= 0x1160 && r < 0x1200 { // Korean vowels and finals join what is before.
		return s[:n], 0
	}
	return s[:n], displaywidth.Options{EastAsianWidth: e.kind == wideOnes}.Rune(r)
}

// erase takes a wide character away of which a part is written over.
func (e *emulator) erase(x int) {
	row := e.cells[e.y*e.w : (e.y+1)*e.w]
	wide := func(x int) bool { return x < len(row) && strings.HasPrefix(row[x], "→") }
	if !wide(x) && !wide(x+1) {
		return
	}
	for x > 0 && wide(x) {
		x--
	}
	for row[x] = " {}"; wide(x + 1); x++ {
		row[x+1] = " {}"
	}
}

func (e *emulator) put(text string, width int) {
	if width == 0 { // It belongs to the character before.
		if i := e.y*e.w + e.x - 1; e.x > 0 && e.x <= e.w {
			for strings.HasPrefix(e.cells[i], "→") {
				i--
			}
			at := strings.LastIndexByte(e.cells[i], '{')
			e.cells[i] = e.cells[i][:at] + text + e.cells[i][at:]
		}
		return
	}
	if e.x+width > e.w || e.y >= e.h {
		if !e.clip && (e.kind == clusters || e.modes["?7"]) {
			e.fault("%q was written at %d,%d of %dx%d", text, e.x, e.y, e.w, e.h)
		}
		return
	}
	e.erase(e.x)
	e.erase(e.x + width - 1)
	keys := make([]string, 0, len(e.look))
	for k, v := range e.look {
		if text != " " || strings.Contains("4 a4 a7 a9", k) { // what can be seen of a blank
			keys = append(keys, k+v)
		}
	}
	slices.Sort(keys)
	looks := "{" + strings.Join(keys, ",") + "}" + e.link
	for i := range width {
		if i > 0 {
			text = "→"
		}
		e.cells[e.y*e.w+e.x+i] = text + looks
	}
	e.x += width
}

// sequence reads one control sequence and gives its length, 0 if there is
// more to come.
func (e *emulator) sequence(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		i := strings.IndexFunc(s[2:], func(r rune) bool { return r >= 0x40 && r <= 0x7e })
		if cut := strings.IndexByte(s, 0x18); cut >= 0 && (i < 0 || cut < i+2) {
			return cut + 1
		}
		if i < 0 {
			return 0
		}
		e.csi(s[2:2+i], s[2+i])
		return i + 3
	case strings.HasPrefix(s, "\x1b]"):
		i := strings.Index(s, "\x1b\\")
		if j := strings.IndexByte(s, 7); j >= 0 && (i < 0 || j < i) {
			return j + 1
		}
		if i < 0 {
			return 0
		}
		if link, ok := strings.CutPrefix(s[2:i], "8;"); ok {
			_, e.link, _ = strings.Cut(link, ";")
		}
		return i + 2
	case len(s) < 2:
		return 0
	case s[1] == '\\': // ends nothing
		return 2
	case strings.HasPrefix("\x1b(B", s[:2]):
		return min(len(s), 3) / 3 * 3
	}
	e.fault("unknown sequence %.8q", s)
	return 2
}

func (e *emulator) csi(params string, final byte) {
	n := func(i, none int) int {
		parts := strings.Split(params, ";")
		if i >= len(parts) || parts[i] == "" {
			return none
		}
		v, _ := strconv.Atoi(parts[i])
		return v
	}
	switch final {
	case 'H':
		e.y, e.x = n(0, 1)-1, n(1, 1)-1
		if e.y < 0 || e.y >= e.h || e.x < 0 || e.x >= e.w {
			e.fault("the cursor went to %d,%d of %dx%d", e.x, e.y, e.w, e.h)
		}
	case 'C':
		e.x += n(0, 1)
	case 'X':
		at := e.x
		for range n(0, 1) {
			e.put(" ", 1)
		}
		e.x = at
	case 'J':
		e.cells = append(e.cells[:e.y*e.w+e.x], slices.Repeat([]string{" {}"}, e.w*e.h-e.y*e.w-e.x)...)
	case 'n':
		e.replies += "\x1b[0n"
	case 'c': // the test answers, after what was asked before
	case 'r': // all rows
		e.x, e.y = 0, 0
	case 'm':
		e.sgr(strings.Split(params, ";"))
	case 'h', 'l':
		for _, mode := range strings.Split(params, ";") {
			e.modes[mode] = final == 'h'
		}
	case 'q': // a question for the version, which this terminal does not answer
		if params != ">0" {
			e.fault("unknown question CSI %s %c", params, final)
		}
	default:
		e.fault("unknown sequence CSI %s %c", params, final)
	}
}

func (e *emulator) sgr(p []string) {
	for i := 0; i < len(p); i++ {
		n, _ := strconv.Atoi(p[i])
		switch {
		case n == 0:
			clear(e.look)
		case (n == 38 || n == 48) && i+2 < len(p):
			used := map[string]int{"2": 4, "5": 2}[p[i+1]]
			color := strings.Join(p[i+1:i+1+used], ";")
			if k, _ := strconv.Atoi(p[i+2]); used == 2 && k < 8 {
				color = strconv.Itoa(n - 8 + k)
			} else if used == 2 && k < 16 {
				color = strconv.Itoa(n - 8 + 60 + k - 8)
			}
			e.look[strconv.Itoa(n/10)] = "=" + color
			i += used
		case n == 39 || n == 49:
			delete(e.look, strconv.Itoa(n/10))
		case n >= 30 && n < 38 || n >= 90 && n < 98:
			e.look["3"] = "=" + p[i]
		case n >= 40 && n < 48:
			e.look["4"] = "=" + p[i]
		case n >= 100 && n < 108:
			e.look["4"] = "=" + p[i]
		case n == 22:
			delete(e.look, "a1")
			delete(e.look, "a2")
		case n > 22 && n < 30:
			delete(e.look, fmt.Sprint("a", n-20))
		case n < 10:
			e.look[fmt.Sprint("a", n)] = ""
		}
	}
}

// text gives the characters of the screen, a line a row.
func (e *emulator) text() string {
	var b strings.Builder
	for i, c := range e.cells {
		if i > 0 && i%e.w == 0 {
			b.WriteByte('\n')
		}
		if text := c[:strings.LastIndexByte(c, '{')]; text != "→" {
			b.WriteString(text)
		}
	}
	return b.String()
}
