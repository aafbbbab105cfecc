package chart

import (
	"io"
	"math"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

// look is the theme's, for a profile.
func look(p termenv.Profile, dark bool) Look {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(p)
	return NewLook(theme.New(r, theme.Options{Dark: dark, Glyphs: theme.Quadrant}), false)
}

// frame draws into a whole grid of its own.
func frame(w, h int, l Look, draw func(*cell.Grid, Rect, Look) Plot) string {
	g := cell.NewGrid(w, h)
	g.Fill(l.Background)
	draw(g, Rect{X: 0, Y: 0, W: w, H: h}, l)
	target := cell.Target{Profile: l.Profile, ASCII: l.ASCII}
	target.Reduce(g)
	if l.Profile == termenv.Ascii {
		return ansi.Strip(g.ANSI())
	}
	return g.ANSI()
}

// wave is n values of two waves.
func wave(n int) *Series {
	s := NewSeries()
	for i := range n {
		t := float64(i) / float64(n)
		s.Append(-4 + 12*math.Sin(9*t) - 9*t + 2*math.Sin(83*t))
	}
	return s
}

func lineOf(s *Series) Line {
	lo, hi, _ := s.Range(0, s.Len())
	lo, hi = Domain(lo, hi)
	return Line{Series: s, XHi: float64(s.Len() - 1), YLo: lo, YHi: hi, Cursor: -1, Newest: true, Decimals: 2}
}

// harvest is areas over the years, one of them ending early.
func harvest() Areas {
	a := Areas{Title: "Gross Agricultural Product ($B)", XTitle: "year", Cursor: -1, Emphasis: -1, Decimals: 2}
	for year := 1961; year <= 2007; year++ {
		a.X = append(a.X, float64(year))
	}
	for i, name := range []string{"China", "India", "Iran, Islamic Republic of", "United States of America", "USSR"} {
		s := Area{Name: name}
		for k := range a.X {
			v := 20*float64(i+1) + float64((5-i)*k*k)/24 + 5*math.Sin(float64(k*(i+2))/4)
			if name == "USSR" && k > 30 {
				v = math.NaN()
			}
			s.Values = append(s.Values, v)
		}
		a.Series = append(a.Series, s)
	}
	return a
}

func TestFrames(t *testing.T) {
	line, areas := lineOf(wave(501)), harvest()
	cursor, emphasis := areas, areas
	cursor.Cursor, emphasis.Emphasis = 20, 0
	marked := line
	marked.Cursor = 250
	dark, light := look(termenv.TrueColor, true), look(termenv.TrueColor, false)
	plain := look(termenv.Ascii, true)
	ascii := plain
	ascii.ASCII = true
	tests := map[string]struct {
		w, h int
		look Look
		draw func(*cell.Grid, Rect, Look) Plot
	}{
		"line":                 {80, 20, dark, marked.Draw},
		"line light":           {100, 26, light, line.Draw},
		"line plain":           {60, 12, plain, marked.Draw},
		"line ascii":           {60, 12, ascii, line.Draw},
		"areas":                {120, 30, dark, areas.Draw},
		"areas light":          {120, 30, light, cursor.Draw},
		"areas emphasis":       {80, 20, dark, emphasis.Draw},
		"areas 256":            {80, 20, look(termenv.ANSI256, true), areas.Draw},
		"areas sixteen":        {80, 20, look(termenv.ANSI, true), areas.Draw},
		"areas plain":          {80, 20, plain, cursor.Draw},
		"areas narrow legend":  {40, 12, plain, areas.Draw},
		"areas ascii":          {60, 14, ascii, areas.Draw},
		"line of single value": {40, 10, plain, lineOf(NewSeries(1.25)).Draw},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out := frame(tt.w, tt.h, tt.look, tt.draw)
			pagetest.Fits(t, out, tt.w, tt.h)
			golden.RequireEqual(t, out)
		})
	}
}
