package geo

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

func text(a *Panel) string { return ansi.Strip(drawn(a)) }

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
func layers(t *testing.T, a *Panel, keys ...string) {
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
			if a.figs.shown(i) {
				t.Errorf("%s did not take layer %d off", k, i)
			}
			z := a.zones[i]
			a.Update(tea.MouseMsg{X: z.X + 1, Y: z.Y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
			a.Update(tea.MouseMsg{X: z.X + 1, Y: z.Y, Action: tea.MouseActionRelease})
			if !a.figs.shown(i) {
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
	view, on, pal := a.camera.view, shown(a), a.palette
	a.SetSize(50, 12)
	drawn(a)
	a.SetSize(120, 38)
	if a.camera.view != view || shown(a) != on || a.palette != pal {
		t.Errorf("%+v %v %v, want %+v %v %v", a.camera.view, shown(a), a.palette, view, on, pal)
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
func drawn(a *Panel) string { return pagetest.View(a.env.Env, a, a.w, a.h) }
