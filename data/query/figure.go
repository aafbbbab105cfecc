package query

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// Fn puts the values of a column together to one figure.
type Fn string

// The functions, as a page's file writes them. A missing value counts in none
// of them but First and Last, and in Count without a column.
const (
	// Count is how many values there are, or, without a column, rows.
	Count Fn = "count"
	// Sum is exact for integers, and compensated for numbers; of booleans it is
	// how many are true.
	Sum Fn = "sum"
	// Mean is the sum through the count of values.
	Mean Fn = "mean"
	// Median is the value in the middle, or the mean of the two in the middle.
	Median Fn = "median"
	// Min and Max are the least and the greatest value; texts compare by bytes.
	Min Fn = "min"
	Max Fn = "max"
	// First and Last are the values of the first and the last row.
	First Fn = "first"
	Last  Fn = "last"
	// Distinct is how many different values there are.
	Distinct Fn = "distinct"
)

// Fns are all functions.
func Fns() []Fn { return []Fn{Count, Sum, Mean, Median, Min, Max, First, Last, Distinct} }

// Figure is what a function makes of the values of some rows.
type Figure struct {
	Cell     frame.Vector // one cell; null where there is nothing to make a figure of
	Rows     int
	Filled   int  // rows that have a value
	Infinite int  // values that are infinite, which sums and means leave out
	Approx   bool // a sample stands for the values, since there are too many
}

// Limits of what is held while figures are made.
const (
	maxGroups = 1_000_000
	maxPairs  = 4_000_000 // different values, over all groups
	maxHeld   = 8_000_000 // values for medians, over all groups
)

// figures makes a figure of each of several groups of rows.
type figures struct {
	fn       Fn
	col      frame.Column
	rows     []int
	filled   []int
	infinite []int

	wholes  []wholeSum
	floats  []floatSum
	samples []sample
	held    int
	extreme []extreme
	dict    *dict // of the values
	pairs   *dict // of groups and values
	numbers []uint32
	found   []int // different values
	rough   *sketch
}

// newFigures makes no figures yet. A column is ignored by Count without one,
// whose name is "".
func newFigures(fn Fn, col frame.Column) (*figures, error) {
	f := &figures{fn: fn, col: col}
	if col.Name == "" && fn != Count && slices.Contains(Fns(), fn) {
		return nil, fmt.Errorf("%s needs a column", fn)
	}
	switch fn {
	case Sum, Mean, Median:
		if !col.Type.Numeric() && col.Type != frame.Boolean {
			return nil, fmt.Errorf("%s is %s: there is no %s of it", quoted(col.Name), article(col.Type), fn)
		}
	case Distinct:
		f.dict, f.pairs = newDict(), newDict()
	case Min, Max:
		if col.Type == frame.JSON {
			return nil, fmt.Errorf("%s is JSON: there is no %s of it", quoted(col.Name), fn)
		}
	case Count, First, Last:
	default:
		return nil, fmt.Errorf("there is no function %s", quoted(string(fn)))
	}
	return f, nil
}

// grow makes room for groups.
func (f *figures) grow(groups int) {
	more := groups - len(f.rows)
	if more <= 0 {
		return
	}
	f.rows = append(f.rows, make([]int, more)...)
	f.filled = append(f.filled, make([]int, more)...)
	f.infinite = append(f.infinite, make([]int, more)...)
	switch f.fn {
	case Sum, Mean:
		if f.col.Type == frame.Number {
			f.floats = append(f.floats, make([]floatSum, more)...)
		} else {
			f.wholes = append(f.wholes, make([]wholeSum, more)...)
		}
	case Median:
		f.samples = append(f.samples, make([]sample, more)...)
	case Min, Max, First, Last:
		f.extreme = append(f.extreme, make([]extreme, more)...)
	case Distinct:
		f.found = append(f.found, make([]int, more)...)
	}
}

// add adds rows from a place on, of which ids are the groups, that stand in the
// column v; v is nil for Count without a column.
func (f *figures) add(ids []uint32, first int, v *frame.Vector) error {
	for _, g := range ids {
		if g != none {
			f.rows[g]++
		}
	}
	if v == nil {
		return nil
	}
	for i, g := range ids {
		if g != none && !v.IsNull(i) {
			f.filled[g]++
		}
	}
	switch f.fn {
	case Sum, Mean:
		f.addSums(ids, v)
	case Median:
		return f.addSamples(ids, v)
	case Min, Max, First, Last:
		f.addExtremes(ids, first, v)
	case Distinct:
		return f.addDistinct(ids, v)
	}
	return nil
}

