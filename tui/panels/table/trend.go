package table

import (
	"math"

	"github.com/NimbleMarkets/ntcharts/canvas/runes"
)

// asciiHeights are what stands for the heights of a sparkline where there are
// no blocks.
const asciiHeights = ".:-=+*#%"

// sparkline is a small chart of a row: the mean of each part, over its range.
func sparkline(values []float64, cells int, ascii bool) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	cells = min(cells, len(values))
	out := make([]rune, 0, cells)
	for i := range cells {
		mean, ok := meanOf(values[i*len(values)/cells : max((i+1)*len(values)/cells, i*len(values)/cells+1)])
		switch {
		case !ok:
			out = append(out, ' ')
		case hi <= lo:
			out = append(out, height(.5, ascii))
		default:
			out = append(out, height(max((mean-lo)/(hi-lo), 1.0/8), ascii))
		}
	}
	return string(out)
}

func meanOf(values []float64) (mean float64, ok bool) {
	n := 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			n++
			mean += (v - mean) / n
		}
	}
	return mean, n > 0
}

// height is a bar that fills a share of its cell.
func height(share float64, ascii bool) rune {
	if ascii {
		return rune(asciiHeights[min(max(int(math.Ceil(share*8))-1, 0), 7)])
	}
	return runes.LowerBlockElementFromFloat64(share)
}
