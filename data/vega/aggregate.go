package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// aggregates are the operations, each over the rows of one group. read is
// the field; t and rows are for those that return a row.
var aggregates = map[string]func(values []any) any{
	"count": func(v []any) any { return float64(len(v)) },
	"missing": func(v []any) any {
		return countOf(v, func(v any) bool { return v == nil || v == js.Undefined || v == "" })
	},
	"distinct": func(v []any) any { return float64(distinct(v)) },
}

// ofTyped are the operations on numbers, of which those that are none are left
// out.
var ofTyped = map[string]func(values []float64) any{
	"valid": func(v []float64) any { return float64(len(v)) },
	"sum":   atLeast(1, sum),
	"product": atLeast(1, func(v []float64) float64 {
		p := 1.0
		for _, f := range v {
			p *= f
		}
		return p
	}),
	"mean": atLeast(1, mean), "average": atLeast(1, mean),
	"variance":  atLeast(2, func(v []float64) float64 { return squares(v) / float64(len(v)-1) }),
	"variancep": atLeast(1, func(v []float64) float64 { return squares(v) / float64(len(v)) }),
	"stdev":     atLeast(2, deviation),
	"stdevp":    atLeast(1, func(v []float64) float64 { return math.Sqrt(squares(v) / float64(len(v))) }),
	"stderr":    atLeast(2, func(v []float64) float64 { return deviation(v) / math.Sqrt(float64(len(v))) }),
	"median":    ofNumbers(func(v []float64) float64 { return quantile(v, 0.5) }),
	"q1":        ofNumbers(func(v []float64) float64 { return quantile(v, 0.25) }),
	"q3":        ofNumbers(func(v []float64) float64 { return quantile(v, 0.75) }),
	"min":       atLeast(1, slices.Min[[]float64]),
	"max":       atLeast(1, slices.Max[[]float64]),
}

// isAggregate reports whether op is an operation that can be computed.
func isAggregate(op string) bool {
	return aggregates[op] != nil || ofTyped[op] != nil || op == "argmin" || op == "argmax" || op == "values"
}

// figureOf is the figure of an operation.
func figureOf(op string, values []any) any {
	if f := ofTyped[op]; f != nil {
		return f(numbers(values))
	}
	return aggregates[op](values)
}

// countOf counts the values of a kind.
func countOf(values []any, is func(any) bool) any {
	n := 0.0
	for _, v := range values {
		if is(v) {
			n++
		}
	}
	return n
}

// numbers returns the values as numbers, without those that are none; text
// that is no number becomes NaN and is left out as well.
func numbers(values []any) []float64 {
	out := make([]float64, 0, len(values))
	for _, v := range values {
		if v == nil || v == js.Undefined || v == "" {
			continue
		}
		if f, ok := v.(float64); ok && f != f {
			continue
		}
		out = append(out, js.Number(v))
	}
	return out
}

// atLeast makes an operation of one that needs so many values.
func atLeast(n int, f func([]float64) float64) func([]float64) any {
	return func(v []float64) any {
		if len(v) < n {
			return js.Undefined
		}
		return f(v)
	}
}

// ofNumbers makes an operation of one that leaves out text that is no number.
func ofNumbers(f func([]float64) float64) func([]float64) any {
	return func(v []float64) any {
		v = slices.DeleteFunc(slices.Clone(v), func(f float64) bool { return f != f })
		return atLeast(1, f)(v)
	}
}

func sum(v []float64) float64 {
	s := 0.0
	for _, f := range v {
		s += f
	}
	return s
}

// mean is the running mean, as Vega computes it.
func mean(v []float64) float64 {
	m := 0.0
	for i, f := range v {
		m += (f - m) / float64(i+1)
	}
	return m
}

func squares(v []float64) float64 {
	m, s := 0.0, 0.0
	for i, f := range v {
		d := f - m
		m += d / float64(i+1)
		s += d * (f - m)
	}
	return s
}

func deviation(v []float64) float64 { return math.Sqrt(squares(v) / float64(len(v)-1)) }

// quantile interpolates between the two nearest ranks (type 7 of Hyndman and
// Fan).
func quantile(v []float64, p float64) float64 {
	s := slices.Clone(v)
	slices.Sort(s)
	h := float64(len(s)-1) * p
	i := int(math.Floor(h))
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	return s[i] + (s[i+1]-s[i])*(h-float64(i))
}

// measure is one figure of an aggregation.
type measure struct {
	op, field, as string
}

// compute returns the figure of the rows of a group.
func (m measure) compute(t *table, rows []int) any {
	if m.op == "count" {
		return float64(len(rows))
	}
	read := t.reader(m.field)
	switch m.op {
	case "argmin", "argmax":
		best := -1
		for _, r := range rows {
			v := read(r)
			if v == nil || v == js.Undefined || v == "" {
				continue
			}
			if best < 0 || m.op == "argmin" && js.Number(v) < js.Number(read(best)) || m.op == "argmax" && js.Number(v) > js.Number(read(best)) {
				best = r
			}
		}
		if best < 0 {
			return js.Undefined
		}
		return t.row(best)
	case "values":
		list := make([]any, len(rows))
		for i, r := range rows {
			list[i] = t.row(r)
		}
		return list
	}
	if f := ofTyped[m.op]; f != nil {
		switch col := t.vector(m.field); {
		case col.typed():
			return f(col.valid(rows))
		case col.codes != nil:
			return f(col.numbersOf(rows))
		}
	}
	values := make([]any, len(rows))
	for i, r := range rows {
		values[i] = read(r)
	}
	out := figureOf(m.op, values)
	if f, ok := out.(float64); ok && f != f && (m.op == "min" || m.op == "max") {
		return extremeOf(values, m.op == "max")
	}
	return out
}

// extremeOf is the least or greatest value, of text as of numbers.
func extremeOf(values []any, most bool) any {
	best := js.Undefined
	for _, v := range values {
		if !js.IsValid(v) || v == "" {
			continue
		}
		if c := js.Compare(v, best); best == js.Undefined || !most && c < 0 || most && c > 0 {
			best = v
		}
	}
	return best
}

// aggregate returns one row for each group, with the group's fields and the
// figures.
func (t *table) aggregate(groupby []string, measures []measure) *table {
	columns := make([]*vector, len(groupby))
	for i, f := range groupby {
		columns[i] = t.vector(f)
	}
	groups := t.groups(columns)
	out := newTable(len(groups))
	firsts := firstRows(groups)
	for i, f := range groupby {
		out = out.withVector(flatName(f), columns[i].pick(firsts))
	}
	for _, m := range measures {
		col := make([]any, len(groups))
		for g, group := range groups {
			col[g] = m.compute(t, group.rows)
		}
		out = out.with(m.as, col)
	}
	return out
}
