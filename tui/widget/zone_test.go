package widget

import (
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
)

func TestTheTopmostZoneCounts(t *testing.T) {
	var z Zones[string]
	z.Add(cell.Rect{X: 0, Y: 0, W: 10, H: 4}, "below")
	z.Add(cell.Rect{X: 2, Y: 1, W: 3, H: 1}, "above")
	z.Add(cell.Rect{X: 7, Y: 2, W: 0, H: 5}, "nothing is in it")
	tests := map[string]struct {
		x, y int
		want string
		ok   bool
	}{
		"below":            {0, 0, "below", true},
		"above":            {2, 1, "above", true},
		"its last column":  {4, 1, "above", true},
		"right of it":      {5, 1, "below", true},
		"under it":         {2, 2, "below", true},
		"an empty one":     {7, 2, "below", true},
		"outside":          {10, 3, "", false},
		"left of all":      {-1, 0, "", false},
		"below everything": {3, 4, "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := z.At(tt.x, tt.y); got != tt.want || ok != tt.ok {
				t.Errorf("got %q %v, want %q %v", got, ok, tt.want, tt.ok)
			}
		})
	}
	if _, ok := (Zones[int]{}).At(0, 0); ok {
		t.Error("no zones have one")
	}
}
