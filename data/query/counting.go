package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// counting is one counting of values.
type counting struct {
	ctx  context.Context
	f    frame.Frame
	r    Request
	axes []*axis // the column, and the one across
	of   int     // column of the figure, -1 = none
	told func(float64)

	pass, passes int
}

// prepare finds the columns.
func (c *counting) prepare() error {
	r := &c.r
	if r.Most, r.MostAcross = min(r.Most, maxMost), min(r.MostAcross, 200); r.Most <= 0 {
		r.Most = defaultMost
	}
	if r.MostAcross <= 0 {
		r.MostAcross = defaultAcross
	}
	if r.Fn == Count && r.Of == "" {
		r.Fn = ""
	}
	columns := c.f.Columns()
	for i, name := range []string{r.Column, r.Across} {
		if name == "" && i == 1 {
			continue
		}
		at, err := column(columns, name)
		if err != nil {
			return err
		}
		a := &axis{at: at, col: columns[at], most: r.Most, bins: min(max(r.Bins, 0), maxBins), unit: r.Unit}
		if i == 1 {
			a.most, a.bins, a.unit = r.MostAcross, max(r.MostAcross/2, 1), ""
		}
		c.axes = append(c.axes, a)
	}
	c.passes = 1 + len(c.axes)
	if r.Fn == "" {
		return nil
	}
	at, _, err := figuresOf(c.f, r.Fn, r.Of)
	if c.of = at; at >= 0 {
		c.passes += 2
	}
	return err
}

// scan reads columns, as one of the passes over the frame.
func (c *counting) scan(columns []int, visit func(*frame.Batch) error) error {
	from := float64(c.pass) / float64(c.passes)
	c.pass = min(c.pass+1, c.passes-1)
	return c.f.Scan(c.ctx, columns, 0, c.f.Len(), func(b *frame.Batch) error {
		if c.told != nil {
			c.told(from + float64(b.First+b.Len)/float64(c.f.Len())/float64(c.passes))
		}
		if err := visit(b); err != nil {
			return err
		}
		return c.ctx.Err()
	})
}

// number finds the group of each row.
func (c *counting) number() error {
	columns := make([]int, len(c.axes))
	for i, a := range c.axes {
		columns[i] = a.at
		a.ids = make([]uint32, c.f.Len())
	}
	return c.scan(columns, func(b *frame.Batch) error {
		for i, a := range c.axes {
			a.groups.number(&b.Columns[i], a.ids[b.First:b.First+b.Len])
			if n := a.groups.len(); n > maxGroups {
				return fmt.Errorf("%s has more than %s different values, too many to count", quoted(a.col.Name), thousands(maxGroups))
			}
		}
		return nil
	})
}

// order decides which groups are told apart, and in which order.
func (c *counting) order() error {
	for _, a := range c.axes {
		a.count()
	}
	rank := c.axes[0].rank()
	if a := c.axes[0]; c.of >= 0 && !a.groups.ordered() {
		figures, err := c.figures(len(a.rows), a.ids)
		if err != nil {
			return err
		}
		if err := c.byFigure(rank, figures); err != nil {
			return err
		}
	}
	c.axes[0].arrange(rank)
	if len(c.axes) > 1 {
		c.axes[1].arrange(c.axes[1].rank())
	}
	return nil
}

// byFigure orders groups by their figure, the greatest first, if it is a number.
func (c *counting) byFigure(rank []uint32, figures *figures) error {
	all := make([]uint32, len(rank))
	for i := range all {
		all[i] = uint32(i)
	}
	v, err := figures.vector(c.ctx, c.f, c.of, all)
	if err != nil {
		return err
	}
	if !v.Type.Numeric() {
		return nil
	}
	less := func(a, b uint32) int {
		x, someX := v.Float(int(a))
		y, someY := v.Float(int(b))
		switch {
		case !someX || !someY:
			return compareTruth(someY, someX)
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(rank, less)
	return nil
}

func compareTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// figures makes the figures of groups, of which ids are those of the rows.
func (c *counting) figures(groups int, ids []uint32) (*figures, error) {
	_, figures, err := figuresOf(c.f, c.r.Fn, c.r.Of)
	if err != nil {
		return nil, err
	}
	figures.grow(groups)
	err = c.scan([]int{c.of}, func(b *frame.Batch) error {
		return figures.add(ids[b.First:b.First+b.Len], b.First, &b.Columns[0])
	})
	return figures, err
}

// upTo are the numbers below n.
func upTo(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}
