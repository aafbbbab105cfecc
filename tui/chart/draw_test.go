package chart

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
)

func TestSeriesKnowsEveryRange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s, values := NewSeries(), []float64{}
	for range 700 {
		v := r.NormFloat64()
		if r.IntN(9) == 0 {
			v = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}[r.IntN(3)]
		}
		s.Append(v)
		values = append(values, v)
		i, j := r.IntN(len(values)+1)-3, r.IntN(len(values)+9)
		lo, hi, ok := s.Range(i, j)
		wantLo, wantHi := math.Inf(1), math.Inf(-1)
		for k := max(i, 0); k < min(j, len(values)); k++ {
			if finite(values[k]) {
				wantLo, wantHi = min(wantLo, values[k]), max(wantHi, values[k])
			}
		}
		if ok != (wantLo <= wantHi) || ok && (lo != wantLo || hi != wantHi) {
			t.Fatalf("%d..%d of %d: %v..%v %v, want %v..%v", i, j, len(values), lo, hi, ok, wantLo, wantHi)
		}
	}
}

func TestClip(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		x0, y0, x1, y1 := r.IntN(300)-100, r.IntN(300)-100, r.IntN(300)-100, r.IntN(300)-100
		ax, ay, bx, by, ok := clip(x0, y0, x1, y1, 99, 79)
		inside := func(x, y int) bool { return x >= 0 && x <= 99 && y >= 0 && y <= 79 }
		if ok && (!inside(ax, ay) || !inside(bx, by)) {
			t.Fatalf("%d,%d to %d,%d was cut to %d,%d to %d,%d", x0, y0, x1, y1, ax, ay, bx, by)
		}
		if inside(x0, y0) && (!ok || ax != x0 || ay != y0) || inside(x1, y1) && (!ok || bx != x1 || by != y1) {
			t.Fatalf("an end inside was moved: %d,%d to %d,%d", x0, y0, x1, y1)
		}
	}
}

func TestMillionsOfPointsDrawLikeAll(t *testing.T) {
	values := make([]float64, 200_000)
	for i := range values {
		values[i] = math.Sin(float64(i)/9000)*10 + float64(i%7)
	}
	values[77_777] = 40 // one peak that no sampling may miss
	l := look(termenv.Ascii, true)
	var p Plot
	out := frame(100, 30, l, func(g *cell.Grid, r Rect, l Look) Plot {
		p = lineOf(NewSeries(values...)).Draw(g, r, l)
		return p
	})
	top := strings.Split(out, "\n")[p.Row(40)]
	if !strings.ContainsFunc(top, func(r rune) bool { return r > '⠀' && r <= '⣿' }) {
		t.Errorf("the peak is missing from its row %q", top)
	}
}

func TestAreasBlendInOrder(t *testing.T) {
	l := look(termenv.TrueColor, false)
	a := Areas{X: []float64{0, 1}, Cursor: -1, Emphasis: -1, Series: []Area{
		{"low", []float64{10, 10}}, {"high", []float64{100, 100}}, {"gap", []float64{math.NaN(), math.NaN()}},
	}}
	g := cell.NewGrid(60, 24)
	g.Fill(l.Background)
	p := a.Draw(g, Rect{X: 0, Y: 0, W: 60, H: 24}, l)
	one := cell.Mix(l.Background, l.Series[1], 0.3)
	both := cell.Mix(cell.Mix(l.Background, l.Series[0], 0.3), l.Series[1], 0.3)
	if c := g.At(p.X+p.W/2, p.Row(50)); c.BG.RGB() != one {
		t.Errorf("the upper area is %v, want %v", c.BG, one)
	}
	if c := g.At(p.X+p.W/2, p.Y+p.H-1); c.BG.RGB() != both {
		t.Errorf("where both lie it is %v, want %v", c.BG, both)
	}
}

// Without colours enough for areas the emphasised series lies over all.
func TestTheEmphasisedLetterIsWhole(t *testing.T) {
	l := look(termenv.ANSI, true)
	for e := range harvest().Series {
		a := harvest()
		a.Emphasis = e
		g := cell.NewGrid(90, 24)
		g.Fill(l.Background)
		p := a.Draw(g, Rect{X: 0, Y: 0, W: 90, H: 24}, l)
		for col := p.X; col < p.X+p.W; col++ {
			v := a.at(e, p.Value(col))
			if !finite(v) {
				continue
			}
			if c := g.At(col, p.Row(v)); c.Rune() != Letter(e) || c.Attr != cell.Bold {
				t.Fatalf("%c is covered by %c in column %d", Letter(e), c.Rune(), col)
			}
		}
	}
}

// The cursor is as long as the plot, and does not hang below the areas.
func TestTheCursorEndsWhereTheAreasDo(t *testing.T) {
	a, l := harvest(), look(termenv.TrueColor, true)
	a.Cursor, a.Emphasis = 12, 0
	g := cell.NewGrid(100, 30)
	g.Fill(l.Background)
	p := a.Draw(g, Rect{X: 0, Y: 0, W: 100, H: 30}, l)
	x, last := p.Column(a.X[12]), p.Y+p.H-1
	for y := p.Y; y < last; y++ {
		if r := g.At(x, y).Rune(); r != '│' && r != '●' {
			t.Errorf("row %d of the cursor is %q", y, r)
		}
	}
	if c, beside := g.At(x, last), g.At(x+1, last); c.Rune() == '│' || c.BG != beside.BG {
		t.Errorf("below the base the cursor's cell is %q on %v, beside it %v", c.Rune(), c.BG, beside.BG)
	}
}