func (f *figures) addSums(ids []uint32, v *frame.Vector) {
	for i, g := range ids {
		if g == none || v.IsNull(i) {
			continue
		}
		if v.Type != frame.Number {
			f.wholes[g].add(v.Ints[i])
			continue
		}
		if x := v.Floats[i]; math.IsInf(x, 0) {
			f.infinite[g]++
		} else {
			f.floats[g].add(x)
		}
	}
}

func (f *figures) addSamples(ids []uint32, v *frame.Vector) error {
	for i, g := range ids {
		if g == none || v.IsNull(i) {
			continue
		}
		x, _ := v.Float(i)
		f.samples[g].add(x)
		f.held++
	}
	if f.held > maxHeld && len(f.samples) > 1 {
		return fmt.Errorf("%s has more than %s values, too many for medians of many groups", quoted(f.col.Name), thousands(maxHeld))
	}
	return nil
}

func (f *figures) addDistinct(ids []uint32, v *frame.Vector) error {
	n := len(ids)
	if len(f.numbers) < n {
		f.numbers = make([]uint32, n)
	}
	if f.rough != nil {
		f.rough.add(ids, v)
		return nil
	}
	f.dict.number(v, f.numbers[:n])
	for i, g := range ids {
		if g == none || f.numbers[i] == none {
			continue
		}
		before := f.pairs.len()
		f.pairs.word(uint64(g)<<32|uint64(f.numbers[i]), 0)
		f.found[g] += f.pairs.len() - before
	}
	if f.pairs.len() <= maxPairs && f.dict.len() <= maxGroups {
		return nil
	}
	if len(f.found) > 1 {
		return fmt.Errorf("%s has more than %s different values, too many to count in groups", quoted(f.col.Name), thousands(maxGroups))
	}
	f.rough = newSketch(f.dict)
	f.dict, f.pairs = nil, nil
	return nil
}

// kind is the type of the figures.
func (f *figures) kind() frame.Type {
	switch f.fn {
	case Count, Distinct:
		return frame.Integer
	case Mean, Median:
		return frame.Number
	case Sum:
		if f.col.Type == frame.Number {
			return frame.Number
		}
		for _, s := range f.wholes {
			if _, ok := s.int64(); !ok {
				return frame.Number
			}
		}
		return frame.Integer
	}
	return f.col.Type
}

// vector is the figures of groups, one cell each. Column is the place in the
// frame of the column they are of.
func (f *figures) vector(ctx context.Context, fr frame.Frame, column int, groups []uint32) (frame.Vector, error) {
	v := frame.Vector{Type: f.kind()}
	switch f.fn {
	case Min, Max, First, Last:
		return f.gathered(ctx, fr, column, groups)
	}
	for _, g := range groups {
		f.append(&v, g)
	}
	return v, nil
}

// append appends the figure of a group.
func (f *figures) append(v *frame.Vector, g uint32) {
	finite := f.filled[g] - f.infinite[g]
	switch {
	case f.fn == Count && f.col.Name == "":
		v.AppendInt(int64(f.rows[g]))
	case f.fn == Count:
		v.AppendInt(int64(f.filled[g]))
	case f.fn == Distinct && f.rough != nil:
		v.AppendInt(f.rough.count())
	case f.fn == Distinct:
		v.AppendInt(int64(f.found[g]))
	case finite == 0:
		v.AppendNull()
	case f.fn == Median:
		appendFinite(v, f.samples[g].quantile(0.5))
	case f.col.Type == frame.Number:
		sum := f.floats[g].float()
		if f.fn == Mean {
			sum /= float64(finite)
		}
		v.AppendFloat(sum)
	case f.fn == Mean:
		v.AppendFloat(f.wholes[g].mean(finite))
	case v.Type == frame.Number:
		v.AppendFloat(f.wholes[g].float())
	default:
		n, _ := f.wholes[g].int64()
		v.AppendInt(n)
	}
}

// appendFinite appends a number, or null if it is none: the middle of the two
// infinities.
func appendFinite(v *frame.Vector, x float64) {
	if math.IsNaN(x) {
		v.AppendNull()
		return
	}
	v.AppendFloat(x)
}

// figure is the figure of one group, whose cell is given.
func (f *figures) figure(g uint32, cell frame.Vector) Figure {
	out := Figure{Cell: cell, Rows: f.rows[g], Filled: f.filled[g], Infinite: f.infinite[g]}
	if f.fn == Count && f.col.Name == "" {
		out.Filled = out.Rows
	}
	out.Approx = f.rough != nil || f.fn == Median && f.samples[g].approximate()
	return out
}
