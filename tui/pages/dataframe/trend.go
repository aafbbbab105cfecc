package dataframe

import (
	"math"

	"github.com/NimbleMarkets/ntcharts/canvas/runes"
)

// trend is a small chart of a row: the mean of each part, over its range.
func trend(values []float64, cells int) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	out := make([]rune, 0, cells)
	for i := range cells {
		sum, n := 0.0, 0
		from := i * len(values) / cells
		to := min(max((i+1)*len(values)/cells, from+1), len(values))
		for _, v := range values[from:to] {
			if !math.IsNaN(v) {
				sum, n = sum+v, n+1
			}
		}
		switch {
		case n == 0:
			out = append(out, ' ')
		case hi <= lo:
			out = append(out, runes.LowerBlockElementFromFloat64(.5))
		default:
			out = append(out, runes.LowerBlockElementFromFloat64(max((sum/float64(n)-lo)/(hi-lo), 1.0/8)))
		}
	}
	return string(out)
}
