package metric

import (
	"slices"
	"strconv"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// total is what is counted of a column in a group of rows.
type total struct {
	n           int // cells with a value
	sum         query.Total
	first, last value
	least, most value
	all         []float64
	distinct    map[string]struct{}
	rank        float64
	begun       bool
}

// add takes a cell, for the sake of one way of putting cells together.
func (t *total) add(v *frame.Vector, i int, kind string) {
	cell := of(v, i)
	if !t.begun {
		t.first, t.begun = cell, true
	}
	t.last = cell
	if cell.null {
		return
	}
	t.n++
	switch kind {
	case "sum", "mean":
		if v.Type == frame.Integer {
			t.sum.AddInt(v.Ints[i])
		} else {
			t.sum.AddFloat(cell.number)
		}
	case "median":
		t.all = append(t.all, cell.number)
	case "min":
		if t.n == 1 || less(cell, t.least) {
			t.least = cell
		}
	case "max":
		if t.n == 1 || less(t.most, cell) {
			t.most = cell
		}
	case "distinct":
		if t.distinct == nil {
			t.distinct = map[string]struct{}{}
		}
		t.distinct[v.String(i)] = struct{}{}
	}
}

// of is a cell as a value.
func of(v *frame.Vector, i int) value {
	switch {
	case v.IsNull(i):
		return value{null: true}
	case v.Type == frame.Integer:
		return value{number: float64(v.Ints[i]), text: v.String(i)}
	case v.Type == frame.Number:
		return value{number: v.Floats[i]}
	}
	return value{text: v.String(i), isText: true, number: rank(v, i)}
}

// whole is a count.
func whole(n int) value { return value{number: float64(n), text: strconv.Itoa(n)} }

// minus is the difference of two values: exact where they are integers.
func (v value) minus(w value) value {
	out := value{number: v.number - w.number}
	a, errA := strconv.ParseInt(v.text, 10, 64)
	b, errB := strconv.ParseInt(w.text, 10, 64)
	if d := a - b; errA == nil && errB == nil && (d < a) == (b > 0) {
		out.number, out.text = float64(d), strconv.FormatInt(d, 10)
	}
	return out
}

func less(a, b value) bool {
	if a.isText && a.number == 0 && b.number == 0 {
		return a.text < b.text
	}
	return a.number < b.number
}

func (t *total) value(kind string) value {
	switch {
	case kind == "count":
		return whole(t.n)
	case kind == "distinct":
		return whole(len(t.distinct))
	case kind == "first":
		return t.first
	case kind == "last":
		return t.last
	case t.n == 0:
		return value{null: true}
	case kind == "sum":
		if n, ok := t.sum.Int(); ok {
			return value{number: float64(n), text: strconv.FormatInt(n, 10)}
		}
		return value{number: t.sum.Float()}
	case kind == "mean":
		return value{number: t.sum.Mean(t.n)}
	case kind == "median":
		return value{number: median(t.all)}
	case kind == "min":
		return t.least
	case kind == "max":
		return t.most
	}
	return value{null: true}
}

func median(all []float64) float64 {
	slices.Sort(all)
	n := len(all)
	if n%2 == 1 {
		return all[n/2]
	}
	return (all[n/2-1] + all[n/2]) / 2
}
