package screen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/tui/cell"
)

// whole is a terminal on which each cell of g was written by itself.
func whole(g *cell.Grid) *emulator {
	e := newEmulator(g.W, g.H)
	e.clip = true
	for y := range g.H {
		row := g.Row(y)
		for x := 0; x < len(row); {
			c, width := g.Shown(row, x)
			var pen cell.Pen
			e.x, e.y = x, y
			e.write(string(pen.Close(g.AppendText(pen.Append(nil, g, c), c))))
			x += width
		}
	}
	return e
}

// show makes the terminal show what d has drawn.
func (d *diff) show(e *emulator) {
	d.out = d.out[:0]
	e.write(string(d.frame()))
}

// newDiff is a painter's diff of w by h cells, for a terminal that erases in
// colour where w is even.
func newDiff(w, h int) *diff {
	d := &diff{erase: w%2 == 0}
	d.resize(w, h)
	return d
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
	"               ",
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
		d, shown := newDiff(w, h), newEmulator(w, h)
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
				d.resize(w, h)
				shown, lines = newEmulator(w, h), b.frame(w, h)
			default:
				lines = slices.Clone(lines)
				lines[b.IntN(h)] = b.line(w)
			}
			d.next.SetANSI(strings.Join(lines, "\n"))
			d.show(shown)
			same(t, shown, whole(&d.next))
		}
	}
}

// scripts are words of which terminals draw some wider or narrower than they
// have room.
var scripts = []string{
	"हिन्दी", "ไทย", "น้ำ", "👩‍👩‍👧", "🇩🇪", "cafe\u0301", "☁️", "1️⃣", "👍🏽", "क्षत्रिय", "தமிழ்", "می\u200cخواهم", "Привет", "●", "①②", "日本", "\u1112\u1161\u11ab",
}

// A reader finds each word and each letter beside it where the page put them,
// whatever the terminal makes of their widths, and wherever a row changes.
func TestWordsKeepTheirLettersAndColumnsInEveryTerminal(t *testing.T) {
	for name, kind := range map[string]terminalKind{"clusters": clusters, "runes": runes, "wide": wideOnes} {
		t.Run(name, func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(3, 4))
			d, e := newDiff(34, 3), newEmulator(34, 3)
			e.kind, e.modes["?7"] = kind, false
			for range 400 {
				y, x := rnd.IntN(3), rnd.IntN(24)
				text := scripts[rnd.IntN(len(scripts))]
				switch {
				case y == 2: // A row of which only the cells that differ are written.
					text = []string{"Жи", "●", "λ①", "abc", "x", "日本"}[rnd.IntN(6)]
				case rnd.IntN(3) == 0:
					text = []string{"abc", "x", "      ", "⣿⣿"}[rnd.IntN(4)]
				}
				d.next.Text(x, y, text, cell.RGB{uint8(rnd.IntN(2)), 200, 0}, 0)
				if d.show(e); len(e.faults) > 0 {
					t.Fatal(e.faults)
				}
				legible(t, d, e)
			}
		})
	}
}

// legible fails where the terminal does not show a character of the painter's
// at its column.
func legible(t *testing.T, d *diff, e *emulator) {
	t.Helper()
	text := func(i int) string { return e.cells[i][:strings.LastIndexByte(e.cells[i], '{')] }
	for y := range d.next.H {
		row := d.next.Row(y)
		for x := 0; x < len(row); {
			c, width := d.next.Shown(row, x)
			want, at := string(d.next.AppendText(nil, c)), y*e.w+x
			if end := d.word(row, x); end > x {
				want, width = "", end-x
				for i := x; i < end; {
					c, w := d.next.Shown(row, i)
					want, i = want+string(d.next.AppendText(nil, c)), i+w
				}
				got := ""
				for i := range width {
					if t := text(at + i); t != " " && t != "→" {
						got += t
					}
				}
				if d.next.Agreement(c) == cell.Emoji && e.kind != clusters { // It shows its first person.
					r, n := utf8.DecodeRuneInString(want)
					got, want = got[:min(n, len(got))], string(r)
				}
				if got != want && e.kind != wideOnes {
					t.Fatalf("at %d,%d stands %q, want %q", x, y, got, want)
				}
			} else if got := text(at); got != want && (e.kind != wideOnes || d.next.Agreement(c) == cell.Agreed) {
				t.Fatalf("at %d,%d stands %q, want %q:\n%s", x, y, got, want, e.text())
			}
			x += width
		}
	}
}

