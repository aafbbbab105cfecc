package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// Aggregate makes one figure of a column of f; "" is no column, for Count.
// Progress, which may be nil, is called now and then with the share that is
// done, in the goroutine of the caller.
func Aggregate(ctx context.Context, f frame.Frame, fn Fn, field string, progress func(done float64)) (Figure, error) {
	at, figures, err := figuresOf(f, fn, field)
	if err != nil {
		return Figure{}, err
	}
	if figures.grow(1); at < 0 {
		figures.rows[0] = f.Len()
		cell, err := figures.vector(ctx, f, at, []uint32{0})
		return figures.figure(0, cell), err
	}
	var ids []uint32 // all rows are in the first group
	err = f.Scan(ctx, []int{at}, 0, f.Len(), func(b *frame.Batch) error {
		tell(progress, b, f)
		ids = slices.Grow(ids[:0], b.Len)[:b.Len]
		return figures.add(ids, b.First, &b.Columns[0])
	})
	if err != nil {
		return Figure{}, err
	}
	cell, err := figures.vector(ctx, f, at, []uint32{0})
	return figures.figure(0, cell), err
}

// figuresOf finds the column of figures, -1 for none.
func figuresOf(f frame.Frame, fn Fn, field string) (int, *figures, error) {
	if field == "" {
		figures, err := newFigures(fn, frame.Column{})
		return -1, figures, err
	}
	at, err := column(f.Columns(), field)
	if err != nil {
		return 0, nil, err
	}
	figures, err := newFigures(fn, f.Columns()[at])
	return at, figures, err
}

func columnsOf(at int) []int {
	if at < 0 {
		return nil
	}
	return []int{at}
}

// Over is a figure for each value of a column that orders rows, such as a day.
type Over struct {
	// Value is the figure of the rows at the greatest value, and Previous that
	// at the one before, which has no rows if there is none.
	Value, Previous Figure
	// Trend has the values in order in its first column, and the figure of each
	// in its second.
	Trend *frame.Memory
	// Without is how many rows have no value to be ordered by; they are in no
	// figure.
	Without int
}

// AggregateOver makes a figure of a column for each value of another, which may
// be text, numbers, dates or times.
func AggregateOver(ctx context.Context, f frame.Frame, fn Fn, field, over string, progress func(done float64)) (Over, error) {
	at, figures, err := figuresOf(f, fn, field)
	if err != nil {
		return Over{}, err
	}
	by, err := column(f.Columns(), over)
	if err != nil {
		return Over{}, err
	}
	g := &overGroups{dict: newDict(), figures: figures, col: f.Columns()[by]}
	err = f.Scan(ctx, append([]int{by}, columnsOf(at)...), 0, f.Len(), func(b *frame.Batch) error {
		tell(progress, b, f)
		return g.add(b)
	})
	if err != nil {
		return Over{}, err
	}
	order, err := g.order(ctx)
	if err != nil {
		return Over{}, err
	}
	cells, err := figures.vector(ctx, f, at, order)
	if err != nil {
		return Over{}, err
	}
	return g.result(f, order, cells), nil
}

// overGroups are rows in groups by the column that orders them.
type overGroups struct {
	dict    *dict
	figures *figures
	col     frame.Column
	ids     []uint32
	without int
	zoned   bool
}

func (g *overGroups) add(b *frame.Batch) error {
	g.ids = slices.Grow(g.ids[:0], b.Len)[:b.Len]
	key := &b.Columns[0]
	g.dict.number(key, g.ids)
	g.zoned = g.zoned || key.Zones != nil
	for _, id := range g.ids {
		if id == none {
			g.without++
		}
	}
	if g.dict.len() > maxGroups {
		return fmt.Errorf("%s has more than %s different values, too many to compare", quoted(g.col.Name), thousands(maxGroups))
	}
	g.figures.grow(g.dict.len())
	var v *frame.Vector
	if len(b.Columns) > 1 {
		v = &b.Columns[1]
	}
	return g.figures.add(g.ids, b.First, v)
}

// keys are the values of the groups.
func (g *overGroups) keys(ids []uint32) frame.Vector {
	v := frame.Vector{Type: g.col.Type}
	for _, id := range ids {
		g.dict.appendTo(&v, id, g.zoned)
	}
	return v
}

// order is the groups by their values.
func (g *overGroups) order(ctx context.Context) ([]uint32, error) {
	ids := make([]uint32, g.dict.len())
	for i := range ids {
		ids[i] = uint32(i)
	}
	keys := frame.New(frame.Origin{}, []frame.Column{g.col}, []frame.Vector{g.keys(ids)})
	return frame.Sort(ctx, keys, []frame.Key{{Column: 0}}, nil)
}

func (g *overGroups) result(f frame.Frame, order []uint32, cells frame.Vector) Over {
	out := Over{Without: g.without}
	name := string(g.figures.fn)
	if g.figures.col.Name != "" {
		name += " of " + g.figures.col.Name
	}
	if name == g.col.Name {
		name += "_2"
	}
	out.Trend = frame.New(f.Origin(), []frame.Column{g.col, {Name: name, Unit: unitOf(g.figures.fn, g.figures.col)}}, []frame.Vector{g.keys(order), cells})
	at := func(back int) Figure {
		i := len(order) - back
		if i < 0 {
			return Figure{Cell: oneNull(cells.Type)}
		}
		cell := frame.Vector{Type: cells.Type}
		cell.AppendFrom(&cells, i)
		return g.figures.figure(order[i], cell)
	}
	out.Value, out.Previous = at(1), at(2)
	return out
}

// oneNull is a vector of one cell without a value.
func oneNull(t frame.Type) frame.Vector {
	v := frame.Vector{Type: t}
	v.AppendNull()
	return v
}

// unitOf is the unit of a figure: the column's, but for counts.
func unitOf(fn Fn, col frame.Column) string {
	if fn == Count || fn == Distinct {
		return ""
	}
	return col.Unit
}
