package plotting

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

var seed = uint64(42)

func open(t *testing.T, env page.Env, w, h int) (*Page, []pagetest.Tick) {
	t.Helper()
	p := newPage(env, Options{Seed: &seed})
	return p, pagetest.Open(t, p, w, h)
}

// fire lets ticks come until no more are asked for, at most n, and gives the
// last that was asked for.
func fire(t *testing.T, p *Page, ticks []pagetest.Tick, n int) []pagetest.Tick {
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
		"running":            {80, 24, 57, nil, nil},
		"finished":           {80, 24, 100, nil, nil},
		"narrow":             {40, 9, 57, nil, nil},
		"narrow tall":        {40, 12, 100, []string{"end"}, nil},
		"wide":               {120, 40, 100, []string{"home", "right", "right"}, nil},
		"paused":             {80, 24, 30, []string{" "}, nil},
		"cursor and zoom":    {80, 24, 100, []string{"end", "left", "+", "+"}, nil},
		"typing a seed":      {80, 24, 10, []string{"s", "1", "2", "3"}, nil},
		"choosing an export": {80, 24, 10, []string{"e"}, nil},
		"colours":            {80, 24, 100, []string{"end", "left"}, []termenv.Profile{termenv.TrueColor}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, ticks := open(t, pagetest.Env(t, tt.look...), tt.w, tt.h)
			fire(t, p, ticks, tt.steps)
			pagetest.Press(t, p, tt.keys...)
			pagetest.Fits(t, p.View(), tt.w, tt.h)
			golden.RequireEqual(t, p.View())
		})
	}
}

func TestASCIIFrameHasNoOtherSign(t *testing.T) {
	env := pagetest.Env(t)
	env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
	p, ticks := open(t, env, 80, 24)
	fire(t, p, ticks, 100)
	pagetest.Press(t, p, "end")
	golden.RequireEqual(t, p.View())
	if i := strings.IndexFunc(p.View(), func(r rune) bool { return r > '~' }); i >= 0 {
		t.Errorf("not ASCII: %q", p.View()[i:i+4])
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
					pagetest.Fits(t, p.View(), w, h)
				}
			}
			for _, size := range [][2]int{{1, 1}, {2, 2}, {500, 200}, {3, 80}, {250, 1}} {
				p.SetSize(size[0], size[1])
				pagetest.Fits(t, p.View(), size[0], size[1])
			}
		})
	}
}

