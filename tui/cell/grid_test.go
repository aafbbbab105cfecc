package cell

import (
	"fmt"
	"strings"
	"testing"
)

var (
	black = RGB{}
	white = RGB{255, 255, 255}
	red   = RGB{255, 0, 0}
	blue  = RGB{0, 0, 255}
)

func TestBlitAndRectClip(t *testing.T) {
	src := NewGrid(3, 3)
	for y := range 3 {
		src.Text(0, y, "abc", white, 0)
	}
	g := NewGrid(4, 3)
	g.Blit(src, -1, 1)
	g.Blit(src, 3, -2)
	g.Blit(src, 9, 9)
	if got := g.String(); got != "   a\nbc\nbc" {
		t.Errorf("got %q", got)
	}
	g.Rect(-5, -5, 100, 7, red)
	if got := g.String(); got != "\n\nbc" {
		t.Errorf("got %q", got)
	}
	part := src.Sub(1, 1, 2, 2)
	g.Rect(0, 0, 4, 3, black)
	g.Blit(&part, 0, 0)
	if got := g.String(); got != "bc\nbc\n" {
		t.Errorf("a part: got %q", got)
	}
}

func TestAPartDrawsIntoItsWhole(t *testing.T) {
	tests := map[string]struct {
		x, y, w, h int
		want       string
	}{
		"inside":                     {1, 1, 3, 2, "......\n.ab...\n... ..\n......"},
		"over the right edge":        {5, 0, 4, 2, ".....a\n......\n......\n......"},
		"from beyond the upper left": {-1, -1, 4, 3, "......\n.. ...\n......\n......"},
		"outside":                    {9, 9, 2, 2, "......\n......\n......\n......"},
		"nothing":                    {2, 2, -1, 0, "......\n......\n......\n......"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := NewGrid(6, 4)
			for y := range 4 {
				g.Text(0, y, "......", white, 0)
			}
			p := g.Sub(tt.x, tt.y, tt.w, tt.h)
			p.Rect(p.W-1, p.H-1, 1, 1, blue)
			p.Text(0, 0, "ab", red, 0)
			if got := g.String(); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestAPartOfAPart(t *testing.T) {
	g := NewGrid(10, 5)
	a := g.Sub(2, 1, 6, 3)
	b := a.Sub(-1, 1, 4, 9)
	b.Text(0, 0, "wxyz", white, 0)
	if got := g.String(); got != "\n\n  xyz\n\n" {
		t.Errorf("got %q", got)
	}
	if b.At(0, 0) != nil || b.At(1, 0) != g.At(2, 2) {
		t.Error("a part is not clipped by the part that it belongs to")
	}
}

func TestAGridWithoutCellsMeasures(t *testing.T) {
	g := Grid{W: 5, H: 2}
	g.Fill(red)
	g.Box(0, 0, 5, 2, white)
	g.Link(0, 0, 3, "https://example.com")
	g.Blit(NewGrid(2, 2), 0, 0)
	if n := g.Text(1, 1, "हिxyz", white, 0); n != 4 {
		t.Errorf("the text takes %d columns, want 4", n)
	}
	if part := g.Sub(1, 0, 2, 1); part.W != 2 || part.At(0, 0) != nil || g.Row(0) != nil {
		t.Error("it has cells")
	}
}

func TestWhoseDrawingAGridHolds(t *testing.T) {
	type page struct{ n int }
	a, b := &page{1}, &page{2}
	g := NewGrid(3, 3)
	if !g.Redraw(a, false) {
		t.Error("a new grid holds a drawing")
	}
	if g.Redraw(a, false) {
		t.Error("it does not hold what was drawn last")
	}
	if !g.Redraw(a, true) {
		t.Error("what changed need not be drawn")
	}
	if !g.Redraw(b, false) || !g.Redraw(a, false) {
		t.Error("it holds what another has drawn over")
	}
	if g.Resize(3, 3); !g.Redraw(a, false) {
		t.Error("it holds what resizing cleared")
	}
}

func TestTextsOfOtherGridsComeAlong(t *testing.T) {
	src, dst := NewGrid(6, 1), NewGrid(8, 1)
	dst.Text(0, 0, "👍🏽", white, 0)
	src.Text(0, 0, "e\u0301👩‍👩‍👧x", white, 0)
	src.Link(3, 0, 1, "https://example.com/a")
	dst.Link(0, 0, 2, "https://example.com/b")
	dst.Blit(src, 2, 0)
	if got := dst.String(); got != "👍🏽e\u0301👩‍👩‍👧x" {
		t.Errorf("got %q", got)
	}
	if got := dst.ANSI(); !strings.Contains(got, "com/a\x1b\\x") || !strings.Contains(got, "com/b\x1b\\\x1b[38;2;255;255;255m👍🏽") {
		t.Errorf("links: got %q", got)
	}
}

// Texts that no cell holds any more are forgotten.
func TestTheTableStaysBounded(t *testing.T) {
	g := NewGrid(10, 1)
	kept := g.Sub(8, 0, 2, 1)
	kept.Text(0, 0, "🇩🇪", white, 0)
	kept.Link(0, 0, 2, "https://example.com/kept")
	epoch := g.Epoch()
	for i := range 5 * mostUnused {
		g.Text(0, 0, "a"+string([]rune{rune(0x300 + i%64), rune(0x300 + i/64%64), rune(0x300 + i/4096)}), white, 0)
		g.Link(0, 0, 1, fmt.Sprintf("https://example.com/%d", i))
		if n := len(g.table.clusters.texts); n > mostUnused+20 {
			t.Fatalf("%d clusters are kept", n)
		}
	}
	if got := g.String(); !strings.HasSuffix(got, "🇩🇪") || !strings.Contains(g.ANSI(), "example.com/kept\x1b\\") {
		t.Errorf("a text in use was lost: %q", g.ANSI())
	}
	if g.Epoch() == epoch {
		t.Error("nobody can tell that texts were numbered again")
	}
}

func TestAWindowThatIsDraggedMakesNoGarbage(t *testing.T) {
	g, shown := NewGrid(500, 200), &Grid{}
	shown.Like(g)
	if n := testing.AllocsPerRun(10, func() {
		for _, w := range []int{400, 500} {
			g.Resize(w, 200)
			shown.Like(g)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	g.Resize(80, 24)
	if cap(g.cells) > tooMuch(80*24) {
		t.Errorf("a small window keeps %d cells", cap(g.cells))
	}
}

func TestEqualRows(t *testing.T) {
	g, o := NewGrid(20, 2), &Grid{}
	o.Like(g)
	g.Text(0, 0, "e\u0301👩‍👩‍👧", white, 0)
	if g.EqualRow(o, 0) || !g.EqualRow(o, 1) {
		t.Error("rows are not compared by their cells")
	}
	copy(o.Row(0), g.Row(0))
	if !g.EqualRow(o, 0) {
		t.Error("a copied row differs")
	}
}

func BenchmarkGrid(b *testing.B) {
	g, o := NewGrid(160, 45), NewGrid(160, 45)
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
	run("fill", func() { g.Fill(blue) })
	run("blit", func() { g.Blit(o, 0, 0) })
	run("text", func() {
		g.Text(0, 0, "a hundred and sixty columns of words are not too many to write at once", white, 0)
	})
	run("words of Hindi", func() {
		g.Text(0, 1, "हिन्दी हिन्दी हिन्दी हिन्दी हिन्दी", white, 0)
	})
}
