package query

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// span is the values from one to another, both of which belong to it.
type span[T cmp.Ordered] struct{ from, to T }

func intCells(v *frame.Vector) []int64     { return v.Ints }
func floatCells(v *frame.Vector) []float64 { return v.Floats }

// compileRanges makes the matcher of a condition whose values are spans of the
// cells' values.
func compileRanges[T cmp.Ordered](c Condition, col frame.Column, cells func(*frame.Vector) []T,
	read func(op Op, text string, col frame.Column) (span[T], bool, error),
) (matcher, error) {
	var list []span[T]
	add := func(op Op, text string) error {
		s, some, err := read(op, text, col)
		if err == nil && some {
			list = append(list, s)
		}
		return err
	}
	switch c.Op {
	case Between:
		low, a, err := ends(read, Ge, c.Values[0], col)
		if err != nil {
			return nil, err
		}
		high, b, err := ends(read, Le, c.Values[1], col)
		if err != nil {
			return nil, err
		}
		if a && b && low.from <= high.to {
			list = append(list, span[T]{low.from, high.to})
		}
	case NotIn, In:
		for _, text := range c.Values {
			s, some, err := rangeIn(read, text, col)
			if err != nil {
				return nil, err
			}
			if some {
				list = append(list, s)
			}
		}
	case Ne:
		if err := add(Eq, c.Values[0]); err != nil {
			return nil, err
		}
	default:
		if err := add(c.Op, c.Values[0]); err != nil {
			return nil, err
		}
	}
	return inSpans(merged(list), cells, negates(c.Op)), nil
}

// ends reads one end of a range, which is open where nothing is written.
func ends[T cmp.Ordered](read func(Op, string, frame.Column) (span[T], bool, error), op Op, text string, col frame.Column) (span[T], bool, error) {
	if strings.TrimSpace(text) != "" {
		return read(op, text, col)
	}
	s, _, err := read("", "", col)
	return s, true, err
}

// rangeIn reads a value of a list, which may be a range.
func rangeIn[T cmp.Ordered](read func(Op, string, frame.Column) (span[T], bool, error), text string, col frame.Column) (s span[T], some bool, err error) {
	r, ok := cutRange(text)
	if !ok {
		return read(Eq, text, col)
	}
	to := Le
	if r.open {
		to = Lt
	}
	low, a, err := ends(read, Ge, r.low, col)
	if err != nil {
		return s, false, err
	}
	high, b, err := ends(read, to, r.high, col)
	return span[T]{low.from, high.to}, a && b && low.from <= high.to, err
}

// merged sorts spans and joins those that overlap.
func merged[T cmp.Ordered](list []span[T]) []span[T] {
	slices.SortFunc(list, func(a, b span[T]) int { return cmp.Compare(a.from, b.from) })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// inSpans keeps the cells that are in one of the spans, which are sorted.
func inSpans[T cmp.Ordered](list []span[T], cells func(*frame.Vector) []T, not bool) matcher {
	has := func(x T) bool {
		i := sort.Search(len(list), func(i int) bool { return list[i].from > x }) - 1
		return i >= 0 && x <= list[i].to
	}
	if len(list) == 1 {
		from, to := list[0].from, list[0].to
		has = func(x T) bool { return from <= x && x <= to }
	}
	return func(v *frame.Vector, keep []bool) {
		values := cells(v)
		for i := range keep {
			if !keep[i] {
				continue
			}
			if v.IsNull(i) {
				keep[i] = not
				continue
			}
			keep[i] = has(values[i]) != not
		}
	}
}

// intRange is the span of integers, days or truths that compare with a text as
// an operator says; "" says nothing, and is all of them.
func intRange(op Op, text string, col frame.Column) (s span[int64], some bool, err error) {
	const least, greatest = math.MinInt64, math.MaxInt64
	all := span[int64]{least, greatest}
	if op == "" {
		return all, true, nil
	}
	var floor, ceil int64 // the value is between them, both the same where it is whole
	switch col.Type {
	case frame.Boolean:
		b, ok := truth(text)
		if !ok {
			return all, false, misfit(text, col)
		}
		if b {
			floor = 1
		}
		ceil = floor
	case frame.Date:
		p, ok := parsePeriod(text)
		if !ok {
			return all, false, misfit(text, col)
		}
		return dayRange(op, p)
	default:
		var under, over, ok bool
		if floor, ceil, under, over, ok = wholes(text, col.Unit); !ok {
			return all, false, misfit(text, col)
		}
		if under || over {
			return all, over == (op == Lt || op == Le) && op != Eq, nil
		}
	}
	switch op {
	case Eq:
		return span[int64]{ceil, floor}, ceil <= floor, nil
	case Lt:
		return span[int64]{least, ceil - 1}, ceil > least, nil
	case Le:
		return span[int64]{least, floor}, true, nil
	case Gt:
		return span[int64]{floor + 1, greatest}, floor < greatest, nil
	}
	return span[int64]{ceil, greatest}, true, nil
}

// dayRange is the span of days that compare with a period as an operator says.
// A day begins at midnight.
func dayRange(op Op, p period) (span[int64], bool, error) {
	const least, greatest = math.MinInt64, math.MaxInt64
	from, until := dayAt(p.from), dayAt(p.until)
	var s span[int64]
	switch op {
	case Eq:
		s = span[int64]{from, until - 1}
	case Lt:
		s = span[int64]{least, from - 1}
	case Le:
		s = span[int64]{least, until - 1}
	case Gt:
		s = span[int64]{until, greatest}
	default:
		s = span[int64]{from, greatest}
	}
	return s, s.from <= s.to, nil
}

// dayAt is the first day that begins at a moment or later.
func dayAt(m moment) int64 {
	day := floorDiv(m.seconds, 86400)
	if m.seconds != day*86400 || m.nanos > 0 {
		day++
	}
	return day
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// floatRange is the span of numbers that compare with a text as an operator says.
func floatRange(op Op, text string, col frame.Column) (s span[float64], some bool, err error) {
	all := span[float64]{math.Inf(-1), math.Inf(1)}
	if op == "" {
		return all, true, nil
	}
	f, ok := double(text, col.Unit)
	if !ok {
		return all, false, misfit(text, col)
	}
	switch op {
	case Eq:
		return span[float64]{f, f}, true, nil
	case Lt:
		return span[float64]{all.from, math.Nextafter(f, all.from)}, f > all.from, nil
	case Le:
		return span[float64]{all.from, f}, true, nil
	case Gt:
		return span[float64]{math.Nextafter(f, all.to), all.to}, f < all.to, nil
	}
	return span[float64]{f, all.to}, true, nil
}
