package home

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

func TestSketchesAreDrawnFromFigures(t *testing.T) {
	bundled, err := Bundled()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		figures func() (Figures, error)
		says    []string
		dots    bool // a walk in braille
	}{
		"the program's own":                 {nil, []string{"today's walk: seed 20261123", "ends at ", "2,520 bike racks", "1,429,693 passengers outbound", "China: $1,027B", "United States: $366B", "1961 to 2019"}, true},
		"others":                            {func() (Figures, error) { return Figures{City: data.City{Racks: bundled.City.Racks[:7]}}, nil }, []string{"7 bike racks"}, true},
		"none: the cards have words, alone": {func() (Figures, error) { return Figures{}, errors.New("no") }, []string{"A random walk drawn"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			frame := ansi.Strip(view(open(t, pagetest.Env(t), Options{Figures: tt.figures}, ana, 160, 44)))
			for _, want := range tt.says {
				if !strings.Contains(frame, want) {
					t.Errorf("it does not say %q:\n%s", want, frame)
				}
			}
			if got := strings.ContainsFunc(frame, func(r rune) bool { return r > 0x2800 && r < 0x2900 }); got != tt.dots {
				t.Errorf("dots: %v", got)
			}
		})
	}
}

func TestEverySketchOfThePagesIsThere(t *testing.T) {
	for _, p := range demo.Pages() {
		if _, ok := drawn[p.Sketch]; p.Sketch != "" && !ok {
			t.Errorf("%s has the sketch %q, which there is not", p.ID, p.Sketch)
		}
	}
}

func TestTheWalkOfTheDayIsTheSeedsWalk(t *testing.T) {
	f := newFigures(Figures{}, 20261123)
	w, last := data.NewWalk(20261123), 0.0
	for rows := w.Step(); rows != nil; rows = w.Step() {
		last = rows[len(rows)-1]
	}
	if n := len(f.walk); n != 1+data.WalkSteps || f.walk[n-1] != last {
		t.Errorf("%d values, the last %g, want %g", n, f.walk[n-1], last)
	}
}

func TestFiguresAreAskedForOnceADay(t *testing.T) {
	asked, now := 0, pagetest.Noon
	env := pagetest.Env(t)
	env.Now = func() time.Time { return now }
	p := open(t, env, Options{Figures: func() (Figures, error) { asked++; return Figures{}, nil }}, ana, 80, 22)
	for range 3 {
		pagetest.Settle(t, p.Update, p.Update(page.Hidden{}), p.Update(page.Shown{}))
	}
	if asked != 1 {
		t.Errorf("asked %d times on one day", asked)
	}
	now = now.Add(24 * time.Hour)
	pagetest.Settle(t, p.Update, p.Update(page.Shown{}))
	if asked != 2 || p.(*home).sketches.figures.day != 20261124 {
		t.Errorf("asked %d times on two days, for %d", asked, p.(*home).sketches.figures.day)
	}
}

func TestTheMapsSketchShowsFewAndMany(t *testing.T) {
	env := pagetest.Env(t, termenv.TrueColor)
	p := open(t, env, Options{}, ana, 200, 60).(*home)
	g := cell.NewGrid(200, 60)
	p.Draw(g)
	for _, class := range []int{0, 5} {
		color, found := env.Theme.Map.Classes[class], false
		for _, c := range pagetest.Cells(g) {
			found = found || c.FG.RGB() == color || c.BG.RGB() == color
		}
		if !found {
			t.Errorf("class %d is not drawn", class+1)
		}
	}
}
