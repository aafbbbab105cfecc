package chart

import "math"

const (
	// rowsPerTick keeps labels of the y axis apart; a tall one has at most
	// about mostTicks.
	rowsPerTick, mostTicks = 3, 8
	// enough is the share of the rows that the data should keep when ticks are
	// moved to whole rows. Among the choices that keep as much, most ticks win.
	enough = 0.85
	// fewTicks are too few to read values by: the rows that they keep count by
	// so much less.
	fewTicks, fewShare = 2, 0.8
)

// A yScale is the ticks of the y axis and the values in the middle of the
// last and of the first row.
type yScale struct {
	axis
	lo, hi float64
}

// yAxis chooses the ticks of h rows and moves the ends of the axis outwards,
// so that every tick lies in the middle of a row, as many rows from the next
// as every other, and each label has room. Where no two ticks fit, one
// is left, and the ends stay.
func yAxis(lo, hi float64, h int) yScale {
	best, most := yScale{lo: lo, hi: hi}, 0.0
	last := 0
	for count := max(1, (h+2)/rowsPerTick); count > 0; count-- {
		ticks := Ticks(lo, hi, count)
		if len(ticks) == last {
			continue
		}
		last = len(ticks)
		s, kept := even(ticks, lo, hi, h)
		if len(ticks) <= fewTicks {
			kept *= fewShare
		}
		if kept > most {
			best, most = s, kept
		}
		if most >= enough {
			break
		}
	}
	if most == 0 {
		best.ticks = oneTick(lo, hi)
	}
	best.labels = Labels(best.ticks)
	return best
}

// oneTick returns the single tick of an axis too short for two: zero, or the
// only round value.
func oneTick(lo, hi float64) []float64 {
	ticks := Ticks(lo, hi, 1)
	for _, v := range ticks {
		if v == 0 {
			return []float64{0}
		}
	}
	return ticks[:min(len(ticks), 1)]
}

// even lays ticks of lo..hi on h rows, the same number of rows apart, and
// says which share of the rows lo..hi keeps; 0 when they do not fit. Rows that
// are left over are free at the top.
func even(ticks []float64, lo, hi float64, h int) (yScale, float64) {
	if len(ticks) < 2 || h < 2 {
		return yScale{}, 0
	}
	first, last := ticks[0], ticks[len(ticks)-1]
	step := (last - first) / float64(len(ticks)-1)
	rows := h - 1 // from the middle of the first to that of the last
	for apart := int(float64(rows) * step / (hi - lo)); apart >= max(rowsPerTick, h/mostTicks); apart-- {
		perRow := step / float64(apart)
		below := wholeRows((first - lo) / perRow)
		above := wholeRows((hi - last) / perRow)
		if free := rows - below - above - apart*(len(ticks)-1); free >= 0 {
			s := yScale{axis{ticks: ticks}, first - float64(below)*perRow, last + float64(above+free)*perRow}
			return s, (hi - lo) / perRow / float64(rows)
		}
	}
	return yScale{}, 0
}

// wholeRows rounds up, except for what is rounding itself.
func wholeRows(rows float64) int { return int(math.Ceil(rows - 1e-6)) }