func TestEqualFramesWriteNothing(t *testing.T) {
	d, e := newDiff(20, 4), newEmulator(20, 4)
	d.next.SetANSI("one\n\x1b[31mtwo\x1b[m\nthree\nfour")
	d.show(e)
	if !d.same() {
		t.Error("what was just shown is not shown")
	}
	// Other bytes, the same picture.
	d.next.SetANSI("one\n\x1b[31mtw\x1b[31mo\x1b[0m\nthree\nfour   ")
	d.out = d.out[:0]
	if out := d.frame(); !d.same() || len(out) > 0 {
		t.Errorf("an equal picture wrote %q", out)
	}
	// On a blank only the background can be seen.
	d.next.Text(5, 3, "    ", cell.RGB{1, 2, 3}, cell.Bold)
	if out := d.frame(); len(out) > 0 {
		t.Errorf("a colour that nobody sees wrote %q", out)
	}
}

func TestFewCellsCostFewBytes(t *testing.T) {
	d, e := newDiff(151, 21), newEmulator(151, 21)
	d.next.Fill(cell.RGB{14, 17, 23})
	for y := range d.next.H {
		d.next.Text(0, y, strings.Repeat("x", 151), cell.RGB{230, 233, 239}, 0)
	}
	d.show(e)
	d.next.Text(100, 20, "1", cell.RGB{230, 233, 239}, 0)
	if d.show(e); len(d.out) > 50 {
		t.Errorf("one new digit took %d bytes: %q", len(d.out), d.out)
	}
}

func TestClustersThatComeAndGo(t *testing.T) {
	d, e := newDiff(30, 2), newEmulator(30, 2)
	for i := range 20_000 {
		d.next.Fill(cell.RGB{})
		d.next.Text(0, 0, "link e"+string([]rune{rune(0x300 + i%60), rune(0x300 + i/60%60), rune(0x300 + i/3600)}), cell.RGB{9, 9, 9}, 0)
		d.next.Link(0, 0, 4, fmt.Sprintf("https://example.com/%d", i))
		if d.show(e); len(d.out) == 0 {
			t.Fatalf("frame %d wrote nothing", i)
		}
		if i%1999 == 0 {
			same(t, e, whole(&d.next))
		}
	}
}

func FuzzNothingDangerousReachesTheTerminal(f *testing.F) {
	f.Add("a\x1b]52;c;aGk=\x07", 10, 2)
	f.Add("\x1b[31m日\x1b[", 3, 1)
	f.Add("\u202e\u0301\xff\x9b31m", 4, 2)
	for _, s := range scripts {
		f.Add(s, 7, 1)
	}
	f.Fuzz(func(t *testing.T, frame string, w, h int) {
		w, h = 1+min(max(w, 0), 80), 1+min(max(h, 0), 20)
		d, e := newDiff(w, h), newEmulator(w, h)
		e.modes["?7"] = false
		d.next.SetANSI(frame)
		for _, kind := range []terminalKind{runes, clusters} {
			e.kind, d.valid = kind, false
			d.show(e)
			out := strings.ReplaceAll(string(d.out), "\x1b]8;", "")
			if strings.Contains(out, "\x1b]") || strings.ContainsAny(out, "\x07\x08\t\x7f\u0085\u009b") {
				t.Errorf("%q wrote %q", frame, d.out)
			}
			if len(e.faults) > 0 {
				t.Errorf("%q: %v", frame, e.faults)
			}
		}
		legible(t, d, e)
	})
}

func TestLongBlanksAreErasedInTheirColour(t *testing.T) {
	for _, erases := range []bool{true, false} {
		d, e := newDiff(60, 3), newEmulator(60, 3)
		d.erase = erases
		d.next.SetANSI("\x1b[48;2;14;17;23m" + strings.Repeat(" ", 60) + "\nlinked \x1b]8;;https://example.com/\x1b\\" + strings.Repeat(" ", 30) + "\x1b]8;;\x1b\\\nx")
		d.show(e)
		same(t, e, whole(&d.next))
		if got := strings.Contains(string(d.out), "\x1b[60X"); got != erases {
			t.Errorf("erased: %v in %q", got, d.out)
		}
	}
}

func TestWhichTerminalsErase(t *testing.T) {
	for env, want := range map[string]bool{
		"TERM=xterm-256color": true, "TERM=tmux-256color": true, "TERM=screen TMUX=/tmp/s,1,0": true, "TERM=screen-256color": false,
		"TERM=xterm STY=1.a.b": false, "TERM=linux": false, "TERM=vt220": false, "": false,
	} {
		got := erases(func(name string) string {
			for _, entry := range strings.Fields(env) {
				if value, ok := strings.CutPrefix(entry, name+"="); ok {
					return value
				}
			}
			return ""
		})
		if got != want {
			t.Errorf("%q: %v", env, got)
		}
	}
}
