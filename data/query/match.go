package query

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// matcher clears the marks of the rows whose cells do not fulfil a condition.
type matcher func(v *frame.Vector, keep []bool)

// compile makes the matcher of a condition for a column of a type. A missing
// value equals nothing, is in no list and between no bounds, so it fulfils only
// is null and the negations: ne, not_in and not_contains.
func compile(c Condition, col frame.Column) (matcher, error) {
	if err := arity(c); err != nil {
		return nil, err
	}
	switch c.Op {
	case IsNull:
		return nulls(false), nil
	case IsFilled:
		return nulls(true), nil
	case Contains, NotContains:
		return contains(col.Type, c.Values[0], c.Op == NotContains), nil
	}
	if !orders(c.Op) && c.Op != Eq && c.Op != Ne && c.Op != In && c.Op != NotIn {
		return nil, fmt.Errorf("there is no operator %s", quoted(string(c.Op)))
	}
	if orders(c.Op) && (col.Type == frame.Boolean || col.Type == frame.JSON) {
		return nil, fmt.Errorf("%s is %s: there is no less or more of it", quoted(col.Name), article(col.Type))
	}
	switch col.Type {
	case frame.Text, frame.JSON:
		return textMatcher(c), nil
	case frame.Number:
		return compileRanges(c, col, floatCells, floatRange)
	case frame.Integer, frame.Boolean, frame.Date:
		return compileRanges(c, col, intCells, intRange)
	}
	return compileMoments(c, col)
}

// arity returns an error unless a condition has as many values as its operator
// takes.
func arity(c Condition) error {
	n, want := len(c.Values), 1
	switch c.Op {
	case IsNull, IsFilled:
		want = 0
	case Between:
		want = 2
	case In, NotIn:
		return nil
	}
	if n == want {
		return nil
	}
	return fmt.Errorf("%s takes %s, and not %d", c.Op, [...]string{"no value", "one value", "two values"}[want], n)
}

// orders reports whether an operator tells less from more.
func orders(op Op) bool { return op == Lt || op == Le || op == Gt || op == Ge || op == Between }

// negates reports whether an operator keeps what the one without not does not.
func negates(op Op) bool { return op == Ne || op == NotIn || op == NotContains }

// nulls keeps the cells that have a value, or those that have none.
func nulls(filled bool) matcher {
	return func(v *frame.Vector, keep []bool) {
		for i := range keep {
			keep[i] = keep[i] && v.IsNull(i) != filled
		}
	}
}

// contains keeps the cells that hold a text, in any case, as they are shown.
func contains(t frame.Type, text string, not bool) matcher {
	needle := frame.AppendLower(nil, []byte(text))
	var cell, low []byte
	return func(v *frame.Vector, keep []bool) {
		for i := range keep {
			if !keep[i] {
				continue
			}
			if v.IsNull(i) {
				keep[i] = not
				continue
			}
			if t == frame.Text || t == frame.JSON {
				low = frame.AppendLower(low[:0], v.Bytes(i))
			} else {
				cell = v.AppendCell(cell[:0], i)
				low = frame.AppendLower(low[:0], cell)
			}
			keep[i] = bytes.Contains(low, needle) != not
		}
	}
}

// textMatcher compares texts by their bytes, as they are sorted.
func textMatcher(c Condition) matcher {
	var test func(cell []byte) bool
	switch c.Op {
	case Eq, Ne:
		test = func(cell []byte) bool { return string(cell) == c.Values[0] }
	case In, NotIn:
		set := make(map[string]bool, len(c.Values))
		for _, v := range c.Values {
			set[v] = true
		}
		test = func(cell []byte) bool { return set[string(cell)] }
	case Lt:
		test = func(cell []byte) bool { return string(cell) < c.Values[0] }
	case Le:
		test = func(cell []byte) bool { return string(cell) <= c.Values[0] }
	case Gt:
		test = func(cell []byte) bool { return string(cell) > c.Values[0] }
	case Ge:
		test = func(cell []byte) bool { return string(cell) >= c.Values[0] }
	default:
		low, high := c.Values[0], c.Values[1]
		test = func(cell []byte) bool { return string(cell) >= low && (high == "" || string(cell) <= high) }
	}
	not := negates(c.Op)
	return func(v *frame.Vector, keep []bool) {
		for i := range keep {
			if !keep[i] {
				continue
			}
			if v.IsNull(i) {
				keep[i] = not
				continue
			}
			keep[i] = test(v.Bytes(i)) != not
		}
	}
}

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
	case Ne, NotIn, In:
		for _, text := range c.Values {
			if err := add(Eq, text); err != nil {
				return nil, err
			}
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

// misfit says that a text is no value of a column.
func misfit(text string, col frame.Column) error {
	hint := ""
	switch {
	case col.Type.Numeric() && strings.ContainsAny(text, ",'_"):
		hint = ": write it without groups, with a point"
	case col.Type == frame.Date || col.Type == frame.Datetime:
		hint = ": write 2012, 2012-03 or 2012-03-05"
	case col.Type == frame.Time:
		hint = ": write 12:30"
	case col.Type == frame.Boolean:
		hint = ": write true or false"
	}
	return fmt.Errorf("%s is %s, and %s is none%s", quoted(col.Name), article(col.Type), quoted(text), hint)
}

// compileMoments makes the matcher of a condition on datetimes or times.
func compileMoments(c Condition, col frame.Column) (matcher, error) {
	read := func(text string) (period, error) {
		parse := parsePeriod
		if col.Type == frame.Time {
			parse = parseTime
		}
		p, ok := parse(text)
		if !ok {
			return p, misfit(text, col)
		}
		return p, nil
	}
	var list []period
	for i, text := range c.Values {
		if c.Op == Between && strings.TrimSpace(text) == "" {
			list = append(list, period{from: dawn, until: dusk})
			continue
		}
		p, err := read(text)
		if err != nil {
			return nil, err
		}
		if i == 1 && c.Op == Between && p.instant != list[0].instant && list[0].from != dawn {
			return nil, fmt.Errorf("%s and %s: either both have a zone, or none", quoted(c.Values[0]), quoted(text))
		}
		list = append(list, p)
	}
	switch c.Op {
	case Lt:
		list[0] = period{dawn, list[0].from, list[0].instant}
	case Le:
		list[0].from = dawn
	case Gt:
		list[0] = period{list[0].until, dusk, list[0].instant}
	case Ge:
		list[0].until = dusk
	case Between:
		list = []period{{list[0].from, list[1].until, list[0].instant || list[1].instant}}
	}
	return inPeriods(list, negates(c.Op)), nil
}

// inPeriods keeps the cells that are in one of the periods.
func inPeriods(list []period, not bool) matcher {
	return func(v *frame.Vector, keep []bool) {
		for i := range keep {
			if !keep[i] {
				continue
			}
			if v.IsNull(i) {
				keep[i] = not
				continue
			}
			keep[i] = inAny(list, v, i) != not
		}
	}
}

func inAny(list []period, v *frame.Vector, i int) bool {
	shown, instant := clock(v, i), moment{}
	instant.seconds, instant.nanos, _ = v.Moment(i)
	for _, p := range list {
		m := shown
		if p.instant {
			m = instant
		}
		if !m.before(p.from) && (p.until == dusk || m.before(p.until)) {
			return true
		}
	}
	return false
}

// quoted is text from outside in a message: short, in quotes, and without
// control characters.
func quoted(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most-1]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
