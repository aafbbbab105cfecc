package query

import (
	"math"
	"sort"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
)

// fewValues is up to how many different numbers or dates are counted each.
const fewValues = 24

// reach is how far the values of a column reach.
type reach struct {
	dict              *dict // up to fewValues and one more
	low, high         int64 // of what is no number
	lowest, highest   float64
	some              bool // there are finite values
	zoned             bool
	minusInf, plusInf bool
}

func newReach() *reach {
	return &reach{dict: newDict(), low: math.MaxInt64, high: math.MinInt64, lowest: math.Inf(1), highest: math.Inf(-1)}
}

// few reports whether there are so few different values that each is counted.
func (r *reach) few() bool { return r.dict.len() <= fewValues }

func (r *reach) add(v *frame.Vector) {
	r.zoned = r.zoned || v.Zones != nil
	for i := range v.Len() {
		if v.IsNull(i) {
			continue
		}
		if r.few() {
			r.take(v, i)
		}
		switch v.Type {
		case frame.Number:
			x := v.Floats[i]
			if math.IsInf(x, 0) {
				r.minusInf, r.plusInf = r.minusInf || x < 0, r.plusInf || x > 0
				continue
			}
			r.lowest, r.highest = min(r.lowest, x), max(r.highest, x)
		case frame.Datetime, frame.Time:
			s := clock(v, i).seconds
			r.low, r.high = min(r.low, s), max(r.high, s)
		default:
			r.low, r.high = min(r.low, v.Ints[i]), max(r.high, v.Ints[i])
		}
		r.some = true
	}
}

// take counts a value among the different ones.
func (r *reach) take(v *frame.Vector, i int) {
	switch v.Type {
	case frame.Number:
		r.dict.word(floatKey(v.Floats[i]), 0)
	case frame.Datetime, frame.Time:
		s, n, _ := v.Moment(i)
		r.dict.word(uint64(s), uint32(n))
	default:
		r.dict.word(uint64(v.Ints[i]), 0)
	}
}

// niceUp is the least of 1, 2, 5, 10, 20 … that is not below x.
func niceUp(x uint64) uint64 {
	for step := uint64(1); ; step *= 10 {
		for _, m := range []uint64{1, 2, 5} {
			if step*m >= x || step > math.MaxUint64/50 {
				return step * m
			}
		}
	}
}

// intBins are bins of integers: each from one to another, both in it.
type intBins struct {
	col       frame.Column
	low, high []int64
}

func newIntBins(col frame.Column, r *reach, bins int) *intBins {
	b := &intBins{col: col}
	width := uint64(r.high) - uint64(r.low) // modulo 2^64 that is right
	step := niceUp(width/uint64(bins) + 1)
	for at := floorTo(r.low, step); ; {
		end := at + int64(step-1)
		if end < at { // beyond the greatest integer
			end = math.MaxInt64
		}
		b.low, b.high = append(b.low, at), append(b.high, end)
		if end >= r.high {
			return b
		}
		at = end + 1
	}
}

// floorTo is the greatest multiple of step that is not above n, or the least
// integer.
func floorTo(n int64, step uint64) int64 {
	if step > math.MaxInt64 {
		return math.MinInt64
	}
	rest := n % int64(step)
	if rest < 0 {
		rest += int64(step)
	}
	if n < math.MinInt64+rest {
		return math.MinInt64
	}
	return n - rest
}

func (b *intBins) number(v *frame.Vector, out []uint32) {
	for i := range out {
		if v.IsNull(i) {
			out[i] = none
			continue
		}
		x := v.Ints[i]
		out[i] = uint32(sort.Search(len(b.high), func(k int) bool { return b.high[k] >= x }))
	}
}

func (b *intBins) len() int         { return len(b.low) }
func (b *intBins) ordered() bool    { return true }
func (b *intBins) order() []uint32  { return upTo(len(b.low)) }
func (b *intBins) kind() frame.Type { return frame.Integer }

func (b *intBins) describe(id uint32, v *frame.Vector) (string, Where) {
	v.AppendInt(b.low[id])
	low, high := strconv.FormatInt(b.low[id], 10), strconv.FormatInt(b.high[id], 10)
	if low == high {
		return low, Where{{Field: b.col.Name, Op: Eq, Values: []string{low}}}
	}
	return low + "…" + high, Where{{Field: b.col.Name, Op: Between, Values: []string{low, high}}}
}

