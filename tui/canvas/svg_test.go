package canvas

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
)

func TestParseUndoesRender(t *testing.T) {
	g := NewGrid(9, 2)
	g.Fill(blue)
	g.Text(0, 0, "a 世b", red, Bold)
	g.Text(3, 1, "⣿▟<&", white, Underline|Italic)
	back := Parse(g.Render(termenv.TrueColor))
	if back.W != 9 || back.H != 2 {
		t.Fatalf("%d by %d", back.W, back.H)
	}
	if a, b := g.Render(termenv.TrueColor), back.Render(termenv.TrueColor); a != b {
		t.Errorf("got  %q\nwant %q", b, a)
	}
}

func TestParsePassesOverOtherEscapes(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"a link":               {"\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\", "link"},
		"a title":              {"\x1b]0;title\x07x", "x"},
		"cursor movement":      {"a\x1b[2Kb\x1b[10;10Hc", "abc"},
		"cut short":            {"a\x1b[38;2;1", "a"},
		"an escape at the end": {"a\x1b", "a"},
		"carriage returns":     {"a\r\nb", "a\nb"},
		"a charset":            {"\x1b(Bx", "x"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Plain(Parse(tt.in).Render(termenv.Ascii)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestParseReadsEveryKindOfColour(t *testing.T) {
	for in, want := range map[string]RGB{
		"\x1b[31mx": {128, 0, 0}, "\x1b[92mx": {0, 255, 0}, "\x1b[38;5;196mx": {255, 0, 0},
		"\x1b[38;5;244mx": {128, 128, 128}, "\x1b[38;5;9mx": {255, 0, 0}, "\x1b[1;38;2;1;2;3mx": {1, 2, 3}, "\x1b[38:2:7:8:9mx": {7, 8, 9},
	} {
		if c := Parse(in).Cells[0]; c.FG != want || c.NoFG {
			t.Errorf("%q is %v, want %v", in, c.FG, want)
		}
	}
	if c := Parse("\x1b[31;41;1mx\x1b[39;49;22my").Cells[1]; !c.NoFG || !c.NoBG || c.Attr != 0 {
		t.Errorf("the style was not taken back: %+v", c)
	}
}

func TestPlainTakesEscapesAndTrailingSpacesAway(t *testing.T) {
	if got := Plain("\x1b[1mab \x1b[0m  \n  c \x1b[7m \x1b[0m"); got != "ab\n  c" {
		t.Errorf("got %q", got)
	}
}

func TestSVGIsWellFormedAndHoldsTheFrame(t *testing.T) {
	g := NewGrid(12, 3)
	g.Fill(blue)
	g.Text(0, 0, `<a> & "b"`, red, Bold|Italic|Underline|Reverse|Faint)
	g.Text(0, 1, "▟⣿─╮▁世🮂", white, 0)
	g.Text(0, 2, "x\x1b]0;evil\x07", white, 0)
	svg := SVG(g.Render(termenv.TrueColor), SVGOptions{Title: "a <map>\x00", Margin: 4})
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
	for _, want := range []string{
		"&lt;a&gt; &amp; &quot;b&quot;", "<title>a &lt;map&gt;�</title>", `width="104" height="56"`, `fill="#0000ff"`, ">世<", "font-weight",
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in %s", want, svg)
		}
	}
	for _, glyph := range []string{"▟", "⣿", "─", "▁", "🮂", "\x1b"} {
		if strings.Contains(svg, glyph) {
			t.Errorf("%q is text, want a shape", glyph)
		}
	}
}

func TestEveryBlockCharacterIsDrawnWithItsArea(t *testing.T) {
	for name, m := range map[string]Mode{"quadrant": Quadrant, "sextant": Sextant, "octant": Octant} {
		t.Run(name, func(t *testing.T) {
			nx, ny := m.pixels()
			for mask := uint(1); mask < 1<<(nx*ny); mask++ {
				area := 0.0
				for _, r := range blockRects()[m.glyph(mask)] {
					area += r[2] * r[3]
				}
				want := float64(popcount(mask)) / float64(nx*ny)
				if area < want-1e-9 || area > want+1e-9 {
					t.Errorf("%c covers %v, want %v", m.glyph(mask), area, want)
				}
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"\x1b[38;2;1;2;3mabc\x1b[0m", "\x1b]8;;x\x1b\\y", "\x1b[", "世\n\x1b[48;5;300m", "\x1b[38;5m", "\xff\xfe\x1b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, frame string) {
		g := Parse(frame)
		for _, line := range strings.Split(g.Render(termenv.TrueColor), "\n") {
			if w := ansi.StringWidth(line); g.W > 0 && w != g.W {
				t.Errorf("%d cells, want %d: %q", w, g.W, line)
			}
		}
		d := xml.NewDecoder(strings.NewReader(SVG(frame, SVGOptions{Title: frame})))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	})
}
