package query

import (
	"context"
	"fmt"
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
