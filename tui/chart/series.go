package chart

import "math"

// A Series is a growing row of values that knows the least and the greatest
// of any part of it without looking at all: a value costs its share of a
// pyramid of pairs once, a question the logarithm of its length. Values that
// are not finite are gaps. The zero Series is empty.
type Series struct {
	values []float64
	levels [][]span // levels[k][i] covers the values from i<<(k+1) on, 2<<k of them
}

type span struct{ lo, hi float64 }

var nothing = span{math.Inf(1), math.Inf(-1)}

func (s span) with(o span) span { return span{min(s.lo, o.lo), max(s.hi, o.hi)} }

// NewSeries makes a series of values.
func NewSeries(values ...float64) *Series {
	s := &Series{values: make([]float64, 0, len(values))}
	s.Append(values...)
	return s
}

// Len is the number of values.
func (s *Series) Len() int { return len(s.values) }

// At returns a value; NaN outside and for a gap.
func (s *Series) At(i int) float64 {
	if i < 0 || i >= len(s.values) {
		return math.NaN()
	}
	return s.values[i]
}

// Append adds values at the end.
func (s *Series) Append(values ...float64) {
	for _, v := range values {
		if !finite(v) {
			v = math.NaN()
		}
		s.values = append(s.values, v)
		s.raise(len(s.values) - 1)
	}
}

// raise closes the pairs that the value at i completes.
func (s *Series) raise(i int) {
	for k := 0; i&1 == 1; k++ {
		pair := s.leaf(k, i-1).with(s.leaf(k, i))
		if k == len(s.levels) {
			s.levels = append(s.levels, nil)
		}
		s.levels[k] = append(s.levels[k], pair)
		i >>= 1
	}
}

// leaf returns the span of one place of a level; level 0 is the values.
func (s *Series) leaf(k, i int) span {
	if k > 0 {
		return s.levels[k-1][i]
	}
	if v := s.values[i]; !math.IsNaN(v) {
		return span{v, v}
	}
	return nothing
}

// Range returns the least and the greatest value from index i up to but not
// including j. With no value there, ok is false.
func (s *Series) Range(i, j int) (lo, hi float64, ok bool) {
	i, j = max(0, i), min(j, len(s.values))
	sum := nothing
	for k := 0; i < j; k++ {
		if i&1 == 1 {
			sum = sum.with(s.leaf(k, i))
			i++
		}
		if j&1 == 1 {
			j--
			sum = sum.with(s.leaf(k, j))
		}
		i, j = i>>1, j>>1
	}
	return sum.lo, sum.hi, sum.lo <= sum.hi
}

// nanAt returns values[i], NaN outside.
func nanAt(values []float64, i int) float64 {
	if i < 0 || i >= len(values) {
		return math.NaN()
	}
	return values[i]
}
