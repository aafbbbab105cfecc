package walk

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/theme"
)

var seed = uint64(42)

// walkOf is what the demo's page hands its panel.
func walkOf(env page.Env, seed uint64) panels.Env {
	return panels.Env{Env: env, Panel: dashboard.Panel{Kind: "walk", Title: "Plotting Demo", Spec: &dashboard.Walk{Seed: seed, Seeded: true}}}
}

func open(t *testing.T, env page.Env, w, h int) (*Panel, []pagetest.Tick) {
	t.Helper()
	p := newPanel(walkOf(env, seed))
	return p, pagetest.Open(t, p, w, h)
}

// fire lets ticks come until no more are asked for, at most n, and gives the
// last that was asked for.
func fire(t *testing.T, p *Panel, ticks []pagetest.Tick, n int) []pagetest.Tick {
	t.Helper()
	for ; n > 0 && len(ticks) > 0; n-- {
		if len(ticks) != 1 {
			t.Fatalf("%d clocks are running, want one", len(ticks))
		}
		ticks, _ = pagetest.Settle(t, p.Update, p.Update(ticks[0].Fire()))
	}
	return ticks
}

func click(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress}
}

func TestFrames(t *testing.T) {
	tests := map[string]struct {
		w, h  int
		steps int
		keys  []string
		look  []termenv.Profile
	}{
		"running":            {78, 24, 57, nil, nil},
		"finished":           {78, 24, 100, nil, nil},
		"narrow":             {38, 9, 57, nil, nil},
		"narrow tall":        {38, 12, 100, []string{"end"}, nil},
		"wide":               {118, 40, 100, []string{"home", "right", "right"}, nil},
		"paused":             {78, 24, 30, []string{" "}, nil},
		"cursor and zoom":    {78, 24, 100, []string{"end", "left", "+", "+"}, nil},
		"typing a seed":      {78, 24, 10, []string{"s", "1", "2", "3"}, nil},
		"choosing an export": {78, 24, 10, []string{"e"}, nil},
		"colours":            {78, 24, 100, []string{"end", "left"}, []termenv.Profile{termenv.TrueColor}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, ticks := open(t, pagetest.Env(t, tt.look...), tt.w, tt.h)
			fire(t, p, ticks, tt.steps)
			pagetest.Press(t, p, tt.keys...)
			pagetest.Fits(t, view(p), tt.w, tt.h)
			golden.RequireEqual(t, view(p))
		})
	}
}

func TestASCIIFrameHasNoOtherSign(t *testing.T) {
	env := pagetest.Env(t)
	env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
	p, ticks := open(t, env, 78, 24)
	fire(t, p, ticks, 100)
	pagetest.Press(t, p, "end")
	golden.RequireEqual(t, view(p))
	if i := strings.IndexFunc(view(p), func(r rune) bool { return r > '~' }); i >= 0 {
		t.Errorf("not ASCII: %q", view(p)[i:i+4])
	}
}

func TestFramesFitEverySize(t *testing.T) {
	states := map[string]struct {
		keys []string
		step int // of the widths
	}{
		"running":  {nil, 1},
		"read out": {[]string{"end", "+"}, 7},
		"typing":   {[]string{"s", "9"}, 7},
		"export":   {[]string{"e"}, 7},
	}
	for name, tt := range states {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, ticks := open(t, pagetest.Env(t), 80, 24)
			fire(t, p, ticks, 40)
			pagetest.Press(t, p, tt.keys...)
			for w := 0; w <= 250; w += tt.step {
				for h := w % 9; h <= 80; h += 9 {
					p.SetSize(w, h)
					pagetest.Fits(t, view(p), w, h)
				}
			}
			for _, size := range [][2]int{{1, 1}, {2, 2}, {500, 200}, {3, 80}, {250, 1}} {
				p.SetSize(size[0], size[1])
				pagetest.Fits(t, view(p), size[0], size[1])
			}
		})
	}
}

func TestAWholeWalkIsExactlyTheSeedsWalk(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	n := 0
	for len(ticks) > 0 {
		if want := fmt.Sprintf(" %d%% Complete", n); !strings.Contains(ansi.Strip(view(p)), want) {
			t.Fatalf("after %d steps the page does not say %q", n, want)
		}
		if ticks[0].After != stepTime {
			t.Fatalf("step %d comes after %v, want %v", n, ticks[0].After, stepTime)
		}
		ticks = fire(t, p, ticks, 1)
		n++
	}
	walk := data.NewWalk(seed)
	want := []float64{walk.Start()}
	for rows := walk.Step(); rows != nil; rows = walk.Step() {
		want = append(want, rows...)
	}
	if n != data.WalkSteps || p.run.series.Len() != 501 || len(want) != 501 {
		t.Fatalf("%d steps, %d points", n, p.run.series.Len())
	}
	for i, v := range want {
		if p.run.series.At(i) != v {
			t.Fatalf("point %d is %v, want %v", i, p.run.series.At(i), v)
		}
	}
	if !strings.Contains(ansi.Strip(view(p)), "100% Complete") {
		t.Error("the page does not say 100% Complete")
	}
}

func TestYRangeOnlyGrows(t *testing.T) {
	for s := range uint64(40) {
		p := newPanel(walkOf(pagetest.Env(t), s))
		for lo, hi := p.run.lo, p.run.hi; !p.run.done(); lo, hi = p.run.lo, p.run.hi {
			p.run.step()
			if !p.run.done() && (p.run.lo > lo || p.run.hi < hi) {
				t.Fatalf("seed %d, step %d: %v..%v became %v..%v", s, p.run.walk.Steps(), lo, hi, p.run.lo, p.run.hi)
			}
		}
		if lo, hi, _ := p.run.series.Range(0, 501); lo < p.run.lo || hi > p.run.hi || p.run.lo > 0 || p.run.hi < 0 {
			t.Errorf("seed %d: %v..%v does not hold %v..%v and zero", s, p.run.lo, p.run.hi, lo, hi)
		} else if from, to := chart.Domain(lo, hi); p.run.lo != from || p.run.hi != to {
			t.Errorf("seed %d: the whole walk is on %v..%v, and %v..%v is enough", s, p.run.lo, p.run.hi, from, to)
		}
	}
}

// view returns the page as it is shown.
func view(p *Panel) string { return pagetest.View(p.env, p, p.w, p.h) }
