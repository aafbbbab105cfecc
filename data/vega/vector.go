package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// vector is the values of one column of a table: boxed, or numbers, or places
// in a list of distinct values. It never changes.
type vector struct {
	boxed []any     // nil where the values are of one type
	nums  []float64 // numbers; with dates, milliseconds
	null  []bool    // which of nums are null; nil = none is
	dates bool
	dict  []any   // distinct values
	codes []int32 // places in dict, -1 = null; nil = not so

	parsedDict []float64 // dict as numbers, once somebody asked for them
}

func boxedVector(list []any) *vector { return &vector{boxed: list} }

// typed reports whether the values are numbers or dates, and null.
func (v *vector) typed() bool { return v.nums != nil }

// len is the count of values.
func (v *vector) len() int { return max(len(v.boxed), len(v.nums), len(v.codes)) }

// at is one value.
func (v *vector) at(i int) any {
	switch {
	case v.nums != nil:
		if v.null != nil && v.null[i] {
			return nil
		}
		if v.dates {
			return js.Date(v.nums[i])
		}
		return v.nums[i]
	case v.codes != nil:
		if v.codes[i] < 0 {
			return nil
		}
		return v.dict[v.codes[i]]
	}
	return v.boxed[i]
}

// list is all values, boxed.
func (v *vector) list() []any {
	if v.boxed != nil {
		return v.boxed
	}
	out := make([]any, v.len())
	for i := range out {
		out[i] = v.at(i)
	}
	return out
}

// pick is the values of some rows.
func (v *vector) pick(rows []int) *vector {
	out := &vector{dates: v.dates, dict: v.dict}
	switch {
	case v.nums != nil:
		out.nums = pick(v.nums, rows)
		if v.null != nil {
			out.null = pick(v.null, rows)
		}
	case v.codes != nil:
		out.codes = pick(v.codes, rows)
	default:
		out.boxed = pick(v.boxed, rows)
	}
	return out
}

func pick[T any](list []T, rows []int) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = list[r]
	}
	return out
}

// repeated is the values each k times.
func (v *vector) repeated(k int) *vector {
	out := &vector{dates: v.dates, dict: v.dict}
	switch {
	case v.nums != nil:
		out.nums = repeat(v.nums, k)
		if v.null != nil {
			out.null = repeat(v.null, k)
		}
	case v.codes != nil:
		out.codes = repeat(v.codes, k)
	default:
		out.boxed = repeat(v.boxed, k)
	}
	return out
}

func repeat[T any](list []T, k int) []T {
	out := make([]T, 0, len(list)*k)
	for _, v := range list {
		for range k {
			out = append(out, v)
		}
	}
	return out
}

// vectorIn is the channel's values in a table, nil where they are no column of
// it.
func (ch *channel) vectorIn(t *table) *vector {
	if ch.hasDatum {
		return nil
	}
	if c, ok := t.cols[ch.col]; ok {
		return c
	}
	path := fieldPath(ch.col)
	if c, ok := t.exact(ch.col, path); ok {
		return c
	}
	if len(path) == 1 {
		return t.cols[path[0]]
	}
	return nil
}

// typedIn is the channel's values in a table, nil where they are of no one type.
func (ch *channel) typedIn(t *table) *vector {
	if v := ch.vectorIn(t); v != nil && v.typed() {
		return v
	}
	return nil
}

// number is one of typed values; ok is false for null and NaN.
func (v *vector) number(i int) (f float64, ok bool) {
	f = v.nums[i]
	return f, f == f && (v.null == nil || !v.null[i])
}

// extent returns the least and the greatest finite number of typed values; low
// > high if there is none.
func (v *vector) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range v.nums {
		if f, ok := v.number(i); ok && !math.IsInf(f, 0) {
			low, high = min(low, f), max(high, f)
		}
	}
	return low, high
}

// valid is the numbers of typed values in some rows, without null and NaN.
func (v *vector) valid(rows []int) []float64 {
	out := make([]float64, 0, len(rows))
	for _, r := range rows {
		if f, ok := v.number(r); ok {
			out = append(out, f)
		}
	}
	return out
}

