package d3

import "math"

var e10, e5, e2 = math.Sqrt(50), math.Sqrt(10), math.Sqrt(2)

// maxTicks bounds the ticks of one scale.
const maxTicks = 10_000

// tickSpec returns the first and last multiple and the increment of the ticks
// of a range; a negative increment is the inverse of one below 1.
func tickSpec(start, stop, count float64) (first, last, inc float64) {
	step := (stop - start) / max(0, count)
	power := math.Floor(math.Log10(step))
	fraction := step / math.Pow(10, power)
	factor := 1.0
	switch {
	case fraction >= e10:
		factor = 10
	case fraction >= e5:
		factor = 5
	case fraction >= e2:
		factor = 2
	}
	if power < 0 {
		inc = math.Pow(10, -power) / factor
		first, last = math.Round(start*inc), math.Round(stop*inc)
		if first/inc < start {
			first++
		}
		if last/inc > stop {
			last--
		}
		inc = -inc
	} else {
		inc = math.Pow(10, power) * factor
		first, last = math.Round(start/inc), math.Round(stop/inc)
		if first*inc < start {
			first++
		}
		if last*inc > stop {
			last--
		}
	}
	if last < first && count >= 0.5 && count < 2 {
		return tickSpec(start, stop, count*2)
	}
	return first, last, inc
}

// Ticks returns about count round numbers from start to stop, both included.
func Ticks(start, stop, count float64) []float64 {
	if !(count > 0) || start != start || stop != stop || math.IsInf(start, 0) || math.IsInf(stop, 0) {
		return nil
	}
	if start == stop {
		return []float64{start}
	}
	reverse := stop < start
	if reverse {
		start, stop = stop, start
	}
	first, last, inc := tickSpec(start, stop, count)
	if !(last >= first) || last-first > maxTicks {
		return nil
	}
	all := make([]float64, 0, int(last-first)+1)
	for i := first; i <= last; i++ {
		v := i * inc
		if inc < 0 {
			v = i / -inc
		}
		all = append(all, v)
	}
	if reverse {
		for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
			all[i], all[j] = all[j], all[i]
		}
	}
	return all
}

// TickIncrement returns the increment of Ticks; a negative one is the inverse
// of one below 1.
func TickIncrement(start, stop, count float64) float64 {
	_, _, inc := tickSpec(start, stop, count)
	return inc
}

// TickStep returns the distance of two ticks, negative if stop is below start.
func TickStep(start, stop, count float64) float64 {
	reverse := stop < start
	if reverse {
		start, stop = stop, start
	}
	inc := TickIncrement(start, stop, count)
	if inc < 0 {
		inc = 1 / -inc
	}
	if reverse {
		return -inc
	}
	return inc
}

// Nice widens a range to round numbers, as the linear scale does.
func Nice(start, stop, count float64) (float64, float64) {
	if stop < start {
		stop, start = Nice(stop, start, count)
		return start, stop
	}
	a, b, before := start, stop, math.NaN()
	for range 10 {
		step := TickIncrement(a, b, count)
		switch {
		case step == before:
			return a, b
		case step > 0:
			a, b = math.Floor(a/step)*step, math.Ceil(b/step)*step
		case step < 0:
			a, b = math.Ceil(a*step)/step, math.Floor(b*step)/step
		default:
			return start, stop
		}
		before = step
	}
	return start, stop
}

// PrecisionFixed, PrecisionRound and PrecisionPrefix are the decimals that
// tell numbers apart that lie a step apart.
func PrecisionFixed(step float64) int { return max(0, int(-exponent(step))) }

// PrecisionRound is for significant digits up to max.
func PrecisionRound(step, most float64) int {
	step = math.Abs(step)
	most = math.Abs(most) - step
	return max(0, int(exponent(most)-exponent(step))) + 1
}

// PrecisionPrefix is for the prefix of type s that suits value.
func PrecisionPrefix(step, value float64) int {
	return max(0, max(-8, min(8, int(math.Floor(exponent(value)/3))))*3-int(exponent(math.Abs(step))))
}

// TickFormat returns the format for ticks of a range, with the decimals that
// tell them apart where the format names none.
func TickFormat(start, stop, count float64, s Spec) Format {
	step := TickStep(start, stop, count)
	if start == stop {
		return s.Format() // there is no step
	}
	switch s.Type {
	case 's':
		if s.Precision >= 0 {
			break
		}
		value := max(math.Abs(start), math.Abs(stop))
		s.Precision = PrecisionPrefix(step, value)
		return s.FormatPrefix(value)
	case 0, 'e', 'g', 'p', 'r':
		if s.Precision < 0 {
			s.Precision = PrecisionRound(step, max(math.Abs(start), math.Abs(stop)))
			if s.Type == 'e' {
				s.Precision--
			}
		}
	case 'f', '%':
		if s.Precision < 0 {
			s.Precision = PrecisionFixed(step)
			if s.Type == '%' {
				s.Precision = max(0, s.Precision-2)
			}
		}
	}
	return s.Format()
}
