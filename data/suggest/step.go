package suggest

import (
	"context"
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// steps are the units of time that rows are put together by, the finest first.
var steps = []struct {
	unit, word string
	of         func(seconds int64) int64 // counts the steps up to a time since 1970
}{
	{"utcyearmonthdatehoursminutes", "minute", every(60)},
	{"utcyearmonthdatehours", "hour", every(3600)},
	{"utcyearmonthdate", "day", every(86400)},
	{"utcyearmonth", "month", months(1)},
	{"utcyearquarter", "quarter", months(3)},
	{"utcyear", "year", months(12)},
}

func every(length int64) func(int64) int64 {
	return func(s int64) int64 { return floorDiv(s, length) }
}

func months(n int64) func(int64) int64 {
	return func(s int64) int64 {
		y, m, _ := frame.Civil(floorDiv(s, 86400))
		return floorDiv(int64(y)*12+int64(m)-1, n)
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// mostSteps is how many steps of time a chart has at most.
const mostSteps = 200

// step is the finest unit of time that has few enough steps; a coarser one, if
// it tells as many times apart.
func (c *drafter) step(ctx context.Context, t int) (int, error) {
	f := &c.facts[t]
	at := len(steps) - 1
	for i, s := range steps {
		if (f.Type != frame.Date || i > 1) && s.of(int64(f.Greatest))-s.of(int64(f.Least)) < mostSteps {
			at = i
			break
		}
	}
	if f.Distinct > mostSteps {
		return at, nil
	}
	seen := make([]map[int64]bool, len(steps))
	for i := range seen {
		seen[i] = map[int64]bool{}
	}
	err := c.f.Scan(ctx, []int{t}, 0, c.f.Len(), func(b *frame.Batch) error {
		for r := range b.Len {
			if s, ok := b.Columns[0].Float(r); ok {
				for i := at; i < len(steps); i++ {
					seen[i][steps[i].of(int64(math.Floor(s)))] = true
				}
			}
		}
		return nil
	})
	for i := len(steps) - 1; i > at; i-- {
		if len(seen[i]) == len(seen[at]) {
			return i, err
		}
	}
	return at, err
}

// grouped is the channel of a time that comes many times, and the word for its
// steps.
func (c *drafter) grouped(ctx context.Context, t int) (object, string, error) {
	if c.roles[t] == Year {
		return c.timeAxis(t), c.name(t), nil
	}
	at, err := c.step(ctx, t)
	word := steps[at].word
	if len(c.times) > 1 {
		word += " of " + c.name(t)
	}
	return append(object{{Name: "timeUnit", Value: steps[at].unit}}, c.field(t, "temporal")...).Set("title", nil), word, err
}

// figureOver is a line of a figure over a time that comes many times, or bars
// of rows.
func (c *drafter) figureOver(ctx context.Context, t, m int, figure string) (Suggestion, error) {
	x, word, err := c.grouped(ctx, t)
	if err != nil {
		return Suggestion{}, err
	}
	mark := "line"
	if figure == "rows" {
		mark = "bar"
	}
	return c.panel(c.figureOf(m, figure)+" by "+word, nil, mark, object{{Name: "x", Value: x}, {Name: "y", Value: c.aggregate(m, figure)}})
}
