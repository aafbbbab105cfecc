package mapview

import (
	"fmt"
	"github.com/authtabs/tabgate/tui/cell"
	"math"
)

// steps of a scale bar: near enough to each other that one of them is always
// 8 to 12 cells long.
var scaleSteps = []float64{1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}

// ScaleBar returns a round distance that takes about ten cells of a map in the
// middle of the view, its name, and its length in cells.
func ScaleBar(v View, area cell.Rect) (name string, cells int) {
	w, _ := Picture(area.W, area.H)
	if w == 0 {
		return "", 0
	}
	perCell := v.metersPerPixel() * w / float64(area.W)
	best, miss := 0.0, math.Inf(1)
	for decade := 1.0; decade <= 1e7; decade *= 10 {
		for _, s := range scaleSteps {
			if d := math.Abs(math.Log(s * decade / perCell / 10)); d < miss {
				best, miss = s*decade, d
			}
		}
	}
	name = fmt.Sprintf("%g m", best)
	if best >= 1000 {
		name = fmt.Sprintf("%g km", best/1000)
	}
	return name, int(math.Round(best / perCell))
}
