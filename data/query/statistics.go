package query

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// column is what the column is like, of which all rows were counted.
func (t *tally) column(rows int) Column {
	c := Column{Column: t.col, Rows: rows, Distinct: t.dict.len()}
	c.Nulls = t.nulls
	if t.over != nil {
		c.Distinct, c.Rough = t.estimate(c.Filled())
	}
	if !c.Each() {
		c.Top = t.top()
	}
	switch c.Type {
	case frame.Text, frame.JSON:
		t.describeTexts(&c)
		c.Shape = valueShape(&c)
		return c
	case frame.Boolean:
		t.describeTruths(&c)
		c.Shape = valueShape(&c)
		return c
	}
	c.Least, c.Greatest = t.least.rows(), t.most.rows()
	if c.Ends = (frame.Vector{Type: c.Type}); t.least.n > 0 {
		t.least.cell(&c.Ends)
		t.most.cell(&c.Ends)
	}
	values := t.values()
	if c.Type == frame.Date || c.Type == frame.Datetime {
		c.Dates = describeDates(values) // first, for it puts them in order
	}
	c.Shape = numberShape(&c, values)
	if c.Type.Numeric() {
		c.Numbers = t.describeNumbers(values)
	}
	return c
}

// estimate is how many different values there are, of which there are too many
// to be counted each. Where the values only rise or only fall, all differ; and
// so they do, as far as is known, where none was seen twice.
func (t *tally) estimate(filled int) (n int, rough bool) {
	if t.order.rising || t.order.falling {
		return filled, false
	}
	n = min(int(t.over.sketch.count()), filled)
	if float64(n) > 0.95*float64(filled) && !t.over.sketch.repeated {
		return filled, true
	}
	return n, true
}

// top are the values that most rows have.
func (t *tally) top() []ValueCount {
	var ids []uint32
	for id, n := range t.counts {
		if len(ids) == maxTop && n <= t.counts[ids[maxTop-1]] {
			continue
		}
		at, _ := slices.BinarySearchFunc(ids, n, func(other uint32, n int) int {
			if t.counts[other] >= n {
				return -1
			}
			return 1
		})
		if ids = slices.Insert(ids, at, uint32(id)); len(ids) > maxTop {
			ids = ids[:maxTop]
		}
	}
	v := frame.Vector{Type: t.col.Type}
	out := make([]ValueCount, len(ids))
	for i, id := range ids {
		t.dict.appendTo(&v, id, t.zoned)
		out[i] = ValueCount{v.String(i), t.counts[id]}
	}
	return out
}

func (t *tally) describeTexts(c *Column) {
	if t.over == nil {
		for id := range t.counts {
			t.length(t.dict.textOf(uint32(id)))
		}
	}
	if c.Filled() > 0 {
		c.Texts = &t.texts
	}
}

func (t *tally) describeTruths(c *Column) {
	for id, n := range t.counts {
		if t.dict.words[id] != 0 {
			c.True += n
		}
	}
}

// weighted is a value and how many rows have it.
type weighted struct {
	value float64
	rows  int
}

// weights are finite values in order, or a sample of them.
type weights struct {
	list    []weighted // if each was counted
	sample  *sample    // else
	n       int        // rows in list, or values in the sample
	rounded bool       // the sample lacks values
}

// values are the finite values.
func (t *tally) values() *weights {
	if t.over != nil {
		s := &t.over.sample
		return &weights{sample: s, n: len(s.values), rounded: s.approximate()}
	}
	w := &weights{}
	v := frame.Vector{Type: t.col.Type}
	for id, rows := range t.counts {
		t.dict.appendTo(&v, uint32(id), t.zoned)
		if x, _ := v.Float(id); !math.IsInf(x, 0) {
			w.list = append(w.list, weighted{x, rows})
			w.n += rows
		}
	}
	slices.SortFunc(w.list, func(a, b weighted) int { return cmp.Compare(a.value, b.value) })
	return w
}

// each calls f with the values.
func (w *weights) each(f func(x float64, rows int)) {
	if w.sample != nil {
		for _, x := range w.sample.values {
			f(x, 1)
		}
		return
	}
	for _, x := range w.list {
		f(x.value, x.rows)
	}
}

// quantiles are those of several shares, which rise.
func (w *weights) quantiles(shares ...float64) []float64 {
	if w.sample != nil {
		return quantiles(w.sample.values, shares...)
	}
	out := make([]float64, len(shares))
	i, passed := 0, 0 // values before i
	for k, share := range shares {
		at := share * float64(w.n-1)
		low := int(at)
		for passed+w.list[i].rows <= low {
			passed += w.list[i].rows
			i++
		}
		out[k] = w.list[i].value
		if part := at - float64(low); part > 0 && passed+w.list[i].rows == low+1 {
			out[k] = between(out[k], w.list[i+1].value, part)
		}
	}
	return out
}

// describeNumbers makes the statistics of numbers; of no finite value all are 0.
func (t *tally) describeNumbers(w *weights) *Numbers {
	n := &Numbers{Sum: frame.Vector{Type: t.col.Type}}
	o := t.over
	if o == nil {
		o = t.counted()
	}
	n.Zeros, n.Negatives, n.Infinite = o.zeros, o.negatives, o.infinite
	if w.n == 0 {
		n.Sum.AppendNull()
		return n
	}
	if t.col.Type == frame.Integer {
		n.Mean = o.wholes.mean(o.moments.n)
		if sum, ok := o.wholes.int64(); ok {
			n.Sum.AppendInt(sum)
		} else {
			n.Sum.Type = frame.Number
			n.Sum.AppendFloat(o.wholes.float())
		}
	} else {
		n.Sum.AppendFloat(o.floats.float())
		if n.Mean = o.floats.float() / float64(o.moments.n); math.IsInf(n.Mean, 0) {
			n.Mean = o.moments.mean
		}
	}
	n.Deviation, n.Approx = o.moments.deviation(), w.rounded
	q := w.quantiles(0.01, 0.25, 0.5, 0.75, 0.99)
	n.P1, n.Quartile1, n.Median, n.Quartile3, n.P99 = q[0], q[1], q[2], q[3], q[4]
	return n
}

// counted is the sums of values of which each was counted.
func (t *tally) counted() *overflow {
	o := &overflow{}
	for id, rows := range t.counts {
		if t.col.Type == frame.Integer {
			n := int64(t.dict.words[id])
			o.count(float64(n), rows)
			o.wholes.addTimes(n, rows)
			o.moments.merge(rows, float64(n), 0)
			continue
		}
		x := math.Float64frombits(t.dict.words[id])
		if !o.count(x, rows) {
			continue
		}
		o.floats.addTimes(x, rows)
		o.moments.merge(rows, x, 0)
	}
	return o
}
