package mapping

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data"
)

// crowd is a city of a few hexagons with so many racks each.
func crowd(counts ...int) data.City {
	var c data.City
	for i, n := range counts {
		for range n {
			c.Racks = append(c.Racks, data.Point{Lon: -122.45 + 0.01*float64(i), Lat: 37.76})
		}
	}
	return c
}

func TestTheLegendCoversEveryCountOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	for range 300 {
		least := 1 + r.IntN(30)
		most := least + r.IntN(400)
		s := newScene(crowd(least, most))
		next := s.least
		for i, text := range s.ranges() {
			from, to := 0, 0
			if text == "none" {
				continue
			}
			if n, _ := fmt.Sscanf(text, "%d–%d", &from, &to); n == 1 {
				to = from
			}
			if from != next || to < from {
				t.Fatalf("%d to %d: class %d is %s, want it to begin at %d", least, most, i+1, text, next)
			}
			for n := from; n <= to; n++ {
				if got := data.HexClass(n, s.least, s.most); got != i {
					t.Fatalf("%d to %d: %d is of class %d, the legend says %d", least, most, n, got+1, i+1)
				}
			}
			next = to + 1
		}
		if next != s.most+1 {
			t.Fatalf("%d to %d: the legend ends at %d", s.least, s.most, next-1)
		}
	}
}

func TestEverySizeHasLegendScaleAndOrigin(t *testing.T) {
	a := open(t, 80, 24, termenv.TrueColor)
	for w := 40; w <= 220; w += 9 {
		for _, h := range []int{11, 14, 18, 22, 28, 38, 58} {
			a.SetSize(w, h)
			got := text(a)
			for _, s := range a.scene.ranges() {
				if !strings.Contains(got, s) {
					t.Errorf("%dx%d: the legend lacks %s:\n%s", w, h, s, got)
					break
				}
			}
			l := a.arrange()
			name, cells := scaleBar(a.view, l.area)
			if bar := "├" + strings.Repeat("─", cells-2) + "┤ " + name; !strings.Contains(got, bar) {
				t.Errorf("%dx%d: no scale bar %s", w, h, bar)
			}
			if !strings.Contains(got, "Bundled") {
				t.Errorf("%dx%d: no origin", w, h)
			}
		}
	}
}

func TestTheScaleBarIsTrueInEveryView(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for range 2000 {
		v := randomView(r)
		v.Lat = -80 + 160*r.Float64()
		area := rect{0, 0, 20 + r.IntN(230), 4 + r.IntN(70)}
		name, cells := scaleBar(v, area)
		w, _ := picture(area.w, area.h)
		exact := parseLength(t, name) / (v.metersPerPixel() * w / float64(area.w))
		if d := exact - float64(cells); d < -1 || d > 1 || cells < 8 || cells > 12 {
			t.Fatalf("%+v on %v: %s is %.2f cells, drawn as %d", v, area, name, exact, cells)
		}
	}
}
