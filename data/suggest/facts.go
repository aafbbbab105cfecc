package suggest

import (
	"context"
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// Facts are what is to be known of a column before a chart can be chosen.
type Facts struct {
	frame.Column
	Rows   int // of the frame
	Filled int // rows with a value
	// Distinct is how many different values there are. Beyond 100,000 it is a
	// lower bound, and Rows if all were different so far.
	Distinct int
	Most     int // rows of the most frequent value
	// Least and Greatest are the span of numbers, dates and times, as
	// frame.Vector.Float gives them; NaN = none.
	Least, Greatest float64
	// Rising reports that each value is greater than the one before.
	Rising bool
}

// most is how many different values of a column are counted.
const most = 100_000

// Count counts what is to be known of each column, in one pass.
func Count(ctx context.Context, f frame.Frame) ([]Facts, error) {
	columns := f.Columns()
	counters := make([]counter, len(columns))
	for i, c := range columns {
		counters[i] = counter{Facts: Facts{Column: c, Rows: f.Len(), Least: math.NaN(), Greatest: math.NaN()}}
	}
	err := f.Scan(ctx, frame.All(f), 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Columns {
			counters[i].add(&b.Columns[i])
		}
		return nil
	})
	facts := make([]Facts, len(columns))
	for i := range counters {
		facts[i] = counters[i].finish()
	}
	return facts, err
}

// counter counts the values of one column.
type counter struct {
	Facts
	texts   map[string]int
	numbers map[float64]int
	full    bool // no more values are counted
	all     bool // all were different until then
	falls   bool // a value is not greater than the one before
	last    float64
}

func (c *counter) add(v *frame.Vector) {
	texts := v.Type == frame.Text || v.Type == frame.JSON
	if texts && c.texts == nil {
		c.texts = map[string]int{}
	}
	if !texts && c.numbers == nil {
		c.numbers = map[float64]int{}
	}
	for i := range v.Len() {
		if v.IsNull(i) {
			continue
		}
		c.Filled++
		if texts {
			c.text(v.Bytes(i))
		} else {
			c.number(v, i)
		}
	}
}

func (c *counter) text(b []byte) {
	n, ok := c.texts[string(b)]
	if ok || c.room(len(c.texts)) {
		c.texts[string(b)] = n + 1
	}
}

func (c *counter) number(v *frame.Vector, i int) {
	x, ok := v.Float(i)
	if !ok || x != x {
		return
	}
	c.falls = c.falls || c.Greatest == c.Greatest && x <= c.last
	c.last = x
	if !(c.Least <= x) {
		c.Least = x
	}
	if !(c.Greatest >= x) {
		c.Greatest = x
	}
	n, known := c.numbers[x]
	if known || c.room(len(c.numbers)) {
		c.numbers[x] = n + 1
	}
}

// room reports whether one more value can be counted.
func (c *counter) room(counted int) bool {
	if counted < most {
		return true
	}
	if !c.full {
		c.full, c.all = true, counted == c.Filled-1
	}
	return false
}

func (c *counter) finish() Facts {
	for _, n := range c.texts {
		c.Most = max(c.Most, n)
	}
	for _, n := range c.numbers {
		c.Most = max(c.Most, n)
	}
	c.Distinct = len(c.texts) + len(c.numbers)
	if c.full && c.all {
		c.Distinct = c.Filled
	}
	c.Nulls = c.Rows - c.Filled
	c.Rising = c.numbers != nil && !c.falls
	return c.Facts
}
