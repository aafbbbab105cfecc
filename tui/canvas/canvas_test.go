package canvas

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

var (
	black = RGB{}
	white = RGB{255, 255, 255}
	red   = RGB{255, 0, 0}
	blue  = RGB{0, 0, 255}
)

func TestRenderWritesRunsOfOneStyle(t *testing.T) {
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
		"256 colours": {
			func(g *Grid) { g.Text(0, 0, "abcdef", red, 0) }, termenv.ANSI256, "\x1b[38;5;196;48;5;16mabcdef\x1b[0m",
		},
		"16 colours": {
			func(g *Grid) { g.Text(0, 0, "abcdef", red, 0) }, termenv.ANSI, "\x1b[91;40mabcdef\x1b[0m",
		},
		"no colour is plain text": {
			func(g *Grid) { g.Text(0, 0, "ab", red, Bold|Reverse) }, termenv.Ascii, "ab    ",
		},
		"the terminal's own colours": {
			func(g *Grid) {
				g.Text(0, 0, "abcdef", red, 0)
				for i := range g.Cells {
					g.Cells[i].NoFG, g.Cells[i].NoBG = true, true
				}
			}, termenv.TrueColor, "abcdef",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(6, 1)
			g.Fill(black)
			tt.draw(g)
			if got := g.Render(tt.profile); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestTextStaysInItsCells(t *testing.T) {
	tests := map[string]struct {
		x    int
		text string
		used int
		want string
	}{
		"it fits":                         {1, "abc", 3, " abc    "},
		"the right edge cuts":             {5, "abcdef", 3, "     abc"},
		"the left edge cuts":              {-2, "abcdef", 6, "cdef    "},
		"a wide rune takes two":           {0, "世界x", 5, "世界x   "},
		"a wide rune is not halved":       {7, "世", 0, "        "},
		"half a wide rune is blank":       {-1, "世界", 4, " 界     "},
		"escapes have no power":           {0, "a\x1b[2J\nb", 7, "a�[2J�b "},
		"text direction marks are shown":  {0, "a\u202eb", 3, "a�b     "},
		"marks are dropped":               {0, "e\u0301f", 2, "ef      "},
		"flags are not joined":            {0, "\U0001f1e9\U0001f1ea", 2, "��      "},
		"bytes that are no text":          {0, "a\xff\xfeb", 4, "a��b    "},
		"C1 control sequence introducers": {0, "a\u009b1m", 4, "a�1m    "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(8, 1)
			if used := g.Text(tt.x, 0, tt.text, white, 0); used != tt.used {
				t.Errorf("used %d cells, want %d", used, tt.used)
			}
			if got := g.Render(termenv.Ascii); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOverwritingHalfOfAWideRuneLeavesABlank(t *testing.T) {
	g := NewGrid(4, 1)
	g.Text(0, 0, "世界", white, 0)
	g.Text(1, 0, "x", white, 0)
	g.Text(2, 0, "y", white, 0)
	if got := g.Render(termenv.Ascii); got != " xy " {
		t.Errorf("got %q", got)
	}
}

func TestEveryRuneTakesTheCellsThatTheTerminalGivesIt(t *testing.T) {
	g := NewGrid(12, 1)
	for r := rune(0); r <= 0x1ffff; r++ {
		if !utf8.ValidRune(r) || r == utf8.RuneError {
			continue
		}
		for i := range g.Cells {
			g.Cells[i] = Cell{}
		}
		g.Text(0, 0, "a"+string([]rune{r, r, 'e', r})+"x", white, 0)
		line := g.Render(termenv.Ascii)
		if w := ansi.StringWidth(line); w != 12 {
			t.Errorf("%U: %d cells, want 12: %q", r, w, line)
		}
	}
}

func TestEveryFrameIsExactlyAsWideAsTheGrid(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	runes := []rune{0, ' ', 'a', Tail, '世', '─', '▟', '⣿', 0x1fb07, 0x1cd40, '\n', 0x1b, 0x301, -7, 0x110000}
	for range 300 {
		g := NewGrid(rnd.IntN(30), rnd.IntN(5))
		g.ASCII = rnd.IntN(2) == 0
		for i := range g.Cells {
			g.Cells[i] = Cell{
				Rune: runes[rnd.IntN(len(runes))], Attr: Attr(rnd.IntN(32)),
				FG: RGB{uint8(rnd.IntN(256))}, BG: RGB{uint8(rnd.IntN(3))}, NoBG: rnd.IntN(3) == 0,
			}
		}
		for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
			frame := g.Render(p)
			lines := strings.Split(frame, "\n")
			if len(lines) != max(g.H, 1) {
				t.Fatalf("%d lines, want %d", len(lines), g.H)
			}
			for _, line := range lines {
				if w := ansi.StringWidth(line); g.H > 0 && w != g.W {
					t.Fatalf("%d cells, want %d: %q", w, g.W, line)
				}
			}
			if g.ASCII && strings.IndexFunc(frame, func(r rune) bool { return r > 0x7e }) >= 0 {
				t.Fatalf("not ASCII: %q", frame)
			}
		}
	}
}

func TestColoursNearestInThePalettes(t *testing.T) {
	for c, want := range map[RGB]uint8{
		black: 16, white: 231, red: 196, blue: 21, {0x80, 0x80, 0x80}: 244, {0x5f, 0x87, 0xaf}: 67,
	} {
		if got := nearest256(c); got != want {
			t.Errorf("256 colours: %v is %d, want %d", c, got, want)
		}
	}
	for c, want := range map[RGB]uint8{black: 0, white: 15, red: 9, {0x7f, 0, 0}: 1, {0xe6, 0xe9, 0xef}: 15} {
		if got := nearest16(c); got != want {
			t.Errorf("16 colours: %v is %d, want %d", c, got, want)
		}
	}
}

func TestPinnedColoursKeepTheirIndex(t *testing.T) {
	g := NewGrid(1, 1)
	water := RGB{12, 20, 32}
	g.Fill(water)
	before := g.Render(termenv.ANSI256)
	g.Pin(water, 17)
	if got := g.Render(termenv.ANSI256); got != "\x1b[48;5;17m \x1b[0m" {
		t.Errorf("got %q", got)
	}
	g.Unpin()
	if got := g.Render(termenv.ANSI256); got != before {
		t.Errorf("after Unpin got %q, want %q", got, before)
	}
}

func TestWordsNeverVanishInSixteenColours(t *testing.T) {
	g := NewGrid(1, 1)
	g.Fill(RGB{10, 10, 10})
	g.Text(0, 0, "x", RGB{40, 40, 40}, 0)
	if got := g.Render(termenv.ANSI); got != "\x1b[97;40mx\x1b[0m" {
		t.Errorf("got %q", got)
	}
}

func TestWordsStayReadableWithFewColours(t *testing.T) {
	tests := map[string]struct {
		fg, bg RGB
		p      termenv.Profile
		want   string
	}{
		"grey on white would be too pale in 16": {RGB{0x5a, 0x64, 0x73}, RGB{255, 255, 255}, termenv.ANSI, "\x1b[30;107mx\x1b[0m"},
		"in 256 there is a grey near enough":    {RGB{0x5a, 0x64, 0x73}, RGB{255, 255, 255}, termenv.ANSI256, "\x1b[38;5;241;48;5;231mx\x1b[0m"},
		"what was faint stays faint":            {RGB{0xc9, 0xd0, 0xd9}, RGB{255, 255, 255}, termenv.ANSI, "\x1b[37;107mx\x1b[0m"},
		"on olive, black is the better one":     {RGB{255, 255, 255}, RGB{125, 112, 16}, termenv.ANSI, "\x1b[30;43mx\x1b[0m"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(1, 1)
			g.Fill(tt.bg)
			g.Text(0, 0, "x", tt.fg, 0)
			if got := g.Render(tt.p); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBlitAndRectClip(t *testing.T) {
	src := NewGrid(3, 3)
	for y := range 3 {
		src.Text(0, y, "abc", white, 0)
	}
	g := NewGrid(4, 3)
	g.Blit(src, -1, 1)
	g.Blit(src, 3, -2)
	g.Blit(src, 9, 9)
	if got := g.Render(termenv.Ascii); got != "   a\nbc  \nbc  " {
		t.Errorf("got %q", got)
	}
	g.Rect(-5, -5, 100, 7, red)
	if got := g.Render(termenv.Ascii); got != "    \n    \nbc  " {
		t.Errorf("got %q", got)
	}
}

func TestBoxAndCut(t *testing.T) {
	g := NewGrid(4, 3)
	g.Box(0, 0, 4, 3, white)
	if got := g.Render(termenv.Ascii); got != "╭──╮\n│  │\n╰──╯" {
		t.Errorf("got %q", got)
	}
	g.ASCII = true
	if got := g.Render(termenv.Ascii); got != "+--+\n|  |\n+--+" {
		t.Errorf("got %q", got)
	}
	for in, want := range map[string]string{"abc": "abc", "abcd": "abcd", "abcde": "abc…", "世界世": "世…"} {
		if got := Cut(in, 4); got != want || Width(got) > 4 {
			t.Errorf("Cut(%q, 4) = %q, want %q", in, got, want)
		}
	}
}

func TestContrastAndMix(t *testing.T) {
	if got := Contrast(black, white); got < 20.99 || got > 21.01 {
		t.Errorf("black on white has contrast %v, want 21", got)
	}
	if got := Mix(black, white, 0.5); got != (RGB{128, 128, 128}) {
		t.Errorf("half way is %v", got)
	}
	if got := Readable(RGB{120, 120, 120}, RGB{100, 100, 100}, 4.5); Contrast(got, RGB{100, 100, 100}) < 4.5 {
		t.Errorf("%v is not readable", got)
	}
}

func BenchmarkRender(b *testing.B) {
	g := NewGrid(200, 60)
	for i := range g.Cells {
		g.Cells[i] = Cell{Rune: '▟', FG: RGB{uint8(i), uint8(i >> 3), 7}, BG: RGB{uint8(i >> 5), 9, uint8(i)}}
	}
	for name, p := range map[string]termenv.Profile{"truecolor": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI, "none": termenv.Ascii} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Render(p)
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

func TestCutKeepsToItsWidthWhereTheTextIsBroken(t *testing.T) {
	for _, s := range []string{"\xffab", "\xff\xff\xff", "a\xffbcd", "é\xff\xffé", "\xe6\x97日"} {
		for w := range 5 {
			if got := Cut(s, w); Width(got) > w {
				t.Errorf("Cut(%q, %d) is %q, %d cells", s, w, got, Width(got))
			}
		}
	}
}
