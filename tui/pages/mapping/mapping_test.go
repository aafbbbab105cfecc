package mapping

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
	"github.com/authtabs/tabgate/tui/theme"
)

type source struct {
	city  data.City
	err   error
	asks  int
	final bool
}

func (s *source) City(context.Context) (data.City, error)    { s.asks++; return s.city, s.err }
func (s *source) CityNow(context.Context) (data.City, error) { return s.city, s.err }
func (s *source) Final(data.Origin) bool                     { return s.final }

func city(t testing.TB) *source {
	t.Helper()
	c, err := data.BundledCity()
	if err != nil {
		t.Fatal(err)
	}
	return &source{city: c}
}

// open gives the page, loaded, at a size.
func open(t testing.TB, w, h int, profile ...termenv.Profile) *Page {
	t.Helper()
	env := pagetest.Env(t, profile...)
	a := New(env, city(t)).(*Page)
	pagetest.Open(t, a, w, h)
	return a
}

func text(a *Page) string { return ansi.Strip(drawn(a)) }

func TestFramesFitEverySize(t *testing.T) {
	a := open(t, 80, 24)
	for w := 1; w <= 250; w += 1 + w/many(10) {
		for h := 1; h <= 80; h += 1 + h/7 {
			a.SetSize(w, h)
			pagetest.Fits(t, drawn(a), w, h)
		}
	}
	for _, keys := range [][]string{{"/"}, {"x", "y", "z"}, {"esc", "o", "b", "e", "n", "f"}} {
		pagetest.Press(t, a, keys...)
		for _, size := range [][2]int{{0, 0}, {1, 1}, {16, 4}, {20, 6}, {40, 9}, {79, 10}, {80, 9}, {119, 11}, {120, 13}, {121, 60}} {
			a.SetSize(size[0], size[1])
			pagetest.Fits(t, drawn(a), size[0], size[1])
		}
	}
}

func TestFramesFitInEveryProfileAndGlyphs(t *testing.T) {
	for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
		for g := theme.ASCII; g <= theme.Octant; g++ {
			a := open(t, 100, 30, p)
			a.env.Theme.Rebuild(theme.Options{Dark: g%2 == 0, Glyphs: g})
			a.Update(page.Rethemed{})
			frame := drawn(a)
			pagetest.Fits(t, frame, 100, 30)
			if g == theme.ASCII && strings.IndexFunc(frame, func(r rune) bool { return r > 0x7e }) >= 0 {
				t.Errorf("profile %v: not ASCII", p)
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for name, size := range map[string][2]int{"80x24": {80, 22}, "40x12": {40, 10}, "120x40": {120, 38}, "60x20": {60, 18}, "100x30": {100, 28}, "160x45": {160, 43}} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, []byte(drawn(open(t, size[0], size[1]))))
		})
	}
	t.Run("colour", func(t *testing.T) {
		golden.RequireEqual(t, []byte(drawn(open(t, 80, 22, termenv.TrueColor))))
	})
	t.Run("light", func(t *testing.T) {
		a := open(t, 80, 22, termenv.TrueColor)
		a.env.Theme.Rebuild(theme.Options{Dark: false, Glyphs: theme.Half})
		a.Update(page.Rethemed{})
		golden.RequireEqual(t, []byte(drawn(a)))
	})
	t.Run("ascii", func(t *testing.T) {
		a := open(t, 80, 22)
		a.env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
		a.Update(page.Rethemed{})
		golden.RequireEqual(t, []byte(drawn(a)))
	})
	t.Run("find", func(t *testing.T) {
		a := open(t, 80, 22)
		pagetest.Press(t, a, "/", "c", "i", "v")
		golden.RequireEqual(t, []byte(drawn(a)))
	})
}

// layers switches layers by the keys of their box.
func layers(t *testing.T, a *Page, keys ...string) {
	t.Helper()
	pagetest.Press(t, a, append(append([]string{"o"}, keys...), "esc")...)
}