func TestAWholeWalkIsExactlyTheSeedsWalk(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	n := 0
	for len(ticks) > 0 {
		if want := fmt.Sprintf(" %d%% Complete", n); !strings.Contains(ansi.Strip(p.View()), want) {
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
	if !strings.Contains(ansi.Strip(p.View()), "100% Complete") {
		t.Error("the page does not say 100% Complete")
	}
}

func TestYRangeOnlyGrows(t *testing.T) {
	for s := range uint64(40) {
		p := newPage(pagetest.Env(t), Options{Seed: &s})
		for lo, hi := p.run.lo, p.run.hi; !p.run.done(); lo, hi = p.run.lo, p.run.hi {
			p.run.step()
			if p.run.lo > lo || p.run.hi < hi {
				t.Fatalf("seed %d, step %d: %v..%v became %v..%v", s, p.run.walk.Steps(), lo, hi, p.run.lo, p.run.hi)
			}
		}
		if lo, hi, _ := p.run.series.Range(0, 501); lo < p.run.lo || hi > p.run.hi || p.run.lo > 0 || p.run.hi < 0 {
			t.Errorf("seed %d: %v..%v does not hold %v..%v and zero", s, p.run.lo, p.run.hi, lo, hi)
		}
	}
}

func TestStaleTicksAreDropped(t *testing.T) {
	tests := map[string][]string{
		"after a new walk":   {"r"},
		"after a pause":      {" "},
		"after another pace": {">"},
		"after the same one": {"R"},
	}
	for name, keys := range tests {
		t.Run(name, func(t *testing.T) {
			p, old := open(t, pagetest.Env(t), 80, 24)
			old = fire(t, p, old, 5)
			pagetest.Press(t, p, keys...)
			before := p.run.series.Len()
			if got := fire(t, p, old, 1); len(got) != 0 || p.run.series.Len() != before {
				t.Errorf("a stale tick made %d points and %d ticks", p.run.series.Len()-before, len(got))
			}
		})
	}
}

func TestHiddenPagesDoNotTick(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	ticks = fire(t, p, ticks, 3)
	if cmd := p.Update(page.Hidden{}); cmd != nil {
		t.Error("hiding asks for something")
	}
	before := p.run.series.Len()
	if left := fire(t, p, ticks, 1); len(left) != 0 || p.run.series.Len() != before {
		t.Error("a hidden page goes on")
	}
	again, _ := pagetest.Settle(t, p.Update, p.Update(page.Shown{}))
	if len(again) != 1 || p.Update(page.Shown{}) != nil {
		t.Fatalf("shown twice: %d ticks, want one", len(again))
	}
	fire(t, p, again, 200)
	if !p.run.done() {
		t.Error("the walk does not end after it was hidden")
	}
	if cmd := p.Update(page.Shown{}); cmd != nil {
		t.Error("a finished page ticks when shown")
	}
}

func TestPauseStepAndSpeed(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 2)
	if ticks, _ := pagetest.Press(t, p, " "); len(ticks) != 0 || !p.run.paused {
		t.Error("space does not pause")
	}
	if pagetest.Press(t, p, ".", "."); p.run.walk.Steps() != 4 {
		t.Errorf("%d steps after two more, want 4", p.run.walk.Steps())
	}
	ticks, _ = pagetest.Press(t, p, " ")
	if len(ticks) != 1 || ticks[0].After != stepTime {
		t.Fatalf("going on asks for %v", ticks)
	}
	ticks, _ = pagetest.Press(t, p, ">")
	if len(ticks) != 1 || ticks[0].After != stepTime/2 {
		t.Errorf("twice the speed asks for %v", ticks)
	}
	if ticks, _ = pagetest.Press(t, p, "<", "<", "<", "<"); ticks[len(ticks)-1].After != 4*stepTime {
		t.Errorf("the slowest speed asks for %v", ticks)
	}
	if _, msgs := pagetest.Press(t, p, "r"); len(msgs) != 0 || p.run.paused || p.run.walk.Steps() != 0 {
		t.Error("r does not start anew")
	}
}

func TestSeedsCanBeTyped(t *testing.T) {
	tests := map[string]struct {
		keys []string
		want uint64
		mode mode
	}{
		"digits and enter":         {[]string{"s", "1", "2", "3", "enter"}, 123, browsing},
		"backspace takes one back": {[]string{"s", "1", "2", "backspace", "9", "enter"}, 19, browsing},
		"esc keeps the old seed":   {[]string{"s", "7", "esc"}, 42, browsing},
		"nothing typed":            {[]string{"s", "enter"}, 42, browsing},
		"letters are ignored":      {[]string{"s", "q", "1", "x", "enter"}, 1, browsing},
		"the greatest":             {[]string{"s", "18446744073709551615", "enter"}, 18446744073709551615, browsing},
		"too great stays open":     {[]string{"s", "99999999999999999999", "enter"}, 42, typing},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p, _ := open(t, pagetest.Env(t), 80, 24)
			pagetest.Press(t, p, tt.keys...)
			if p.run.seed != tt.want || p.mode != tt.mode || p.Capturing() != (tt.mode == typing) {
				t.Errorf("seed %d, mode %d", p.run.seed, p.mode)
			}
		})
	}
}

