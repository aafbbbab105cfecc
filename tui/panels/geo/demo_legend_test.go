package geo

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/theme"
)

func TestEverySizeHasLegendScaleAndOrigin(t *testing.T) {
	a := open(t, 80, 24, termenv.TrueColor)
	for w := 40; w <= 220; w += 9 {
		for _, h := range []int{11, 14, 18, 22, 28, 38, 58} {
			a.SetSize(w, h)
			got := text(a)
			for _, s := range a.figs.legends[bikes].names {
				if !strings.Contains(got, s) {
					t.Errorf("%dx%d: the legend lacks %s:\n%s", w, h, s, got)
					break
				}
			}
			l := a.arranged()
			name, cells := mapview.ScaleBar(a.camera.view, l.area)
			if bar := "├" + strings.Repeat("─", cells-2) + "┤ " + name; !strings.Contains(got, bar) {
				t.Errorf("%dx%d: no scale bar %s", w, h, bar)
			}
		}
	}
}

// usual are the colours of deck.gl's bins.
var usual = []deck.RGBA{{255, 255, 178, 255}, {254, 217, 118, 255}, {254, 178, 76, 255}, {253, 141, 60, 255}, {240, 59, 32, 255}, {189, 0, 38, 255}}

func TestClassesStayApartInEveryPalette(t *testing.T) {
	env := pagetest.Env(t)
	for _, dark := range []bool{true, false} {
		env.Theme.Rebuild(theme.Options{Dark: dark, Glyphs: theme.Quadrant})
		for _, p := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI, termenv.Ascii} {
			for pal := range mapview.Palettes {
				name := fmt.Sprintf("dark=%v profile=%v %v", dark, p, pal)
				l := mapview.NewLook(env.Theme, p)
				l.Palette = pal
				s := surface{theme: env.Theme, grid: cell.NewGrid(1, 1), look: l}
				pins := cell.Target{}
				pin(&pins, env.Theme)
				seen := map[string]bool{}
				for i := range 6 {
					c := l.Class(usual, i)
					s.grid.Resize(1, 1)
					s.grid.Rect(0, 0, 1, 1, c)
					if l.Plain {
						s.swatch(0, 0, 1, class{color: c, index: i})
					}
					if p == termenv.ANSI256 {
						pins.Reduce(s.grid)
					}
					seen[pagetest.Render(s.grid, p)] = true
					if pal != mapview.Original && p == termenv.TrueColor && cell.Contrast(c, l.Land()) < 3 {
						t.Errorf("%s: class %d has a contrast of %.2f to the land", name, i, cell.Contrast(c, l.Land()))
					}
				}
				if len(seen) != 6 {
					t.Errorf("%s: only %d classes can be told apart", name, len(seen))
				}
			}
		}
	}
}