func TestLegendsNameEverySeries(t *testing.T) {
	a := harvest()
	for w := 30; w <= 160; w += 7 {
		text := ansi.Strip(frame(w, 26, look(termenv.Ascii, true), a.Draw))
		for i, s := range a.Series {
			if want := string(Letter(i)) + " " + s.Name; !strings.Contains(text, want) {
				t.Errorf("%d columns: no %q in\n%s", w, want, text)
			}
		}
	}
}

func TestCursorShowsTheDataOfItsColumn(t *testing.T) {
	a := harvest()
	for a.Cursor = range a.X {
		text := frame(120, 30, look(termenv.Ascii, true), a.Draw)
		if want := fmt.Sprint(a.X[a.Cursor]); strings.Count(text, " "+want+" ") < 1 {
			t.Fatalf("the year %s is not read out", want)
		}
		for _, s := range a.Series {
			if want := Number(s.Values[a.Cursor], 2); !strings.Contains(text, want) {
				t.Fatalf("%v: %s of %s is not read out", a.X[a.Cursor], want, s.Name)
			}
		}
	}
}

func TestColumnsAndValuesAgree(t *testing.T) {
	for w := 1; w < 200; w++ {
		p := Plot{Rect: Rect{X: 7, W: w, H: 10}, XLo: 0, XHi: 500}
		for col := 7; col < 7+w; col++ {
			if got := p.Column(p.Value(col)); got < col-1 || got > col+1 {
				t.Fatalf("column %d of %d holds %v, which is at %d", col, w, p.Value(col), got)
			}
		}
	}
}

func TestNoSizePanics(t *testing.T) {
	a, l := harvest(), look(termenv.TrueColor, true)
	a.Cursor, a.Emphasis = 3, 1
	line := lineOf(wave(501))
	line.Cursor = 7
	for w := 0; w < 70; w++ {
		for h := 0; h < 30; h++ {
			frame(w, h, l, a.Draw)
			frame(w, h, l, line.Draw)
		}
	}
	frame(80, 20, l, Areas{Cursor: 3, Emphasis: 2}.Draw)
	frame(80, 20, l, Areas{X: []float64{1}, Series: []Area{{"one", []float64{1, 2, 3}}, {"none", nil}}}.Draw)
	frame(80, 20, l, Line{Series: NewSeries(), Cursor: 4, Newest: true}.Draw)
}

func BenchmarkLine(b *testing.B) {
	for _, n := range []int{501, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			line, l := lineOf(wave(n)), look(termenv.TrueColor, true)
			g := cell.NewGrid(160, 45)
			b.ReportAllocs()
			for b.Loop() {
				g.Fill(l.Background)
				line.Draw(g, Rect{X: 0, Y: 0, W: 160, H: 45}, l)
			}
		})
	}
}

func BenchmarkAreas(b *testing.B) {
	a, l := harvest(), look(termenv.TrueColor, true)
	g := cell.NewGrid(160, 45)
	b.ReportAllocs()
	for b.Loop() {
		g.Fill(l.Background)
		a.Draw(g, Rect{X: 0, Y: 0, W: 160, H: 45}, l)
	}
}

func BenchmarkAppendAMillion(b *testing.B) {
	values := make([]float64, 1_000_000)
	for i := range values {
		values[i] = math.Sin(float64(i))
	}
	for b.Loop() {
		NewSeries(values...)
	}
}

// Names at the right and in the legend are whole, each in cells of its own,
// whatever they are made of.
func TestNamesAreWholeAndApart(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 4))
	names := []string{"China", "Côte d’Ivoire", "日本", "United States of America", "Bolivia (Plurinational State of)", "대한민국", "Chad"}
	for range 300 {
		a := Areas{Title: "($B)", X: []float64{1, 2, 3}, Cursor: -1, Emphasis: -1}
		for i := range 1 + r.IntN(12) {
			v := []float64{0, 50, 50.5, 100}[r.IntN(4)]
			a.Series = append(a.Series, Area{fmt.Sprintf("%s %d", names[r.IntN(len(names))], i), []float64{v, v, v}})
		}
		w, h := 42+r.IntN(120), 24+r.IntN(30)
		text := ansi.Strip(frame(w, h, look(termenv.Ascii, true), a.Draw))
		for i, s := range a.Series {
			if want := "■ " + string(Letter(i)) + " " + s.Name; strings.Count(text, want) != 1 {
				t.Fatalf("%dx%d: %q is there %d times\n%s", w, h, want, strings.Count(text, want), text)
			}
		}
		for _, line := range strings.Split(text, "\n") {
			if ansi.StringWidth(line) != w {
				t.Fatalf("%q is %d cells wide, want %d", line, ansi.StringWidth(line), w)
			}
		}
	}
}
