package cell

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// scripts are texts whose characters are more than a rune, by their columns.
var scripts = map[string]int{
	"हिन्दी": 5, "ไทย": 3, "น้ำ": 2, "👩‍👩‍👧": 2, "🇩🇪": 2, "cafe\u0301": 4, "☁️": 2, "1️⃣": 2, "👍🏽": 2,
	"\u1112\u1161\u11ab": 2, "क्षत्रिय": 6, "தமிழ்": 4, "ﾊﾟ": 2, "می\u200cخواهم": 7, "שָׁלוֹם": 4, "Привет": 6, "日本": 4,
}

func TestClustersStayWhole(t *testing.T) {
	for s, want := range scripts {
		t.Run(s, func(t *testing.T) {
			g := NewGrid(12, 1)
			if n := g.Text(1, 0, s+"|", white, 0); n != want+1 || Width(s) != want {
				t.Errorf("it takes %d columns, and has a width of %d, want %d", n-1, Width(s), want)
			}
			if got := g.String(); got != " "+s+"|" {
				t.Errorf("got %q", got)
			}
			if c := g.At(1+want, 0); c.Rune() != '|' {
				t.Errorf("after it comes %q", g.Cluster(c))
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
		"it fits":                            {1, "abc", 3, " abc"},
		"the right edge cuts":                {5, "abcdef", 3, "     abc"},
		"the left edge cuts":                 {-2, "abcdef", 6, "cdef"},
		"a wide character takes two":         {0, "世界x", 5, "世界x"},
		"a wide character is not halved":     {7, "世", 0, ""},
		"half a wide character is blank":     {-1, "世界", 4, " 界"},
		"nor is a cluster":                   {6, "👩‍👩‍👧👩‍👩‍👧", 2, "      👩‍👩‍👧"},
		"escapes have no power":              {0, "a\x1b[2J\nb", 7, "a�[2J�b"},
		"text direction marks are shown":     {0, "a\u202eb", 3, "a�b"},
		"a mark belongs to its letter":       {0, "e\u0301f", 2, "e\u0301f"},
		"a mark without a letter is dropped": {0, "\u0301f", 1, "f"},
		"half a flag is none":                {0, "\U0001f1e9x", 2, "�x"},
		"a skin tone without a hand":         {0, "\U0001f3fdx", 2, "�x"},
		"nothing invisible":                  {0, "a\u200bb\u00adc", 5, "a�b�c"},
		"bytes that are no text":             {0, "a\xff\xfeb", 4, "a��b"},
		"a mark that is broken":              {0, "e\u0301\xcc", 2, "e\u0301�"},
		"characters newer than Go":           {0, "\U0001cd00\U0001fbe6x", 3, "\U0001cd00\U0001fbe6x"},
		"C1 control sequence introducers":    {0, "a\u009b1m", 4, "a�1m"},
		"a line of two breaks":               {0, "a\r\nb", 4, "a��b"},
		"more marks than anybody needs":      {0, "e" + strings.Repeat("\u0301", 1000), 1, "e" + strings.Repeat("\u0301", 31)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(8, 1)
			if used := g.Text(tt.x, 0, tt.text, white, 0); used != tt.used {
				t.Errorf("used %d columns, want %d", used, tt.used)
			}
			if got := g.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestOverwritingHalfOfAWideCharacterLeavesABlank(t *testing.T) {
	g := NewGrid(4, 1)
	g.Text(0, 0, "世界", white, 0)
	g.Text(1, 0, "x", white, 0)
	g.Text(2, 0, "y", white, 0)
	if got := g.String(); got != " xy" {
		t.Errorf("got %q", got)
	}
}

// check fails where a grid's rows are not W columns wide, or hold something
// that must not reach a terminal.
func check(t *testing.T, g *Grid) {
	t.Helper()
	for y := range g.H {
		row := g.Row(y)
		n := 0
		for x := 0; x < len(row); {
			c, width := g.Shown(row, x)
			text := string(g.AppendText(nil, c))
			if !utf8.ValidString(text) || text == "" || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' }) {
				t.Fatalf("column %d of row %d holds %q", x, y, text)
			}
			if w := Width(text); w != width {
				t.Fatalf("%q takes %d columns, its width is %d", text, width, w)
			}
			x, n = x+width, n+width
		}
		if n != g.W {
			t.Fatalf("row %d has %d columns, want %d", y, n, g.W)
		}
	}
}

func TestEveryRuneTakesTheColumnsThatTheTerminalGivesIt(t *testing.T) {
	g := NewGrid(12, 1)
	for r := rune(0); r <= 0x1ffff; r++ {
		if !utf8.ValidRune(r) || r == utf8.RuneError {
			continue
		}
		clear(g.Row(0))
		g.Text(0, 0, string([]rune{r}), white, 0)
		g.Text(5, 0, "x", white, 0)
		if line := g.ANSI(); ansi.StringWidth(ansi.Strip(line)) != 12 {
			t.Errorf("%U: %d columns, want 12: %q", r, ansi.StringWidth(ansi.Strip(line)), line)
		}
		clear(g.Row(0))
		g.Text(0, 0, "a"+string([]rune{r, r, 'e', r})+"x", white, 0)
		check(t, g)
	}
}

// The property that all drawing rests on: what a page measures is what a grid
// takes, and what the parser makes of the grid's own output.
func TestTheTwoWidthsAreOne(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var parts []string
	for s := range scripts {
		parts = append(parts, s)
	}
	parts = append(parts, "a", " ", "─", "⣿", "\u0301", "\u200d", "\U0001f1e9", "\xff", "é", "👩", "●")
	for range 4000 {
		var b strings.Builder
		for range rnd.IntN(8) {
			b.WriteString(parts[rnd.IntN(len(parts))])
		}
		s, w := b.String(), Width(b.String())
		g := NewGrid(w, 1)
		if n := g.Text(0, 0, s, white, 0); n != w {
			t.Fatalf("%q has a width of %d and takes %d columns", s, w, n)
		}
		check(t, g)
		if back := Parse(g.ANSI()); back.W != w || back.String() != g.String() {
			t.Fatalf("%q is read back as %q, %d columns, want %d", s, back, back.W, w)
		}
		sum, rest := 0, s
		for rest != "" {
			c := firstCluster(rest)
			sum, rest = sum+Width(rest[:c.used]), rest[c.used:]
		}
		if sum != w {
			t.Fatalf("%q has a width of %d, its clusters %d", s, w, sum)
		}
		for cut := range 6 {
			if short := Cut(s, cut); Width(short) > cut || w <= cut && cut > 0 && short != s {
				t.Fatalf("Cut(%q, %d) is %q, %d columns", s, cut, short, Width(short))
			}
		}
	}
}

func TestBoxAndCut(t *testing.T) {
	g := NewGrid(4, 3)
	g.Box(0, 0, 4, 3, white)
	if got := g.String(); got != "╭──╮\n│  │\n╰──╯" {
		t.Errorf("got %q", got)
	}
	for in, want := range map[string]string{
		"abc": "abc", "abcd": "abcd", "abcde": "abc…", "世界世": "世…", "ab👩‍👩‍👧": "ab👩‍👩‍👧", "abc👩‍👩‍👧": "abc…", "abe\u0301de": "abe\u0301…", "हिन्दी": "हि…",
	} {
		if got := Cut(in, 4); got != want {
			t.Errorf("Cut(%q, 4) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := map[string]struct {
		in    string
		width int
		want  string
	}{
		"nothing is no line":            {"", 10, ""},
		"no room is no line":            {"word", 0, ""},
		"between words":                 {"one two three", 8, "one two|three"},
		"a word longer than the line":   {"abcdefgh", 3, "abc|def|gh"},
		"a long word after a short one": {"a bcdefgh", 4, "a|bcde|fgh"},
		"after a hyphen":                {"well-known words", 6, "well-|known|words"},
		"wide characters count two":     {"世界世界", 4, "世界|世界"},
		"spaces stay inside a line":     {"a  b", 8, "a  b"},
		"a space that does not break":   {"a\u00a0b c", 3, "a\u00a0b|c"},
		"syllables stay whole":          {"हिन्दी", 3, "हि|न्दी"},
		"families stay together":        {"👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧|👩‍👩‍👧"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(Wrap(tt.in, tt.width), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWrapKeepsToItsWidthAndLosesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	words := []string{"a", "word", "longer-word", "verylongwordwithoutend", "हिन्दी", "世界", "👩‍👩‍👧", "x-", "-", "--y"}
	bare := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	for range 3000 {
		var text []string
		for range rnd.IntN(9) {
			text = append(text, words[rnd.IntN(len(words))])
		}
		s, w := strings.Join(text, " "), 3+rnd.IntN(20)
		lines := Wrap(s, w)
		for _, line := range lines {
			if Width(line) > w {
				t.Fatalf("%q, %d: %q is too long", s, w, line)
			}
		}
		if got := strings.Join(lines, ""); bare(got) != bare(s) {
			t.Fatalf("%q, %d: got %q", s, w, lines)
		}
	}
}

func FuzzText(f *testing.F) {
	for s := range scripts {
		f.Add(s, 0, 5)
	}
	f.Add("\u202e\u0301\xff\x9b31m", -3, 4)
	f.Add("\U0001f469\u200d", 2, 3)
	f.Fuzz(func(t *testing.T, s string, x, w int) {
		w = min(max(w, 1), 60)
		x = min(max(x, -60), 60)
		g := NewGrid(w, 2)
		if n := g.Text(x, 0, s, white, Bold); n > max(Width(s), 0) || x+n > max(w, x) {
			t.Errorf("%q takes %d columns, its width is %d", s, n, Width(s))
		}
		g.Text(x+1, 0, "|", white, 0)
		check(t, g)
		for _, line := range Wrap(s, w) {
			if Width(line) > max(w, 1) && w >= 22 {
				t.Errorf("Wrap(%q, %d) has the line %q", s, w, line)
			}
		}
		back := Parse(g.ANSI())
		if back.String() != g.String() {
			t.Errorf("%q is read back as %q", g, back)
		}
	})
}