func TestReducedMotionJumpsInFewSteps(t *testing.T) {
	env := pagetest.Env(t)
	env.ReducedMotion = true
	p, ticks := open(t, env, 80, 24)
	n := 0
	for ; len(ticks) > 0; n++ {
		ticks = fire(t, p, ticks, 1)
	}
	if n != 10 || p.run.series.Len() != 501 {
		t.Errorf("%d jumps to %d points, want 10 to 501", n, p.run.series.Len())
	}
}

func TestStillPagesAreFinishedAtOnce(t *testing.T) {
	env := pagetest.Env(t)
	env.Still = true
	p, ticks := open(t, env, 80, 24)
	if len(ticks) != 0 || p.run.series.Len() != 501 {
		t.Errorf("%d ticks, %d points", len(ticks), p.run.series.Len())
	}
}

func TestExports(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 100)
	var csv, text bytes.Buffer
	if err := errors.Join(p.Export("csv", &csv), p.Export("json", &text)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(csv.String(), "\n"), "\n")
	if len(lines) != 502 || lines[0] != "index,value" || !strings.HasPrefix(lines[501], "500,") {
		t.Errorf("%d lines from %q to %q", len(lines), lines[0], lines[len(lines)-1])
	}
	var got struct {
		Seed   uint64
		Values []float64
	}
	if err := json.Unmarshal(text.Bytes(), &got); err != nil || got.Seed != seed || len(got.Values) != 501 {
		t.Errorf("json: %v, seed %d, %d values", err, got.Seed, len(got.Values))
	}
	if lines[501] != fmt.Sprintf("500,%v", got.Values[500]) {
		t.Errorf("csv ends with %q, json with %v", lines[501], got.Values[500])
	}
	if err := p.Export("svg", &text); !errors.Is(err, page.ErrFormat) {
		t.Errorf("an unknown format gives %v", err)
	}
}

func TestExportKeysSaveFiles(t *testing.T) {
	for key, name := range map[string]string{"c": "csv", "j": "json", "v": "svg", "a": "ansi"} {
		t.Run(name, func(t *testing.T) {
			env, content := pagetest.Env(t), ""
			env.Save = func(name string, b []byte) (string, error) {
				content = string(b)
				return "/exports/" + name, nil
			}
			p, _ := open(t, env, 80, 24)
			_, msgs := pagetest.Press(t, p, "e", key)
			want := page.Notice{Text: "Saved /exports/tabgate-walk-42." + name}
			if len(msgs) != 1 || msgs[0] != want || content == "" || p.mode != browsing {
				t.Errorf("got %v with %d bytes, want %v", msgs, len(content), want)
			}
		})
	}
	env := pagetest.Env(t)
	env.Save = func(string, []byte) (string, error) { return "", errors.New("the disk is full") }
	p, _ := open(t, env, 80, 24)
	_, msgs := pagetest.Press(t, p, "e", "c")
	if f, ok := msgs[0].(page.Failed); !ok || !strings.Contains(f.Err.Error(), "the disk is full") {
		t.Errorf("a full disk gives %v", msgs)
	}
}

func TestCursorReadsTheData(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 100)
	pagetest.Press(t, p, "home", "right", "right")
	want := fmt.Sprintf("index 2 · value %.2f", p.run.series.At(2))
	if got := ansi.Strip(p.View()); !strings.Contains(got, want) {
		t.Errorf("the page does not say %q", want)
	}
	plot := p.picture()
	x := plot.X + plot.W/3
	p.Update(click(x, plot.Y+2))
	if plot.Column(float64(p.cursor)) != x {
		t.Errorf("a click at column %d reads index %d, column %d", x, p.cursor, plot.Column(float64(p.cursor)))
	}
	p.Update(tea.MouseMsg{X: x + 9, Y: plot.Y, Button: tea.MouseButtonLeft, Action: tea.MouseActionMotion})
	if plot.Column(float64(p.cursor)) != x+9 {
		t.Error("dragging does not read on")
	}
	if pagetest.Press(t, p, "esc"); p.cursor != -1 {
		t.Error("esc keeps the cursor")
	}
}