func TestLayersAreToggledByKeyAndClick(t *testing.T) {
	for _, size := range [][2]int{{160, 40}, {100, 30}, {60, 20}, {40, 10}} {
		a := open(t, size[0], size[1])
		for i, k := range []string{"b", "e", "n", "f"} {
			drawn(a)
			if len(a.zones) < 4 || a.zones[3].Means.kind != checkBox {
				t.Fatalf("zones %v at %v", a.zones, size)
			}
			layers(t, a, k)
			if a.layers[i] {
				t.Errorf("%s did not take layer %d off", k, i)
			}
			z := a.zones[i]
			a.Update(tea.MouseMsg{X: z.X + 1, Y: z.Y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
			a.Update(tea.MouseMsg{X: z.X + 1, Y: z.Y, Action: tea.MouseActionRelease})
			if !a.layers[i] {
				t.Errorf("a click did not put layer %d on again at %v", i, size)
			}
		}
	}
}

func TestEachLayerIsSeenAlone(t *testing.T) {
	seen := map[string]bool{}
	for _, off := range []string{"enf", "bnf", "bef", "ben"} {
		a := open(t, 120, 38)
		layers(t, a, strings.Split(off, "")...)
		seen[text(a)] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d different pictures, want 4", len(seen))
	}
}

func TestNoLayerIsTheOriginalsMessage(t *testing.T) {
	a := open(t, 120, 38)
	layers(t, a, "b", "e", "n", "f")
	if got := text(a); !strings.Contains(got, "Please choose at least one layer above.") {
		t.Errorf("no message in\n%s", got)
	}
}

func TestTheStateOutlivesAResize(t *testing.T) {
	a := open(t, 120, 38)
	layers(t, a, "e")
	pagetest.Press(t, a, "+", "right", "]", "p")
	view, on, pal := a.camera.view, a.layers, a.palette
	a.SetSize(50, 12)
	drawn(a)
	a.SetSize(120, 38)
	if a.camera.view != view || a.layers != on || a.palette != pal {
		t.Errorf("%+v %v %v, want %+v %v %v", a.camera.view, a.layers, a.palette, view, on, pal)
	}
}

func TestNothingIsDrawnWhenNothingChanges(t *testing.T) {
	a := open(t, 120, 38)
	drawn(a)
	if a.stale {
		t.Fatal("the frame is still to be drawn")
	}
	a.Update(page.Shown{})
	a.Update(page.Hidden{})
	a.Update(struct{}{})
	a.SetSize(120, 38)
	pagetest.Press(t, a, "k")
	if a.stale {
		t.Error("the frame would be drawn again")
	}
	g := cell.NewGrid(120, 38)
	a.Draw(g)
	if n := testing.AllocsPerRun(10, func() {
		if a.Draw(g) {
			t.Error("an unchanged page draws")
		}
	}); n != 0 {
		t.Errorf("Draw allocates %v times", n)
	}
}

func TestAFrameAllocatesNothingForEachCell(t *testing.T) {
	if testing.Short() {
		t.Skip("slow under the race detector")
	}
	a := open(t, 200, 58, termenv.TrueColor)
	g := cell.NewGrid(200, 58)
	a.Draw(g)
	n := testing.AllocsPerRun(5, func() { a.stale = true; a.Draw(g) })
	if n > 200 {
		t.Errorf("%v allocations a frame of 11,600 cells", n)
	}
}

func TestLoadErrorsSayWhatTheOriginalSays(t *testing.T) {
	src := &source{err: &data.NetworkError{Reason: "lookup example.com: no such host\x1b[2J"}}
	a := newPage(pagetest.Env(t), src)
	pagetest.Open(t, a, 80, 22)
	got := strings.Join(strings.Fields(text(a)), " ")
	if !strings.Contains(got, "This demo requires internet access. Connection error: lookup example.com: no such host�[2J") {
		t.Errorf("got %s", got)
	}
	pagetest.Fits(t, drawn(a), 80, 22)
	*src = *city(t)
	pagetest.Press(t, a, "r")
	if !strings.Contains(text(a), "Embarcadero") {
		t.Errorf("r did not load again:\n%s", text(a))
	}
}

func TestTheMapWaitsForItsFigures(t *testing.T) {
	a := newPage(pagetest.Env(t), city(t))
	a.SetSize(80, 22)
	cmd := a.Init()
	pagetest.Press(t, a, "/", "b", "x", "up", "w")
	a.Update(tea.MouseMsg{X: 40, Y: 10, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	if got := text(a); !strings.Contains(got, "Loading the map") || a.Capturing() {
		t.Errorf("before the figures:\n%s", got)
	}
	pagetest.Settle(t, a.Update, cmd)
	if !strings.Contains(text(a), "Embarcadero") {
		t.Error("the figures did not come")
	}
}

func TestTheNetworkIsAskedOnlyWhereItCanHelp(t *testing.T) {
	tests := map[string]struct {
		src   *source
		asks  int
		shows string
	}{
		"what is at hand may be bettered": {&source{}, 1, "Map Layers"},
		"what is at hand is all there is": {&source{final: true}, 0, "Map Layers"},
		"a file of one's own is at fault": {&source{err: errors.New("the data file is no list")}, 0, "the data file is no list"},
		"nothing is at hand":              {&source{err: &data.NetworkError{Reason: "offline"}}, 1, "Connection error: offline"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.src.city = city(t).city
			a := newPage(pagetest.Env(t), tt.src)
			pagetest.Open(t, a, 80, 22)
			if got := text(a); !strings.Contains(got, tt.shows) {
				t.Errorf("it does not say %q:\n%s", tt.shows, got)
			}
			if tt.src.asks != tt.asks || a.load.busy {
				t.Errorf("asked %d times, busy %v", tt.src.asks, a.load.busy)
			}
			var out strings.Builder
			if err := a.Export("csv", &out); !errors.Is(err, tt.src.err) {
				t.Errorf("export: %v", err)
			}
		})
	}
}

func TestOldAnswersAreDropped(t *testing.T) {
	src := city(t)
	a := newPage(pagetest.Env(t), src)
	a.SetSize(80, 22)
	old := a.Init()().(loaded)
	answer := a.reload()().(loaded)
	if old.ctx.Err() == nil {
		t.Error("the old question was not cancelled")
	}
	if cmd := a.Update(old); cmd != nil || a.scene != nil {
		t.Error("the old answer was taken")
	}
	if pagetest.Settle(t, a.Update, a.Update(answer)); a.scene == nil || a.load.busy {
		t.Error("the new answer was not taken")
	}
	if answer.ctx.Err() == nil {
		t.Error("the context of an answered question is left open")
	}
}

func TestAFailedRefreshKeepsTheMap(t *testing.T) {
	a := open(t, 120, 38)
	a.src.(*source).err = &data.NetworkError{Reason: "timeout"}
	pagetest.Press(t, a, "r")
	if got := text(a); !strings.Contains(got, "Embarcadero") || !strings.Contains(a.readout().origin, "Connection error: timeout") {
		t.Errorf("after a failed refresh: %s\n%s", a.readout().origin, got)
	}
}

// An address that refuses its figures takes back those that are shown.
func TestT18ARefusedMapLeavesThePage(t *testing.T) {
	refusal := &data.AnswerError{Reason: "data.example.com refuses access (HTTP 403)", Todo: "ask whoever runs it for access"}
	for name, keys := range map[string][]string{"T-18 looking": {"up", "+"}, "T-18 finding a stop": {"/", "e", "m"}, "T-18 with a cursor": {"w", "w", "enter"}} {
		t.Run(name, func(t *testing.T) {
			a := open(t, 120, 38)
			cmd := a.reload()
			pagetest.Press(t, a, keys...)
			a.src.(*source).err = refusal
			pagetest.Settle(t, a.Update, cmd)
			pagetest.Press(t, a, "b", "0", "/", "e", "x", "w", "enter", "esc")
			a.Update(tea.MouseMsg{X: 40, Y: 10, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
			got := strings.Join(strings.Fields(text(a)), " ")
			if !strings.Contains(got, refusal.Error()) || strings.Contains(got, "Embarcadero") || strings.Contains(got, "internet access") {
				t.Errorf("after a refusal: %s", got)
			}
			var out strings.Builder
			if err := a.Export("csv", &out); !errors.Is(err, refusal) || out.Len() != 0 {
				t.Errorf("exported %q, %v", out.String(), err)
			}
			a.src.(*source).err = nil
			pagetest.Press(t, a, "r")
			if !strings.Contains(text(a), "Embarcadero") {
				t.Error("r does not load it again")
			}
		})
	}
}

func TestTheOriginIsOnThePage(t *testing.T) {
	for _, size := range [][2]int{{160, 43}, {80, 22}, {60, 18}, {40, 10}} {
		if got := text(open(t, size[0], size[1])); !strings.Contains(got, "Bundled") {
			t.Errorf("no origin at %v:\n%s", size, got)
		}
	}
}

func TestKeysAreNotTheGlobalOnes(t *testing.T) {
	a := open(t, 80, 22)
	global := []string{"1", "2", "3", "4", "tab", "shift+tab", "ctrl+left", "ctrl+right", "l", "ctrl+r", "?", "q", "ctrl+c"}
	a.pinned, a.pointer.kind = mapview.Pick{OK: true}, cursor
	for _, b := range a.Keys() {
		for _, k := range b.Keys() {
			for _, g := range global {
				if k == g {
					t.Errorf("%s is a global key", k)
				}
			}
		}
	}
}

func TestTheLegendSaysWhatItCountsAndGoesWithItsLayer(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {80, 22}, {100, 30}, {119, 30}, {160, 40}} {
		a := open(t, size[0], size[1])
		if !strings.Contains(text(a), "racks") {
			t.Errorf("the legend has no unit at %v:\n%s", size, text(a))
		}
		layers(t, a, "b")
		if strings.Contains(text(a), "racks") {
			t.Errorf("the legend stays without its layer at %v", size)
		}
	}
}

func TestABearingIsNamed(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {160, 40}} {
		a := open(t, size[0], size[1])
		pagetest.Press(t, a, ">")
		if !strings.Contains(text(a), "bearing 15°") {
			t.Errorf("at %v:\n%s", size, text(a))
		}
	}
}

// drawn returns the page as it is shown.
func drawn(a *Page) string { return pagetest.View(a.env, a, a.w, a.h) }
