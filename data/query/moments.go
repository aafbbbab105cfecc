package query

import "math"

// moments are the count, the mean and the sum of squared distances from it of
// values. Those of a batch are taken in two passes, and put together with Chan's
// formula, so that nothing cancels out.
type moments struct {
	n          int
	mean, rest float64
}

// add adds values.
func (m *moments) add(values []float64) {
	if len(values) == 0 {
		return
	}
	var sum floatSum
	for _, x := range values {
		sum.add(x)
	}
	mean, rest := sum.float()/float64(len(values)), 0.0
	if math.IsInf(mean, 0) { // the sum is out of range, the mean is not
		mean = 0
		for _, x := range values {
			mean += x / float64(len(values))
		}
	}
	for _, x := range values {
		rest += (x - mean) * (x - mean)
	}
	m.merge(len(values), mean, rest)
}

// merge adds n values with a mean and a sum of squared distances from it.
func (m *moments) merge(n int, mean, rest float64) {
	all := float64(m.n + n)
	d := mean - m.mean
	m.rest += rest + d*d*(float64(m.n)/all)*float64(n)
	m.mean += d * (float64(n) / all)
	m.n += n
}

// deviation is the standard deviation of a sample.
func (m *moments) deviation() float64 {
	if m.n < 2 {
		return 0
	}
	return math.Sqrt(m.rest / float64(m.n-1))
}
