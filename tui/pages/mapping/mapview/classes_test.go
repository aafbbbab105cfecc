package mapview

import (
	"fmt"
	"github.com/authtabs/tabgate/tui/cell"
	"math/rand/v2"
	"testing"

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
		s := NewScene(crowd(least, most))
		next := s.least
		for i, text := range s.Ranges() {
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

func TestTheScaleBarIsTrueInEveryView(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 20))
	for range 2000 {
		v := randomView(r)
		v.Lat = -80 + 160*r.Float64()
		area := cell.Rect{X: 0, Y: 0, W: 20 + r.IntN(230), H: 4 + r.IntN(70)}
		name, cells := ScaleBar(v, area)
		w, _ := Picture(area.W, area.H)
		exact := parseLength(t, name) / (v.metersPerPixel() * w / float64(area.W))
		if d := exact - float64(cells); d < -1 || d > 1 || cells < 8 || cells > 12 {
			t.Fatalf("%+v on %v: %s is %.2f cells, drawn as %d", v, area, name, exact, cells)
		}
	}
}
