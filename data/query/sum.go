package query

import (
	"math"
	"math/big"
	"math/bits"
)

// wholeSum is a sum of integers, exact in 128 bits.
type wholeSum struct {
	high int64
	low  uint64
}

func (s *wholeSum) add(n int64) {
	low, carry := bits.Add64(s.low, uint64(n), 0)
	s.low = low
	s.high += n>>63 + int64(carry)
}

// int64 reports whether the sum fits into 64 bits.
func (s wholeSum) int64() (int64, bool) {
	n := int64(s.low)
	return n, s.high == n>>63
}

func (s wholeSum) big() *big.Int {
	b := new(big.Int).Lsh(big.NewInt(s.high), 64)
	return b.Add(b, new(big.Int).SetUint64(s.low))
}

// float is the number nearest to the sum.
func (s wholeSum) float() float64 {
	if n, ok := s.int64(); ok {
		return float64(n)
	}
	f, _ := new(big.Float).SetInt(s.big()).Float64()
	return f
}

// mean is the number nearest to the mean of n integers.
func (s wholeSum) mean(n int) float64 {
	if sum, ok := s.int64(); ok && -1<<53 < sum && sum < 1<<53 {
		return float64(sum) / float64(n)
	}
	f, _ := new(big.Rat).SetFrac(s.big(), big.NewInt(int64(n))).Float64()
	return f
}

// floatSum is a sum of numbers with Neumaier's compensation: what is lost in
// each addition is added up apart, so that small terms beside large ones count.
type floatSum struct{ sum, lost float64 }

func (s *floatSum) add(f float64) {
	t := s.sum + f
	if math.Abs(s.sum) >= math.Abs(f) {
		s.lost += (s.sum - t) + f
	} else {
		s.lost += (f - t) + s.sum
	}
	s.sum = t
}

func (s floatSum) float() float64 {
	if math.IsInf(s.sum, 0) {
		return s.sum // what is lost beyond the range is no number
	}
	return s.sum + s.lost
}

// Total adds numbers up: integers exactly, others with what rounding loses.
type Total struct {
	whole wholeSum
	parts floatSum
	mixed bool // it has numbers that are no integers
}

// AddInt adds an integer.
func (t *Total) AddInt(n int64) { t.whole.add(n) }

// AddFloat adds a number.
func (t *Total) AddFloat(f float64) { t.parts.add(f); t.mixed = true }

// Int is the sum of integers, if that is all there were and 64 bits hold it.
func (t *Total) Int() (int64, bool) {
	n, ok := t.whole.int64()
	return n, ok && !t.mixed
}

// Float is the number nearest to the sum.
func (t *Total) Float() float64 {
	if !t.mixed {
		return t.whole.float()
	}
	return t.whole.float() + t.parts.float()
}

// Mean is the mean of n numbers that were added.
func (t *Total) Mean(n int) float64 {
	if !t.mixed {
		return t.whole.mean(n)
	}
	return t.Float() / float64(n)
}

// addTimes adds an integer a number of times.
func (s *wholeSum) addTimes(n int64, times int) {
	high, low := bits.Mul64(uint64(n), uint64(times))
	if n < 0 {
		high -= uint64(times)
	}
	var carry uint64
	s.low, carry = bits.Add64(s.low, low, 0)
	s.high += int64(high + carry)
}

// addTimes adds a number a number of times: the product, and what rounding it
// lost.
func (s *floatSum) addTimes(f float64, times int) {
	n := float64(times)
	product := f * n
	if math.IsInf(product, 0) {
		for range times {
			s.add(f)
		}
		return
	}
	s.add(product)
	s.add(math.FMA(f, n, -product))
}
