package chart

import (
	"bytes"
	"math"
	"strconv"
)

// Ranges narrower or wider than these are beyond what an axis can say.
const (
	leastRange = 1e-290
	mostRange  = 1e290
)

// increment returns the step between ticks as d3-array does (tickIncrement,
// github.com/d3/d3-array): 1, 2 or 5 times a power of ten. A step below one
// comes as the negative of its inverse, which is exact.
func increment(lo, hi float64, count int) float64 {
	step := (hi - lo) / float64(max(1, count))
	power := math.Floor(math.Log10(step))
	factor := 1.0
	switch e := step / math.Pow(10, power); {
	case e >= math.Sqrt(50):
		factor = 10
	case e >= math.Sqrt(10):
		factor = 5
	case e >= math.Sqrt2:
		factor = 2
	}
	if power < 0 {
		return -math.Pow(10, -power) / factor
	}
	return math.Pow(10, power) * factor
}

// Ticks returns about count round values between lo and hi, ascending: the
// ones that Vega's linear scale gives. A range that is empty, upside down or
// not finite gives its start alone, if that is a number.
func Ticks(lo, hi float64, count int) []float64 {
	if !finite(lo) || !finite(hi) || lo >= hi || count < 1 {
		if finite(lo) && count > 0 {
			return []float64{lo}
		}
		return nil
	}
	step := increment(lo, hi, count)
	if step == 0 || !finite(step) { // a range at the edge of what can be written
		return []float64{lo}
	}
	value := func(i float64) float64 { return i * step }
	first, last := math.Ceil(lo/step), math.Floor(hi/step)
	if step < 0 {
		value = func(i float64) float64 { return i / -step }
		first, last = math.Ceil(lo*-step), math.Floor(hi*-step)
	}
	if n := last - first; !(n >= 0 && n < 1000) {
		return nil
	}
	ticks := make([]float64, 0, int(last-first)+1)
	for i := first; i <= last; i++ {
		ticks = append(ticks, value(i)+0) // + 0 makes a negative zero zero
	}
	return ticks
}

// Nice widens lo and hi to round values as Vega's `nice` does; Vega asks for
// a count of 10.
func Nice(lo, hi float64, count int) (niceLo, niceHi float64) {
	if !finite(lo) || !finite(hi) || lo >= hi {
		return lo, hi
	}
	last := 0.0
	for range 10 {
		step := increment(lo, hi, count)
		if step == last || step == 0 || !finite(step) {
			break
		}
		if last = step; step > 0 {
			lo, hi = math.Floor(lo/step)*step, math.Ceil(hi/step)*step
		} else {
			lo, hi = math.Ceil(lo*step)/step, math.Floor(hi*step)/step
		}
	}
	return lo + 0, hi + 0
}

// Domain is the range of an axis that holds zero and ends on round values:
// Vega's `zero` and `nice`. Values that are all zero give 0 to 1.
func Domain(lo, hi float64) (float64, float64) {
	lo, hi = min(lo, 0), max(hi, 0)
	if !finite(lo) || !finite(hi) || hi-lo < leastRange || hi-lo > mostRange {
		return 0, 1
	}
	return Nice(lo, hi, 10)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Labels writes ticks with equal decimals and separated thousands.
func Labels(ticks []float64) []string {
	decimals := 0
	if len(ticks) > 1 {
		decimals = decimalsOf(ticks[1] - ticks[0])
	}
	out := make([]string, len(ticks))
	for i, v := range ticks {
		out[i] = Number(v, decimals)
	}
	return out
}

// decimalsOf says how many decimals tell steps apart.
func decimalsOf(step float64) int {
	if step = math.Abs(step); step <= 0 || !finite(step) {
		return 0
	}
	return int(min(12, max(0, -math.Floor(math.Log10(step)+1e-9))))
}

// Number writes v with a fixed number of decimals and separated thousands;
// what is no number is a dash. Beyond 15 digits it uses an exponent.
func Number(v float64, decimals int) string {
	if !finite(v) {
		return "–"
	}
	if math.Abs(v) >= 1e15 {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	var plain, grouped [48]byte
	s := strconv.AppendFloat(plain[:0], v, 'f', decimals, 64)
	out := grouped[:0]
	if s[0] == '-' {
		if s = s[1:]; bytes.ContainsAny(s, "123456789") {
			out = append(out, '-')
		}
	}
	point := bytes.IndexByte(s, '.')
	if point < 0 {
		point = len(s)
	}
	for i, c := range s[:point] {
		if i > 0 && (point-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, c)
	}
	return string(append(out, s[point:]...))
}
