package query

import (
	"math"
	"math/rand/v2"
	"slices"
)

// maxExact is up to how many values a median and quartiles are exact. Of more a
// sample of that size stands for them, the same each time.
const maxExact = 1_000_000

// sample is values, all of them up to a number, and then as many of them, each
// with the same chance (Vitter's algorithm R).
type sample struct {
	values []float64
	seen   int
	random *rand.PCG
}

func (s *sample) add(f float64) {
	s.seen++
	if s.seen <= maxExact {
		s.values = append(s.values, f)
		return
	}
	if s.random == nil {
		s.random = rand.NewPCG(1, 2)
	}
	if at := s.random.Uint64() % uint64(s.seen); at < maxExact {
		s.values[at] = f
	}
}

// approximate reports whether values are missing from the sample.
func (s *sample) approximate() bool { return s.seen > len(s.values) }

// quantile is the value below which a share of the values lies, between the two
// nearest ones in proportion: the method of pandas, numpy and R's type 7. It
// reorders the values; the sample must not be empty.
func (s *sample) quantile(share float64) float64 { return quantiles(s.values, share)[0] }

// quantiles are those of several shares, which rise.
func quantiles(values []float64, shares ...float64) []float64 {
	out := make([]float64, len(shares))
	rest, passed := values, 0
	for i, share := range shares {
		at := share * float64(len(values)-1)
		k := int(at)
		selectNth(rest, k-passed)
		rest, passed = rest[k-passed:], k
		out[i] = rest[0]
		if part := at - float64(k); part > 0 {
			out[i] = between(rest[0], slices.Min(rest[1:]), part)
		}
	}
	return out
}

// between is the value at a share of the way from a to b, counted from the
// nearer end, as numpy does. It does not overflow.
func between(a, b, part float64) float64 {
	span := b - a
	switch {
	case a == b:
		return a
	case math.IsInf(span, 0):
		return a*(1-part) + b*part
	case part < 0.5:
		return a + span*part
	}
	return b - span*(1-part)
}

// selectNth reorders values so that the one at n is the one that would be there
// if they were sorted, with none greater before it and none less behind it.
func selectNth(values []float64, n int) {
	for len(values) > 16 {
		less, more := partition(values, pivot(values))
		switch {
		case n < less:
			values = values[:less]
		case n >= more:
			values, n = values[more:], n-more
		default:
			return
		}
	}
	slices.Sort(values)
}

// pivot is the median of nine values.
func pivot(v []float64) float64 {
	step := (len(v) - 1) / 8
	var nine [9]float64
	for i := range nine {
		nine[i] = v[i*step]
	}
	slices.Sort(nine[:])
	return nine[4]
}

// partition puts the values less than p first, then those that are p, and
// returns where those that are p begin and end.
func partition(v []float64, p float64) (less, more int) {
	more = len(v)
	for i := 0; i < more; {
		switch x := v[i]; {
		case x < p:
			v[i], v[less] = v[less], x
			less++
			i++
		case x > p:
			more--
			v[i], v[more] = v[more], x
		default:
			i++
		}
	}
	return less, more
}
