package query

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Keep is the rows of f that fulfil a where, as a frame: f itself if nothing
// filters. Inputs are the values chosen in the inputs that it names. What it
// returns must not outlive f.
func Keep(ctx context.Context, f frame.Frame, w Where, inputs map[string][]string) (frame.Frame, error) {
	return KeepTold(ctx, f, w.With(inputs), nil)
}

// KeepTold is Keep without inputs. Progress, which may be nil, is called now
// and then with the share that is done, in the goroutine of the caller.
func KeepTold(ctx context.Context, f frame.Frame, w Where, progress func(done float64)) (frame.Frame, error) {
	if len(w) == 0 {
		return f, ctx.Err()
	}
	rows, err := Select(ctx, f, w, progress)
	if err != nil {
		return nil, err
	}
	return View(f, rows), nil
}

// Select returns the places of the rows that fulfil a where, in order. A
// condition that still names an input is an error: see [Where.With].
func Select(ctx context.Context, f frame.Frame, w Where, progress func(done float64)) ([]uint32, error) {
	if f.Len() > math.MaxUint32 {
		return nil, fmt.Errorf("%d rows are too many to filter: the most are %d", f.Len(), uint32(math.MaxUint32))
	}
	var columns []int
	var tests []test
	for _, c := range w {
		at, m, err := prepare(c, f.Columns())
		if err != nil {
			return nil, err
		}
		place := slices.Index(columns, at)
		if place < 0 {
			place = len(columns)
			columns = append(columns, at)
		}
		tests = append(tests, test{place, m})
	}
	var rows []uint32
	var keep []bool
	err := f.Scan(ctx, columns, 0, f.Len(), func(b *frame.Batch) error {
		keep = slices.Grow(keep[:0], b.Len)[:b.Len]
		for i := range keep {
			keep[i] = true
		}
		for _, t := range tests {
			t.m(&b.Columns[t.column], keep)
		}
		for i, k := range keep {
			if k {
				rows = append(rows, uint32(b.First+i))
			}
		}
		tell(progress, b, f)
		return ctx.Err()
	})
	return rows, err
}

// test is a condition that is ready to be tried.
type test struct {
	column int // its place in the batches
	m      matcher
}

// tell tells how much of a frame was read.
func tell(progress func(done float64), b *frame.Batch, f frame.Frame) {
	if progress != nil {
		progress(float64(b.First+b.Len) / float64(f.Len()))
	}
}

// prepare finds the column of a condition and makes its matcher.
func prepare(c Condition, columns []frame.Column) (int, matcher, error) {
	at, err := column(columns, c.Field)
	if err != nil {
		return 0, nil, err
	}
	if c.Input != "" {
		return 0, nil, fmt.Errorf("%s is compared with the input %s, which has no values here", quoted(c.Field), quoted(c.Input))
	}
	m, err := compile(c, columns[at])
	return at, m, err
}

// column finds a column by its name, and names the nearest if there is none.
func column(columns []frame.Column, name string) (int, error) {
	names := make([]string, len(columns))
	for i, c := range columns {
		if c.Name == name {
			return i, nil
		}
		names[i] = c.Name
	}
	if near := Near(name, names); near != "" {
		return 0, fmt.Errorf("there is no column %s: did you mean %s?", quoted(name), quoted(near))
	}
	return 0, fmt.Errorf("there is no column %s: %s", quoted(name), listed(names))
}

// listed says which names there are.
func listed(names []string) string {
	const most = 8
	if len(names) == 0 {
		return "there is none at all"
	}
	words := make([]string, 0, most)
	for _, name := range names[:min(len(names), most)] {
		words = append(words, quoted(name))
	}
	text := strings.Join(words, ", ")
	if len(names) > most {
		text += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return "there is " + text
}

// With is w with the values of inputs in the place of their names. Conditions
// whose input has nothing chosen are left out: they filter nothing. Where
// several values were chosen, eq stands for in, and ne for not_in.
func (w Where) With(inputs map[string][]string) Where {
	var out Where
	for _, c := range w {
		if c.Input == "" {
			out = append(out, c)
			continue
		}
		values := inputs[c.Input]
		if !slices.ContainsFunc(values, func(v string) bool { return v != "" }) {
			continue
		}
		c.Values, c.Input = values, ""
		if len(values) > 1 && c.Op == Eq {
			c.Op = In
		} else if len(values) > 1 && c.Op == Ne {
			c.Op = NotIn
		}
		out = append(out, c)
	}
	return out
}

// ConditionError is what is wrong with one condition of a where.
type ConditionError struct {
	At  int // the place of the condition
	Err error
}

// Error implements error.
func (e *ConditionError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *ConditionError) Unwrap() error { return e.Err }

// Check returns an error, a *ConditionError, for each condition that cannot be
// tried on columns: an unknown field, a value that is none of the column's
// type, an operator that the type does not have. The values of inputs are not
// known yet, but what compares with them is.
func Check(w Where, columns []frame.Column) []error {
	var out []error
	for i, c := range w {
		if c.Input != "" {
			c = withSample(c, columns)
		}
		if _, _, err := prepare(c, columns); err != nil {
			out = append(out, &ConditionError{i, err})
		}
	}
	return out
}

// withSample gives a condition on an input values that its column has.
func withSample(c Condition, columns []frame.Column) Condition {
	c.Input, c.Values = "", []string{"0"}
	for _, col := range columns {
		if col.Name == c.Field {
			c.Values[0] = samples[col.Type]
		}
	}
	switch c.Op {
	case Between:
		c.Values = append(c.Values, c.Values[0])
	case IsNull, IsFilled:
		c.Values = nil
	}
	return c
}

// samples are values of each type.
var samples = [...]string{
	frame.Text: "", frame.Integer: "0", frame.Number: "0", frame.Boolean: "true",
	frame.Date: "2000", frame.Datetime: "2000", frame.Time: "12", frame.JSON: "",
}