func TestZoomAndPan(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 100)
	plot := p.picture()
	for _, column := range []int{plot.X + 3, plot.X + plot.W/2, plot.X + plot.W - 3} {
		p.view, p.stale = window{}, true
		for i := range 6 {
			before := p.picture().Value(column)
			p.Update(tea.MouseMsg{X: column, Y: plot.Y + 1, Button: tea.MouseButtonWheelUp, Action: tea.MouseActionPress})
			now := p.picture()
			if at := now.Column(before); at < column-1 || at > column+1 {
				t.Errorf("turn %d at column %d: what was there is at %d", i, column, at)
			}
		}
	}
	lo, hi := p.view.of(501)
	pagetest.Press(t, p, "shift+left")
	if l, h := p.view.of(501); l >= lo || h-l != hi-lo {
		t.Errorf("shift+left shows %v..%v after %v..%v", l, h, lo, hi)
	}
	if pagetest.Press(t, p, "0"); p.view.set {
		t.Error("0 does not show all")
	}
	for range 30 {
		pagetest.Press(t, p, "+")
	}
	if l, h := p.view.of(501); h-l != leastSpan {
		t.Errorf("the closest view is %v..%v", l, h)
	}
	p.Update(click(plot.X+5, plot.Y))
	if p.Update(click(plot.X+5, plot.Y)); p.view.set {
		t.Error("a double click does not show all")
	}
}

func TestEveryControlCanBeClicked(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		p, _ := open(t, pagetest.Env(t), size[0], size[1])
		lines := strings.Split(p.View(), "\n")
		find := func(word string) (x, y int) {
			for y, line := range lines {
				if before, _, ok := strings.Cut(line, word); ok {
					return ansi.StringWidth(before), y
				}
			}
			t.Fatalf("%v: no %q in the frame", size, word)
			return 0, 0
		}
		p.Update(click(find("Pause")))
		if !p.run.paused {
			t.Errorf("%v: Pause does nothing", size)
		}
		p.Update(click(find("Seed")))
		if p.mode != typing {
			t.Errorf("%v: Seed does nothing", size)
		}
		p.mode, p.stale = browsing, true
		p.View()
		p.Update(click(find("Export")))
		if p.mode != exporting {
			t.Errorf("%v: Export does nothing", size)
		}
		p.mode, p.stale = browsing, true
		p.View()
		before := p.run.series
		p.Update(click(find("Re-run")))
		if p.run.series == before {
			t.Errorf("%v: Re-run does nothing", size)
		}
	}
}

func TestNoKeyIsGlobal(t *testing.T) {
	global := map[string]bool{
		"1": true, "2": true, "3": true, "4": true, "tab": true, "shift+tab": true, "l": true, "q": true,
		"?": true, "ctrl+r": true, "ctrl+left": true, "ctrl+right": true, "ctrl+c": true,
	}
	p, _ := open(t, pagetest.Env(t), 80, 24)
	for _, m := range []mode{browsing, exporting} {
		p.mode, p.view.set, p.cursor = m, true, 1
		for _, b := range p.Keys() {
			for _, k := range b.Keys() {
				if global[k] {
					t.Errorf("%q is a global key", k)
				}
			}
			if b.Help().Desc == "" {
				t.Errorf("%v has no help", b.Keys())
			}
		}
	}
}

func TestFramesAreKeptUntilSomethingChanges(t *testing.T) {
	p, _ := open(t, pagetest.Env(t), 80, 24)
	p.View()
	p.Update(struct{}{})
	if p.stale {
		t.Error("a stranger's message makes the page paint anew")
	}
}

func BenchmarkFrame(b *testing.B) {
	env := pagetest.Env(b, termenv.TrueColor)
	env.Still = true
	p := newPage(env, Options{Seed: &seed})
	p.SetSize(160, 43)
	b.ReportAllocs()
	for b.Loop() {
		p.stale = true
		p.View()
	}
}
