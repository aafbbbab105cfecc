package walk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

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
	if got := ansi.Strip(view(p)); !strings.Contains(got, want) {
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

func move(x, y int) tea.MouseMsg {
	return tea.MouseMsg{X: x, Y: y, Button: tea.MouseButtonNone, Action: tea.MouseActionMotion}
}

func TestTheCursorBeginsInsideAZoomedView(t *testing.T) {
	for name, want := range map[string]int{"left": 375, "right": 125} {
		p, ticks := open(t, pagetest.Env(t), 80, 24)
		fire(t, p, ticks, 100)
		pagetest.Press(t, p, "+", name)
		if p.cursor != want || p.view.lo != 125 || p.view.hi != 375 {
			t.Errorf("%s goes to %d in a view of %v to %v", name, p.cursor, p.view.lo, p.view.hi)
		}
	}
}

func TestThePointerReadsValues(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {140, 40}} {
		p, ticks := open(t, pagetest.Env(t), size[0], size[1])
		ticks = fire(t, p, ticks, 40)
		if plot := p.picture(); !p.Hovering() || p.read != -1 {
			t.Fatalf("nothing is pointed at, but %d is read out of %v", p.read, plot)
		}
		plot := p.picture()
		for x := plot.X; x < plot.X+plot.W; x += 5 {
			p.Update(move(x, plot.Y+3))
			view(p)
			if want := min(int(math.Round(plot.Value(x))), 200); p.read != want {
				t.Fatalf("at column %d the pointer reads %d, want %d", x, p.read, want)
			}
			value := fmt.Sprintf("%.2f", p.run.series.At(p.read))
			if !strings.Contains(ansi.Strip(view(p)), value) {
				t.Fatalf("the value %s at %d is not read out", value, p.read)
			}
		}
		x := plot.X + plot.W/2
		p.Update(move(x, plot.Y))
		fire(t, p, ticks, 60) // The walk grows below the pointer.
		if now := p.picture(); now.Column(float64(p.read)) < x-1 || now.Column(float64(p.read)) > x+1 {
			t.Errorf("the walk grew: the pointer is at column %d, what it reads at %d", x, now.Column(float64(p.read)))
		}
		p.Update(move(x, p.h-1))
		if view(p); p.read != -1 || p.cursor != -1 {
			t.Error("the pointer left the plot and still reads")
		}
	}
}

func TestControlsStayWhereTheyAreWhileThePointerReads(t *testing.T) {
	for _, h := range []int{27, 34, 43, 58} {
		p, ticks := open(t, pagetest.Env(t), 160, h)
		fire(t, p, ticks, 100)
		view(p)
		before := slices.Clone(p.zones)
		p.Update(tea.MouseMsg{X: p.plot.X + 20, Y: p.plot.Y + 3, Action: tea.MouseActionMotion})
		if frame := view(p); !strings.Contains(frame, "since start") {
			t.Errorf("%d rows: nothing is read:\n%s", h, frame)
		}
		for i, z := range p.zones {
			if len(p.zones) != len(before) || z.Rect != before[i].Rect {
				t.Fatalf("%d rows: %v were at %v", h, p.zones, before)
			}
		}
	}
}

func TestThePointerDrawsNothingTwice(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 100)
	plot := p.picture()
	p.Update(move(plot.X+9, plot.Y+1))
	view(p)
	p.Update(move(plot.X+9, plot.Y+4))
	if p.stale {
		t.Error("motion within a column draws again")
	}
	pagetest.Press(t, p, "right")
	if want := int(math.Round(plot.Value(plot.X+9))) + 1; p.cursor != want || p.pointer != -1 {
		t.Errorf("a key goes on from where the pointer was: %d, want %d", p.cursor, want)
	}
	for name, msg := range map[string]tea.Msg{"hidden": page.Hidden{}, "left": page.Left{}} {
		p.Update(move(plot.X+20, plot.Y+1))
		view(p)
		if p.Update(msg); p.pointer != -1 || !p.stale {
			t.Errorf("a page that is %s still has a pointer", name)
		}
	}
}

func TestDraggingPansAZoomedWalk(t *testing.T) {
	p, ticks := open(t, pagetest.Env(t), 80, 24)
	fire(t, p, ticks, 100)
	pagetest.Press(t, p, "+", "+")
	plot := p.picture()
	x := plot.X + 30
	under := plot.Value(x)
	p.Update(click(x, plot.Y+2))
	for _, to := range []int{x + 3, x + 12, x - 10} {
		p.Update(tea.MouseMsg{X: to, Y: plot.Y + 2, Button: tea.MouseButtonLeft, Action: tea.MouseActionMotion})
		if now := p.picture(); now.Column(under) < to-1 || now.Column(under) > to+1 {
			t.Errorf("dragged to column %d, but what was held is at %d", to, now.Column(under))
		}
	}
	p.Update(tea.MouseMsg{X: x, Y: plot.Y + 2, Action: tea.MouseActionRelease})
	before := p.view
	if p.Update(move(x-20, plot.Y+2)); p.view != before {
		t.Error("motion after the release still pans")
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
		lines := strings.Split(view(p), "\n")
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
		view(p)
		p.Update(click(find("Export")))
		if p.mode != exporting {
			t.Errorf("%v: Export does nothing", size)
		}
		p.mode, p.stale = browsing, true
		view(p)
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
			if (b.Help().Desc == "") != (b.Help().Key == "") {
				t.Errorf("%v has no help", b.Keys())
			}
		}
	}
}

func TestFramesAreKeptUntilSomethingChanges(t *testing.T) {
	p, _ := open(t, pagetest.Env(t), 80, 24)
	view(p)
	p.Update(struct{}{})
	if p.stale {
		t.Error("a stranger's message makes the page paint again")
	}
}

func BenchmarkFrame(b *testing.B) {
	env := pagetest.Env(b, termenv.TrueColor)
	env.Still = true
	p := newPanel(walkOf(env, seed))
	p.SetSize(160, 43)
	g := cell.NewGrid(160, 43)
	b.ReportAllocs()
	for b.Loop() {
		p.stale = true
		p.Draw(g)
	}
}
