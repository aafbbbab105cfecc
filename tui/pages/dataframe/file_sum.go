package dataframe

import (
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/sheet"
)

// Sum says what a column holds: least, greatest, mean and sum of numbers, the
// first and the last of dates and times, how many are true, how many there are.
func (f *file) Sum(ctx context.Context, col int) (sheet.Summary, error) {
	var s tally
	err := f.rows.Scan(ctx, []int{col}, 0, f.rows.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			s.add(&b.Columns[0], i)
		}
		return nil
	})
	return s.summary(f.rows.Columns()[col].Type), err
}

// tally sums a column up. Integers are summed exactly.
type tally struct {
	count, nulls, infinite int
	least, greatest        extreme
	low, high              string // as they are written
	sum                    float64
	whole                  [2]uint64 // the sum of integers in 128 bits, the high ones first
}

func (s *tally) add(v *frame.Vector, i int) {
	if v.IsNull(i) {
		s.nulls++
		return
	}
	x, ok := v.Float(i)
	if math.IsInf(x, 0) {
		s.infinite++
		return
	}
	s.count++
	if !ok {
		return
	}
	value := extremeOf(v, i)
	if s.low == "" || value.before(s.least) {
		s.least, s.low = value, v.String(i)
	}
	if s.high == "" || s.greatest.before(value) {
		s.greatest, s.high = value, v.String(i)
	}
	if s.sum += x; v.Type == frame.Integer {
		var carry uint64
		s.whole[1], carry = bits.Add64(s.whole[1], uint64(v.Ints[i]), 0)
		s.whole[0] += uint64(v.Ints[i]>>63) + carry
	}
}

// extreme is a value that is compared to the last digit: a number, or a whole
// one with nanoseconds.
type extreme struct {
	number float64
	whole  int64
	nanos  int32
}

func extremeOf(v *frame.Vector, i int) extreme {
	if v.Type == frame.Number {
		return extreme{number: v.Floats[i]}
	}
	whole, nanos, _ := v.Moment(i)
	return extreme{whole: whole, nanos: nanos}
}

func (e extreme) before(o extreme) bool {
	return cmp.Or(cmp.Compare(e.number, o.number), cmp.Compare(e.whole, o.whole), cmp.Compare(e.nanos, o.nanos)) < 0
}

func (s *tally) summary(t frame.Type) sheet.Summary {
	var out sheet.Summary
	switch {
	case s.count == 0:
	case t == frame.Boolean:
		out = append(out, reading(s.sum)+" true", percent(s.sum/float64(s.count)))
	case t.Temporal():
		out = append(out, "first "+s.low, "last "+s.high)
	case t.Numeric():
		out = append(out, "min "+s.low, "max "+s.high)
		if math.IsInf(s.sum, 0) || math.IsNaN(s.sum) {
			out = append(out, "sum out of range")
		} else {
			out = append(out, "mean "+reading(s.sum/float64(s.count)), "sum "+s.total(t))
		}
	}
	if s.infinite > 0 {
		out = append(out, sheet.Thousands(s.infinite)+" infinite, left out")
	}
	out = append(out, sheet.Thousands(s.count)+" values")
	if s.nulls > 0 {
		out = append(out, sheet.Thousands(s.nulls)+" missing")
	}
	return out
}

func (s *tally) total(t frame.Type) string {
	if t != frame.Integer {
		return reading(s.sum)
	}
	bytes := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, s.whole[0]), s.whole[1])
	sum := new(big.Int).SetBytes(bytes)
	if s.whole[0]>>63 == 1 { // below zero
		sum.Sub(sum, new(big.Int).Lsh(big.NewInt(1), 128))
	}
	return grouped(sum.String())
}

// grouped parts the thousands of a whole number of any length.
func grouped(digits string) string {
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// reading writes a computed number with the digits that mean something.
func reading(v float64) string {
	if a := math.Abs(v); a == 0 || a >= 0.01 && a < 1e15 {
		return measure{decimals: -1}.text(v)
	}
	return strconv.FormatFloat(v, 'g', 5, 64)
}

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + "%" }
