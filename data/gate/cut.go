package gate

import (
	"context"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// cut is a frame with some of the columns of another, and up to so many rows.
type cut struct {
	frame.Frame

	columns []frame.Column
	places  []int
	rows    int
	why     string // rows are missing; "" = none is
}

// nothing is the column of a frame of which no column is named: its rows are
// counted.
const nothing = "#"

// cutTo leaves the columns of a frame that are named, and the rows that readers
// take.
func cutTo(f frame.Frame, n *naming) *cut {
	c := &cut{Frame: f, places: n.columns(f.Columns()), rows: f.Len()}
	for _, i := range c.places {
		c.columns = append(c.columns, f.Columns()[i])
	}
	if len(c.columns) == 0 {
		c.columns = []frame.Column{{Name: nothing, Type: frame.Boolean}}
	}
	if most := min(wire.MaxRows, wire.MaxCells/len(c.columns)); c.rows > most {
		c.rows, c.why = most, "rows"
	}
	return c
}

// Columns implements frame.Frame.
func (c *cut) Columns() []frame.Column { return c.columns }

// Len implements frame.Frame.
func (c *cut) Len() int { return c.rows }

// Scan implements frame.Frame.
func (c *cut) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	to = min(to, c.rows)
	if len(c.places) == 0 {
		return c.Frame.Scan(ctx, nil, from, to, func(b *frame.Batch) error {
			var v frame.Vector
			v.Reset(frame.Boolean)
			for range b.Len {
				v.AppendNull()
			}
			out := frame.Batch{First: b.First, Len: b.Len}
			for range columns {
				out.Columns = append(out.Columns, v)
			}
			return visit(&out)
		})
	}
	below := make([]int, len(columns))
	for i, k := range columns {
		below[i] = c.places[k]
	}
	return c.Frame.Scan(ctx, below, from, to, visit)
}

// described is how the columns are told.
func (c *cut) described() []wire.Column {
	out := make([]wire.Column, len(c.columns))
	for i, col := range c.columns {
		out[i] = wire.Column{Name: col.Name, Type: col.Type.String(), Unit: col.Unit}
	}
	return out
}

// originOf is what is told of where figures came from: no path and no address.
func originOf(o frame.Origin) wire.Origin {
	out := wire.Origin{Kind: o.Kind, Credit: o.Credit, Licence: o.Licence, Unit: o.Unit, Fetched: o.Fetched}
	if o.Kind != "file" { // a file's name is what it is called in the folder
		out.Name = o.Name
	}
	return out
}