// numbersOf is what numbers makes of names in some rows.
func (v *vector) numbersOf(rows []int) []float64 {
	if v.parsedDict == nil {
		v.parsedDict = make([]float64, len(v.dict))
		for k, name := range v.dict {
			v.parsedDict[k] = js.Number(name)
		}
	}
	out := make([]float64, 0, len(rows))
	for _, r := range rows {
		if k := v.codes[r]; k >= 0 && v.dict[k] != "" {
			out = append(out, v.parsedDict[k])
		}
	}
	return out
}

// coded returns the values as numbers of their kinds, from 0 in the order of
// their first rows, and how many kinds there are. Values that are equal as
// groups are of one kind.
func (v *vector) coded() (codes []int32, n int) {
	c := coder{codes: make([]int32, v.len())}
	switch {
	case v.codes != nil:
		c.places(v.codes, len(v.dict))
	case v.nums != nil:
		c.numbers(v)
	default:
		c.boxed(v.boxed)
	}
	return c.codes, c.n
}

// coder numbers values.
type coder struct {
	codes []int32
	n     int
}

// next is the number of a kind that is new.
func (c *coder) next() int32 {
	c.n++
	return int32(c.n - 1)
}

func (c *coder) places(places []int32, kinds int) {
	at := slices.Repeat([]int32{-1}, kinds+1)
	for i, p := range places {
		if at[p+1] < 0 {
			at[p+1] = c.next()
		}
		c.codes[i] = at[p+1]
	}
}

func (c *coder) numbers(v *vector) {
	at := map[float64]int32{}
	null, nan := int32(-1), int32(-1)
	for i, f := range v.nums {
		switch {
		case v.null != nil && v.null[i]:
			if null < 0 {
				null = c.next()
			}
			c.codes[i] = null
		case f != f:
			if nan < 0 {
				nan = c.next()
			}
			c.codes[i] = nan
		default:
			k, ok := at[f]
			if !ok {
				k = c.next()
				at[f] = k
			}
			c.codes[i] = k
		}
	}
}

func (c *coder) boxed(list []any) {
	texts, numbers, others := map[string]int32{}, map[float64]int32{}, map[string]int32{}
	for i, v := range list {
		if d, ok := v.(js.Date); ok {
			v = float64(d)
		}
		var k int32
		var ok bool
		switch v := v.(type) {
		case string:
			if k, ok = texts[v]; !ok {
				k = c.next()
				texts[v] = k
			}
		case float64:
			if v != v {
				k, ok = others["NaN"]
				if !ok {
					k = c.next()
					others["NaN"] = k
				}
				break
			}
			if k, ok = numbers[v]; !ok {
				k = c.next()
				numbers[v] = k
			}
		default:
			name := key(v)
			if k, ok = others[name]; !ok {
				k = c.next()
				others[name] = k
			}
		}
		c.codes[i] = k
	}
}

// pairKinds returns the kinds of pairs of two lists of kinds, in the order of their
// first rows.
func pairKinds(a []int32, na int, b []int32, nb int) (codes []int32, n int) {
	c := coder{codes: make([]int32, len(a))}
	if most := na * nb; most <= 1<<20 {
		at := slices.Repeat([]int32{-1}, most)
		for i := range a {
			k := &at[int(a[i])*nb+int(b[i])]
			if *k < 0 {
				*k = c.next()
			}
			c.codes[i] = *k
		}
		return c.codes, c.n
	}
	at := map[int64]int32{}
	for i := range a {
		pair := int64(a[i])<<32 | int64(b[i])
		k, ok := at[pair]
		if !ok {
			k = c.next()
			at[pair] = k
		}
		c.codes[i] = k
	}
	return c.codes, c.n
}

// gathered returns the rows of each kind.
func gathered(codes []int32, n int) []group {
	counts := make([]int, n)
	for _, k := range codes {
		counts[k]++
	}
	room := make([]int, len(codes))
	out := make([]group, n)
	for k, c := range counts {
		out[k].rows, room = room[:0:c], room[c:]
	}
	for i, k := range codes {
		out[k].rows = append(out[k].rows, i)
	}
	return out
}
