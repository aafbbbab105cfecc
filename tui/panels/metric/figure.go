package metric

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// figure is what a metric shows.
type figure struct {
	value value
	delta value
	has   bool // there is a delta
	trend []float64
	at    string // the greatest value of what orders the rows, "" where nothing does
	unit  string
	rules []value // those that rules compare with, nil where a rule has its own
}

// value is a number, or the text of a cell that is none.
type value struct {
	number float64
	text   string
	null   bool
	isText bool
}

// compute works a metric out of rows.
func compute(ctx context.Context, f frame.Frame, m *dashboard.Metric) (figure, error) {
	c := counting{spec: m, kind: m.Aggregate}
	if c.kind == "" {
		c.kind = "last"
	}
	if err := c.find(f); err != nil {
		return figure{}, err
	}
	if err := f.Scan(ctx, c.cols, 0, f.Len(), c.add); err != nil {
		return figure{}, err
	}
	return c.figure(), nil
}

// counting is the work on rows: one group of them for each value of what orders
// them.
type counting struct {
	spec    *dashboard.Metric
	kind    string
	cols    []int // of the frame
	field   int   // in cols; -1 = rows are counted
	over    int   // -1 = all rows are one group
	delta   int
	rules   []int
	names   []string
	types   []frame.Type
	groups  map[string]*group
	order   []*group
	unit    string
	scratch []byte
}

// group is rows with one value of what orders them, and a total for each
// column that is asked for.
type group struct {
	key    string
	rows   int
	totals []total
}

func (c *counting) column(f frame.Frame, name string) (int, error) {
	at := frame.Find(f, name)
	if at < 0 {
		return 0, fmt.Errorf("there is no column %s", session.Clean(name, 60))
	}
	if i := slices.Index(c.cols, at); i >= 0 {
		return i, nil
	}
	col := f.Columns()[at]
	c.cols, c.names, c.types = append(c.cols, at), append(c.names, name), append(c.types, col.Type)
	return len(c.cols) - 1, nil
}

// find finds the columns that are needed.
func (c *counting) find(f frame.Frame) error {
	c.field, c.over, c.delta = -1, -1, -1
	var errs []error
	need := func(name string) int {
		i, err := c.column(f, name)
		errs = append(errs, err)
		return i
	}
	m := c.spec
	if m.Field != "" {
		c.field = need(m.Field)
	} else if c.kind != "count" {
		return fmt.Errorf("%s needs a field", c.kind)
	}
	if m.Over != "" {
		c.over = need(m.Over)
	}
	switch {
	case m.Delta == "previous" && m.Over == "":
		return errors.New("delta: previous needs over, which orders the rows")
	case m.Delta != "" && m.Delta != "previous":
		c.delta = need(m.Delta)
	}
	for _, r := range m.Rules {
		at := -1
		if r.Field != "" {
			at = need(r.Field)
		}
		c.rules = append(c.rules, at)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if c.field >= 0 {
		c.unit = f.Columns()[c.cols[c.field]].Unit
		t := c.types[c.field]
		if !t.Numeric() && slices.Contains([]string{"sum", "mean", "median"}, c.kind) {
			return fmt.Errorf("%s needs numbers, and %s is %s", c.kind, session.Clean(m.Field, 60), t)
		}
	}
	c.groups = map[string]*group{}
	return nil
}

// add takes a batch of rows.
func (c *counting) add(b *frame.Batch) error {
	for i := range b.Len {
		g := c.group(b, i)
		if g == nil {
			continue
		}
		for k := range g.totals {
			g.totals[k].add(&b.Columns[k], i, c.kind)
		}
		g.rows++
	}
	return nil
}

// group is the one of a row, nil where it has no value to be ordered by.
func (c *counting) group(b *frame.Batch, i int) *group {
	c.scratch = c.scratch[:0]
	if c.over >= 0 {
		v := &b.Columns[c.over]
		if v.IsNull(i) {
			return nil
		}
		c.scratch = v.AppendCell(c.scratch, i)
	}
	g := c.groups[string(c.scratch)]
	if g == nil {
		g = &group{key: string(c.scratch), totals: make([]total, len(c.cols))}
		if c.over >= 0 {
			g.totals[c.over].rank = rank(&b.Columns[c.over], i)
		}
		c.groups[g.key] = g
		c.order = append(c.order, g)
	}
	return g
}

// rank is where a cell stands in the order of its column, where it is a number
// of some kind.
func rank(v *frame.Vector, i int) float64 {
	switch {
	case v.Type == frame.Number:
		return v.Floats[i]
	case v.Type != frame.Text && v.Type != frame.JSON:
		n := float64(v.Ints[i])
		if v.Nanos != nil {
			n += float64(v.Nanos[i]) / 1e9
		}
		return n
	}
	return 0
}

// figure is what follows from all rows.
func (c *counting) figure() figure {
	out := figure{unit: c.unit}
	if len(c.order) == 0 {
		out.value = value{null: true}
		if c.kind == "count" || c.kind == "distinct" {
			out.value = value{}
		}
		return out
	}
	if c.over >= 0 {
		slices.SortStableFunc(c.order, func(a, b *group) int {
			if x, y := a.totals[c.over].rank, b.totals[c.over].rank; x != y {
				if x < y {
					return -1
				}
				return 1
			}
			return strings.Compare(a.key, b.key)
		})
	}
	last := c.order[len(c.order)-1]
	out.value, out.at = c.of(last, c.field), last.key
	for _, at := range c.rules {
		if at >= 0 {
			out.rules = append(out.rules, c.of(last, at))
		} else {
			out.rules = append(out.rules, value{null: true})
		}
	}
	switch {
	case c.delta >= 0:
		out.delta, out.has = c.of(last, c.delta), true
	case c.spec.Delta == "previous" && len(c.order) > 1:
		before := c.of(c.order[len(c.order)-2], c.field)
		if !before.null && !out.value.null && !before.isText && !out.value.isText {
			out.delta, out.has = out.value.minus(before), true
		}
	}
	if c.spec.Trend {
		for _, g := range c.order {
			v := c.of(g, c.field)
			if v.null || v.isText {
				v.number = math.NaN()
			}
			out.trend = append(out.trend, v.number)
		}
	}
	return out
}

// of is what the rows of a group come to in a column.
func (c *counting) of(g *group, at int) value {
	if at < 0 {
		return whole(g.rows)
	}
	return g.totals[at].value(c.kind)
}
