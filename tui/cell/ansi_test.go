package cell

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/muesli/termenv"
)

// reduced returns what a target makes of g.
func reduced(g *Grid, p termenv.Profile) string {
	target := Target{Profile: p}
	target.Reduce(g)
	return g.ANSI()
}

func TestANSIWritesRunsOfOneStyle(t *testing.T) {
	tests := map[string]struct {
		draw    func(*Grid)
		profile termenv.Profile
		want    string
	}{
		"an empty row is one background": {
			func(g *Grid) {}, termenv.TrueColor, "\x1b[48;2;0;0;0m      \x1b[0m",
		},
		"a word sets its colour once": {
			func(g *Grid) { g.Text(1, 0, "ab", red, 0) }, termenv.TrueColor,
			"\x1b[48;2;0;0;0m \x1b[38;2;255;0;0mab   \x1b[0m",
		},
		"spaces between words keep the colour": {
			func(g *Grid) { g.Text(0, 0, "a b", red, 0) }, termenv.TrueColor,
			"\x1b[38;2;255;0;0;48;2;0;0;0ma b   \x1b[0m",
		},
		"an attribute that ends resets": {
			func(g *Grid) { g.Text(0, 0, "a", red, Bold); g.Text(1, 0, "b", red, 0) }, termenv.TrueColor,
			"\x1b[1;38;2;255;0;0;48;2;0;0;0ma\x1b[0;38;2;255;0;0;48;2;0;0;0mb    \x1b[0m",
		},
		"a line through a blank is seen": {
			func(g *Grid) { g.Text(0, 0, " ", red, Strike) }, termenv.TrueColor,
			"\x1b[9;38;2;255;0;0;48;2;0;0;0m \x1b[0;38;2;255;0;0;48;2;0;0;0m     \x1b[0m",
		},
		"256 colours": {
			func(g *Grid) { g.Text(0, 0, "abcdef", red, 0) }, termenv.ANSI256, "\x1b[38;5;196;48;5;16mabcdef\x1b[0m",
		},
		"16 colours": {
			func(g *Grid) { g.Text(0, 0, "abcdef", red, 0) }, termenv.ANSI, "\x1b[91;40mabcdef\x1b[0m",
		},
		"without colours, bold and reverse stay": {
			func(g *Grid) { g.Text(0, 0, "ab", red, Bold|Reverse) }, termenv.Ascii, "\x1b[1;7mab\x1b[0;1m    \x1b[0m",
		},
		"the terminal's own colours": {
			func(g *Grid) {
				g.Text(0, 0, "abcdef", red, 0)
				for i := range g.Row(0) {
					g.Row(0)[i].FG, g.Row(0)[i].BG = 0, 0
				}
			}, termenv.TrueColor, "abcdef",
		},
		"a link": {
			func(g *Grid) { g.Text(0, 0, "abcdef", red, 0); g.Link(1, 0, 2, "https://example.com/") }, termenv.Ascii,
			"a\x1b]8;id=tabgate;https://example.com/\x1b\\bc\x1b]8;;\x1b\\def",
		},
		"a link to the end of the row": {
			func(g *Grid) { g.Link(5, 0, 9, "https://example.com/") }, termenv.Ascii,
			"     \x1b]8;id=tabgate;https://example.com/\x1b\\ \x1b]8;;\x1b\\",
		},
		"an address that would end its sequence": {
			func(g *Grid) { g.Link(0, 0, 3, "https://example.com/\x1b\\x") }, termenv.Ascii, "      ",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(6, 1)
			g.Fill(black)
			tt.draw(g)
			if got := reduced(g, tt.profile); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestABytesDecimal(t *testing.T) {
	for n := range 256 {
		if got := string(appendByte(nil, uint8(n))); got != strconv.Itoa(n) {
			t.Errorf("%d is written as %s", n, got)
		}
	}
}

func TestEveryFrameIsExactlyAsWideAsTheGrid(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	texts := []string{" ", "a", "世", "─", "▟", "⣿", "🬇", "e\u0301", "हि", "👩‍👩‍👧", "\x1b", "\n"}
	for range 300 {
		g := NewGrid(rnd.IntN(30), rnd.IntN(5))
		for y := range g.H {
			for range g.W {
				x := rnd.IntN(g.W)
				g.Text(x, y, texts[rnd.IntN(len(texts))], RGB{uint8(rnd.IntN(256))}, Attr(rnd.IntN(64)))
				g.At(rnd.IntN(g.W), y).BG = []Color{0, FromRGB(red), FromIndex(7)}[rnd.IntN(3)]
			}
		}
		check(t, g)
		for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
			target := Target{Profile: p, ASCII: rnd.IntN(2) == 0}
			target.Reduce(g)
			check(t, g)
			once := g.ANSI()
			if target.Reduce(g); g.ANSI() != once {
				t.Fatalf("what is reduced is reduced again: %q, then %q", once, g.ANSI())
			}
			if target.ASCII && strings.IndexFunc(once, func(r rune) bool { return r > 0x7e }) >= 0 {
				t.Fatalf("not ASCII: %q", once)
			}
		}
	}
}

func TestParseUndoesANSI(t *testing.T) {
	g := NewGrid(12, 2)
	g.Fill(blue)
	g.Text(0, 0, "a 世e\u0301👩‍👩‍👧", red, Bold)
	g.Text(3, 1, "⣿▟<&", white, Underline|Italic|Strike)
	g.Link(3, 1, 2, "https://example.com/?a=b")
	back := Parse(g.ANSI())
	if back.W != 12 || back.H != 2 {
		t.Fatalf("%d by %d", back.W, back.H)
	}
	if a, b := g.ANSI(), back.ANSI(); a != b {
		t.Errorf("got  %q\nwant %q", b, a)
	}
}

func TestParseLeavesOutOtherSequences(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"a title":                        {"\x1b]0;title\x07x", "x"},
		"cursor movement":                {"a\x1b[2Kb\x1b[10;10Hc", "abc"},
		"cut short":                      {"a\x1b[38;2;1", "a"},
		"an escape at the end":           {"a\x1b", "a"},
		"carriage returns":               {"a\r\nb", "a\nb"},
		"a charset":                      {"\x1b(Bx", "x"},
		"strings, and what they hold":    {"a\x1b]52;c;eA==\x07c\x1bPq\x1b\\d\x1b_x\x1b\\e", "acde"},
		"control characters":             {"a\tb\x07\x08c", "abc"},
		"private modes":                  {"\x1b[?1049ha", "a"},
		"bytes that are no text":         {"a\xff\xfeb", "a��b"},
		"an 8-bit sequence has no power": {"a\u009b31mb", "a�31mb"},
		"what follows a half sequence":   {"\x1b[3\x1b[1mb", "b"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Parse(tt.in).String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestParseReadsEveryKindOfStyle(t *testing.T) {
	for in, want := range map[string]RGB{
		"\x1b[31mx": {128, 0, 0}, "\x1b[92mx": {0, 255, 0}, "\x1b[38;5;196mx": {255, 0, 0},
		"\x1b[38;5;244mx": {128, 128, 128}, "\x1b[38;5;9mx": {255, 0, 0}, "\x1b[1;38;2;1;2;3mx": {1, 2, 3}, "\x1b[38:2:7:8:9mx": {7, 8, 9},
	} {
		if c := Parse(in).At(0, 0); c.FG.RGB() != want {
			t.Errorf("%q is %v, want %v", in, c.FG.RGB(), want)
		}
	}
	if c := Parse("\x1b[31;41;1mx\x1b[39;49;22my").At(1, 0); c.FG != 0 || c.BG != 0 || c.Attr != 0 {
		t.Errorf("the style was not taken back: %+v", c)
	}
	if c := Parse("\x1b[1;2;3;4;7;9mx").At(0, 0); c.Attr != Bold|Faint|Italic|Underline|Reverse|Strike {
		t.Errorf("attributes: %v", c.Attr)
	}
	if c := Parse("\x1b[1ma\nb").At(0, 1); c.Attr != Bold {
		t.Error("a style does not go on to the next line")
	}
}

func TestLinesThatDoNotFit(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"too long is cut":            {"abcdefgh\nx", "abcde\nx\n"},
		"too many lines are cut":     {"1\n2\n3\n4\n5", "1\n2\n3"},
		"too few are blank":          {"1", "1\n\n"},
		"nothing at all":             {"", "\n\n"},
		"half a wide one is a blank": {"abcd日x", "abcd\n\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(5, 3)
			g.Text(0, 2, "old", white, 0)
			if g.SetANSI(tt.in); g.String() != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"\x1b[38;2;1;2;3mabc\x1b[0m", "\x1b]8;;x\x1b\\y", "\x1b[", "世\n\x1b[48;5;300m", "\x1b[38;5m", "\xff\xfe\x1b",
		"\x1b]8;;https://example.com\x07हि\x1b]8;;\x1b\\", "\x1b[99999999999999999999m", "a\x1b]52;c;aGk=\x07", "\u202e\u0301\x9b31m", "\x1b[4:3mx",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g := Parse(text)
		check(t, g)
		back := Parse(g.ANSI())
		if g.W > 0 && back.ANSI() != g.ANSI() {
			t.Errorf("%q is read back as %q", g.ANSI(), back.ANSI())
		}
		g.Resize(7, 2)
		g.SetANSI(text)
		check(t, g)
		wellFormed(t, SVG(g, SVGOptions{Title: text}))
	})
}

func BenchmarkANSI(b *testing.B) {
	g := NewGrid(200, 60)
	for y := range g.H {
		for x := range g.Row(y) {
			i := y*200 + x
			g.Row(y)[x] = New('▟', RGB{uint8(i), uint8(i >> 3), 7}, RGB{uint8(i >> 5), 9, uint8(i)}, 0)
		}
	}
	o := NewGrid(200, 60)
	for name, p := range map[string]termenv.Profile{"truecolor": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI, "none": termenv.Ascii} {
		b.Run(name, func(b *testing.B) {
			target := Target{Profile: p}
			b.ReportAllocs()
			for b.Loop() {
				o.Blit(g, 0, 0)
				target.Reduce(o)
				o.ANSI()
			}
		})
	}
}