// floatBins are bins of numbers: each from one edge up to the next, which is in
// the next. Infinite numbers have bins of their own at the ends.
type floatBins struct {
	col           frame.Column
	edges         []float64
	minus, plus   bool
	finite, first int // how many bins are finite, and which is the first
}

func newFloatBins(col frame.Column, r *reach, bins int) *floatBins {
	b := &floatBins{col: col, edges: niceEdges(r.lowest, r.highest, bins), minus: r.minusInf, plus: r.plusInf}
	b.finite = len(b.edges) - 1
	if b.minus {
		b.first = 1
	}
	return b
}

// niceEdges are edges of bins at multiples of 1, 2 or 5 times a power of ten, the
// first not above low, the last above high.
func niceEdges(low, high float64, bins int) []float64 {
	raw := high/float64(bins) - low/float64(bins)
	exponent := int(math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5, 10} {
		if scaled(m, exponent) < raw {
			continue
		}
		if edges := multiples(low, high, m, exponent); edges != nil {
			return edges
		}
		break
	}
	// So far from zero that there are no such multiples: equal parts.
	edges := []float64{low}
	for i := 1; i < bins; i++ {
		if e := low + (high-low)*float64(i)/float64(bins); e > edges[len(edges)-1] && e <= high {
			edges = append(edges, e)
		}
	}
	return append(edges, math.Nextafter(high, math.Inf(1)))
}

// scaled is m times a power of ten, as near as a number can be to it.
func scaled(m float64, exponent int) float64 {
	if exponent < 0 && exponent >= -300 {
		return m / math.Pow10(-exponent)
	}
	return m * math.Pow10(exponent)
}

// multiples are the multiples of m·10^exponent around low and high, nil if they
// are too large to be told apart.
func multiples(low, high, m float64, exponent int) (edges []float64) {
	step := scaled(m, exponent)
	first := math.Floor(low / step)
	if math.Abs(first) > 1<<50 || math.Abs(high/step) > 1<<50 || step == 0 || math.IsInf(step, 0) {
		return nil
	}
	if scaled(first*m, exponent) > low {
		first--
	}
	for k := first; ; k++ {
		e := scaled(k*m, exponent)
		if math.IsInf(e, -1) {
			e = low
		}
		if n := len(edges); n > 0 && e <= edges[n-1] || n > 1000 {
			return nil
		}
		if edges = append(edges, e); e > high {
			return edges
		}
	}
}

func (b *floatBins) number(v *frame.Vector, out []uint32) {
	for i := range out {
		if v.IsNull(i) {
			out[i] = none
			continue
		}
		switch x := v.Floats[i]; {
		case math.IsInf(x, -1):
			out[i] = 0
		case math.IsInf(x, 1):
			out[i] = uint32(b.first + b.finite)
		default:
			out[i] = uint32(b.first + sort.Search(b.finite-1, func(k int) bool { return x < b.edges[k+1] }))
		}
	}
}

func (b *floatBins) len() int {
	n := b.first + b.finite
	if b.plus {
		n++
	}
	return n
}

func (b *floatBins) ordered() bool    { return true }
func (b *floatBins) order() []uint32  { return upTo(b.len()) }
func (b *floatBins) kind() frame.Type { return frame.Number }

func (b *floatBins) describe(id uint32, v *frame.Vector) (string, Where) {
	at := int(id) - b.first
	if at < 0 || at >= b.finite {
		v.AppendFloat(math.Inf(at))
		text := numberText(math.Inf(at))
		return text, Where{{Field: b.col.Name, Op: Eq, Values: []string{text}}}
	}
	v.AppendFloat(b.edges[at])
	low, high := numberText(b.edges[at]), numberText(b.edges[at+1])
	return low + "…" + high, Where{{Field: b.col.Name, Op: Ge, Values: []string{low}}, {Field: b.col.Name, Op: Lt, Values: []string{high}}}
}

// numberText is a number as frames write it.
func numberText(x float64) string {
	v := frame.Vector{Type: frame.Number}
	v.AppendFloat(x)
	return v.String(0)
}
