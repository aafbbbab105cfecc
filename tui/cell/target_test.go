package cell

import (
	"testing"

	"github.com/muesli/termenv"
)

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
	water := RGB{12, 20, 32}
	target := Target{Profile: termenv.ANSI256}
	show := func() string {
		g := NewGrid(1, 1)
		g.Fill(water)
		target.Reduce(g)
		return g.ANSI()
	}
	before := show()
	target.Pin(water, 17)
	if got := show(); got != "\x1b[48;5;17m \x1b[0m" {
		t.Errorf("got %q", got)
	}
	target.Unpin()
	if got := show(); got != before {
		t.Errorf("after Unpin got %q, want %q", got, before)
	}
}

func TestWordsNeverVanishInSixteenColours(t *testing.T) {
	g := NewGrid(1, 1)
	g.Fill(RGB{10, 10, 10})
	g.Text(0, 0, "x", RGB{40, 40, 40}, 0)
	if got := reduced(g, termenv.ANSI); got != "\x1b[97;40mx\x1b[0m" {
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
			if got := reduced(g, tt.p); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestASCIIStandsForWhatIsNot(t *testing.T) {
	g := NewGrid(18, 1)
	g.Text(0, 0, "é→│▟⣿日e\u0301👩‍👩‍👧हि…", white, 0)
	target := Target{ASCII: true, Profile: termenv.Ascii}
	if target.Reduce(g); g.ANSI() != "e>|#*??e????.     " {
		t.Errorf("got %q", g.ANSI())
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

// How far terminals agree decides how the painter writes a row.
func TestAgreement(t *testing.T) {
	tests := map[string]Agreement{
		"a": Agreed, "é": Agreed, "─": Agreed, "▟": Agreed, "⣿": Agreed, "🬇": Agreed, "日": Agreed, "한": Agreed, "ท": Agreed, "ش": Agreed, "✓": Agreed, "→": Agreed,
		"●": Wider, "Ж": Wider, "λ": Wider, "①": Wider,
		"e\u0301": Word, "हि": Word, "ที่": Word, "น้ำ": Word, "ی\u200c": Word,
		"👩‍👩‍👧": Emoji, "🇩🇪": Emoji, "☁️": Emoji, "1️⃣": Emoji, "👍": Emoji, "⌚": Emoji,
	}
	for s, want := range tests {
		g := NewGrid(4, 1)
		g.Text(0, 0, s, white, 0)
		if got := g.Agreement(g.At(0, 0)); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
		if got := g.Settled(g.Row(0)); got != (want < Word) {
			t.Errorf("a row with %q: settled is %v", s, got)
		}
	}
}
