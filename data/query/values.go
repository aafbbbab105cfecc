package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// Request asks how often each value of a column comes.
type Request struct {
	Column string
	// Fn makes a figure of the column Of for each value; "" = none. Count without
	// a column is the rows, which are there anyway.
	Fn Fn
	Of string
	// Across is a second column whose values stand side by side; "" = none.
	Across string
	// Most is how many values are told apart, 0 = 1,000; the others are one row.
	// MostAcross is the same for Across, 0 = 20.
	Most, MostAcross int
	// Bins is about how many bins numbers and dates are put into, 0 = 20 and 60.
	// Up to 24 different ones are counted each. Those of Across are half as many
	// as MostAcross.
	Bins int
	// Unit is how long the bins of dates are: century, decade, year, quarter,
	// month, week, day, hour, minute or second; "" = as Bins says.
	Unit string
}

// Counts is how often each value of a column comes: a frame of the columns
// value, rows, share (of all rows), the figure if one was asked for, and one for
// each value of Across. Values stand in the order of their rows or of the
// figure, the greatest first; bins in their own order, with the empty ones
// between them; what there is besides the greatest, and the rows without a
// value, come last. A bin is named by where it begins.
type Counts struct {
	*frame.Memory
	// Labels say for each row what its value is: "2012-03", "10…20", "(others)",
	// "(empty)".
	Labels []string
	// Where keeps for each row exactly the rows of the frame that it counts.
	Where []Where
	// Figure is the place of the column of the figure, -1 if there is none.
	Figure int
	// Across are the columns of the second column's values, from the place First
	// on.
	Across      []Across
	FirstAcross int
	// Distinct is how many different values or bins there are, Others how many of
	// them stand in the row of the others.
	Distinct, Others int
	// Notes say what is not as it was asked for.
	Notes []string
}

// Across is one value of the second column.
type Across struct {
	Label string
	Where Where
}

// Bounds of what is counted, where a request says nothing.
const (
	defaultMost   = 1000
	defaultAcross = 20
	numberBins    = 20
	dateBins      = 60
	maxMost       = 100_000
	maxBins       = 400
)

// Values counts the values of a column. Progress, which may be nil, is called
// now and then with the share that is done, in the goroutine of the caller.
func Values(ctx context.Context, f frame.Frame, r Request, progress func(done float64)) (*Counts, error) {
	c := &counting{ctx: ctx, f: f, r: r, of: -1, told: progress}
	if err := c.prepare(); err != nil {
		return nil, err
	}
	for _, a := range c.axes {
		if err := a.begin(c); err != nil {
			return nil, err
		}
	}
	if err := c.number(); err != nil {
		return nil, err
	}
	if err := c.order(); err != nil {
		return nil, err
	}
	return c.result()
}

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

// result puts the frame together.
func (c *counting) result() (*Counts, error) {
	a := c.axes[0]
	out := &Counts{Labels: a.labels, Where: a.where, Figure: -1, Distinct: a.distinct, Others: a.others}
	cols := []frame.Column{{Name: a.col.Name, Unit: a.col.Unit}, {Name: "rows"}, {Name: "share"}}
	vectors := []frame.Vector{a.values, {Type: frame.Integer}, {Type: frame.Number}}
	places := a.places()
	rows := make([]int, a.size())
	for _, p := range places {
		rows[p]++
	}
	for _, n := range rows {
		vectors[1].AppendInt(int64(n))
		vectors[2].AppendFloat(float64(n) / float64(c.f.Len()))
	}
	if c.of >= 0 {
		figures, err := c.figures(a.size(), places)
		if err != nil {
			return nil, err
		}
		v, err := figures.vector(c.ctx, c.f, c.of, upTo(a.size()))
		if err != nil {
			return nil, err
		}
		out.Figure = len(cols)
		cols, vectors = append(cols, c.figureColumn(figures)), append(vectors, v)
	}
	if len(c.axes) > 1 {
		out.FirstAcross = len(cols)
		more, err := c.across(out, places)
		if err != nil {
			return nil, err
		}
		for _, x := range out.Across {
			cols = append(cols, frame.Column{Name: x.Label})
		}
		vectors = append(vectors, more...)
	}
	out.Notes = c.noted()
	unique(cols)
	out.Memory = frame.New(c.f.Origin(), cols, vectors)
	return out, nil
}

// figureColumn is the column of a figure: "sum of amount".
func (c *counting) figureColumn(figures *figures) frame.Column {
	return frame.Column{Name: string(c.r.Fn) + " of " + c.r.Of, Unit: unitOf(c.r.Fn, figures.col)}
}

// across makes the columns of the second column's values: rows, or figures.
func (c *counting) across(out *Counts, places []uint32) ([]frame.Vector, error) {
	a, b := c.axes[0], c.axes[1]
	side := b.places()
	for i, label := range b.labels {
		out.Across = append(out.Across, Across{label, b.where[i]})
	}
	both := make([]uint32, len(places))
	for i := range both {
		both[i] = places[i]*uint32(b.size()) + side[i]
	}
	vectors := make([]frame.Vector, b.size())
	if c.of < 0 {
		rows := make([]int64, a.size()*b.size())
		for _, p := range both {
			rows[p]++
		}
		for i, n := range rows {
			v := &vectors[i%b.size()]
			v.Type = frame.Integer
			v.AppendInt(n)
		}
		return vectors, nil
	}
	figures, err := c.figures(a.size()*b.size(), both)
	if err != nil {
		return nil, err
	}
	all, err := figures.vector(c.ctx, c.f, c.of, upTo(a.size()*b.size()))
	for i := range all.Len() {
		v := &vectors[i%b.size()]
		v.Type = all.Type
		v.AppendFrom(&all, i)
	}
	return vectors, err
}

// noted says what is not as it was asked for.
func (c *counting) noted() (notes []string) {
	for _, a := range c.axes {
		if a.others > 0 {
			notes = append(notes, fmt.Sprintf("the %s greatest of %s values of %s; the others are together", thousands(a.distinct-a.others), thousands(a.distinct), clean(a.col.Name)))
		}
		notes = append(notes, a.notes...)
	}
	return notes
}

// upTo are the numbers below n.
func upTo(n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	return out
}

// unique gives columns other names where two have the same.
func unique(cols []frame.Column) {
	taken := map[string]bool{}
	for _, c := range cols {
		taken[c.Name] = true
	}
	seen := map[string]bool{}
	for i := range cols {
		name := cols[i].Name
		for n := 2; seen[cols[i].Name] || n > 2 && taken[cols[i].Name]; n++ {
			cols[i].Name = fmt.Sprintf("%s_%d", strings.TrimSpace(name), n)
		}
		seen[cols[i].Name] = true
	}
}
