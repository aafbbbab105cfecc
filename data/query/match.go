package query

import (
	"bytes"
	"fmt"

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
