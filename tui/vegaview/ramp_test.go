package vegaview_test

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// TestARampKeepsItsOrderOnEveryBackground draws the two ends of a ramp of which
// one is all but the background: it must not turn into the other end.
func TestARampKeepsItsOrderOnEveryBackground(t *testing.T) {
	const spec = `{"data":{"values":[{"x":"a","v":0},{"x":"b","v":9}]},"mark":"rect","encoding":{"x":{"field":"x","type":"nominal"},"color":{"field":"v","type":"quantitative","scale":{"range":["PALE","DARK"]},"legend":null}}}`
	for name, tt := range map[string]struct {
		look       vegaview.Look
		pale, dark string
	}{
		"light": {vegaview.Look{Background: cell.RGB{255, 255, 255}, Text: cell.RGB{31, 36, 48}, Muted: cell.RGB{90, 100, 115}}, "#ffffe5", "#225ea8"},
		"dark":  {vegaview.Look{Background: cell.RGB{13, 15, 20}, Text: cell.RGB{220, 224, 232}, Muted: cell.RGB{120, 128, 140}}, "#41b6c4", "#05070c"},
	} {
		t.Run(name, func(t *testing.T) {
			look := tt.look
			scene, err := vega.Compile([]byte(strings.NewReplacer("PALE", tt.pale, "DARK", tt.dark).Replace(spec)), vega.Options{Width: 240, Height: 96})
			if err != nil {
				t.Fatal(err)
			}
			g := cell.NewGrid(40, 10)
			vegaview.Draw(g, scene, look)
			light := func(x int) int {
				c := g.At(x, 3).BG.RGB()
				return int(c[0]) + int(c[1]) + int(c[2])
			}
			first, last := light(10), light(30)
			if first <= last {
				t.Errorf("the palest end has the lightness %d, the darkest %d", first, last)
			}
			for x, l := range map[int]int{10: first, 30: last} {
				if back := int(look.Background[0]) + int(look.Background[1]) + int(look.Background[2]); l == back {
					t.Errorf("column %d cannot be told from the background", x)
				}
			}
		})
	}
}
