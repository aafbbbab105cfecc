package cell

import (
	"encoding/xml"
	"io"
	"math/bits"
	"strings"
	"testing"
)

func wellFormed(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
	}
}

func TestSVGIsWellFormedAndHoldsTheFrame(t *testing.T) {
	g := NewGrid(12, 4)
	g.Fill(blue)
	g.Text(0, 0, `<a> & "b"`, red, Bold|Italic|Underline|Reverse|Faint|Strike)
	g.Text(0, 1, "▟⣿─╮▁世🮂", white, 0)
	g.Text(0, 2, "x\x1b]0;evil\x07", white, 0)
	g.Text(0, 3, "cafe\u0301 हि👩‍👩‍👧", white, 0)
	svg := SVG(g, SVGOptions{Title: "a <map>\x00", Margin: 4})
	wellFormed(t, svg)
	for _, want := range []string{
		"&lt;a&gt; &amp; &quot;b&quot;", "<title>a &lt;map&gt;�</title>", `width="104" height="72"`, `stroke="#0000ff"`, ">世<", "font-weight",
		`"underline line-through"`, ">cafe\u0301<", `<text x="40" y="60" textLength="16" lengthAdjust="spacingAndGlyphs" fill="#ffffff">हि<`,
		`<text x="56" y="60" textLength="16" lengthAdjust="spacingAndGlyphs" fill="#ffffff">👩‍👩‍👧<`,
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
	for name, m := range map[string]struct {
		pixels int
		of     func(uint) rune
	}{"quadrant": {4, Quadrant}, "sextant": {6, Sextant}, "octant": {8, Octant}} {
		t.Run(name, func(t *testing.T) {
			for mask := uint(1); mask < 1<<m.pixels; mask++ {
				area := 0.0
				for _, r := range blockRects()[m.of(mask)] {
					area += r[2] * r[3]
				}
				want := float64(bits.OnesCount(mask)) / float64(m.pixels)
				if area < want-1e-9 || area > want+1e-9 {
					t.Errorf("%c covers %v, want %v", m.of(mask), area, want)
				}
			}
		})
	}
}

func TestOctantsHaveTheirUnicodeCodePoints(t *testing.T) {
	for mask, want := range map[uint]rune{
		0: ' ', 4: 0x1cd00, 6: 0x1cd01, 7: 0x1cd02, 254: 0x1cde5, 253: 0x1cde4, 255: '█',
		85: '▌', 170: '▐', 15: '▀', 240: '▄', 90: '▞', 165: '▚', 1: 0x1cea8, 128: 0x1cea0, 20: 0x1fbe6,
	} {
		if got := Octant(mask); got != want {
			t.Errorf("octant %d is %U, want %U", mask, got, want)
		}
	}
	seen := map[rune]bool{}
	for _, r := range octants() {
		if seen[r] {
			t.Errorf("%U stands for two masks", r)
		}
		seen[r] = true
	}
	for mask, want := range map[uint]rune{1: 0x1fb00, 20: 0x1fb13, 22: 0x1fb14, 41: 0x1fb27, 43: 0x1fb28, 62: 0x1fb3b} {
		if got := Sextant(mask); got != want {
			t.Errorf("sextant %d is %U, want %U", mask, got, want)
		}
	}
}
