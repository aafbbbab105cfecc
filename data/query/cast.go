package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// As is a type that a column is to be read as.
type As struct {
	Type frame.Type
	// Order is in which order day, month and year stand in dates: "dmy", "mdy",
	// "ymd", or "" where the year is first or months have names.
	Order string
	// Comma reports that numbers have decimal commas, and points between groups.
	Comma bool
}

// orders are the orders of dates, by the digits of which part comes first.
var dateOrders = []string{"dmy", "mdy", "ymd"}

// ParseAs reads a type with its option: "date", "date:dmy", "number:,".
func ParseAs(text string) (As, error) {
	name, option, has := strings.Cut(strings.TrimSpace(text), ":")
	var names []string
	for t := frame.Text; t < frame.JSON; t++ {
		names = append(names, t.String())
		if t.String() != name {
			continue
		}
		as := As{Type: t}
		switch {
		case !has:
			return as, nil
		case (t == frame.Date || t == frame.Datetime) && slices.Contains(dateOrders, option):
			as.Order = option
			return as, nil
		case t.Numeric() && (option == "," || option == "."):
			as.Comma = option == ","
			return as, nil
		}
		return as, fmt.Errorf("%s has no option %s: dates have dmy, mdy and ymd, numbers \",\" and \".\"", name, quoted(option))
	}
	if near := Near(name, names); near != "" {
		return As{}, fmt.Errorf("there is no type %s: did you mean %s?", quoted(name), near)
	}
	return As{}, fmt.Errorf("there is no type %s: there are %s", quoted(name), strings.Join(names, ", "))
}

// String is the type as ParseAs reads it.
func (a As) String() string {
	switch {
	case a.Order != "":
		return a.Type.String() + ":" + a.Order
	case a.Comma:
		return a.Type.String() + ":,"
	}
	return a.Type.String()
}

// Misfits are the cells that are no value of the type that their column was to
// have.
type Misfits struct {
	Count int
	Row   int    // the first of them
	Cell  string // what it holds
}

// Cast is f with a column read as another type. Cells that are no value of it
// are null there, and counted: whoever asked decides whether that will do. What
// it returns must not outlive f. Progress may be nil.
func Cast(ctx context.Context, f frame.Frame, at int, as As, progress func(done float64)) (frame.Frame, Misfits, error) {
	old := f.Columns()[at]
	c := &cast{Frame: f, at: at, columns: slices.Clone(f.Columns()), convert: converter(old.Type, as)}
	var m Misfits
	if c.convert == nil {
		return nil, m, fmt.Errorf("%s is %s: it cannot be read as %s", quoted(old.Name), article(old.Type), article(as.Type))
	}
	nulls := 0
	out := frame.Vector{Type: as.Type}
	err := f.Scan(ctx, []int{at}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		out.Reset(as.Type)
		c.convertAll(v, &out)
		for i := range b.Len {
			if !out.IsNull(i) {
				continue
			}
			if nulls++; v.IsNull(i) {
				continue
			}
			if m.Count == 0 {
				m.Row, m.Cell = b.First+i, v.String(i)
			}
			m.Count++
		}
		tell(progress, b, f)
		return ctx.Err()
	})
	c.columns[at].Type, c.columns[at].Nulls = as.Type, nulls
	if !as.Type.Numeric() {
		c.columns[at].Unit = ""
	}
	return c, m, err
}

// cast is a frame of which one column is read as another type.
type cast struct {
	frame.Frame
	at      int
	columns []frame.Column
	convert func(v *frame.Vector, i int, out *frame.Vector) bool
}

// Columns implements frame.Frame.
func (c *cast) Columns() []frame.Column { return c.columns }

// Close does nothing.
func (c *cast) Close() error { return nil }

// convertAll appends what cells are as the other type.
func (c *cast) convertAll(v, out *frame.Vector) {
	for i := range v.Len() {
		if v.IsNull(i) || !c.convert(v, i, out) {
			out.AppendNull()
		}
	}
}

// Scan implements frame.Frame.
func (c *cast) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	if !slices.Contains(columns, c.at) {
		return c.Frame.Scan(ctx, columns, from, to, visit)
	}
	out := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	var made frame.Vector
	return c.Frame.Scan(ctx, columns, from, to, func(b *frame.Batch) error {
		made.Reset(c.columns[c.at].Type)
		c.convertAll(&b.Columns[slices.Index(columns, c.at)], &made)
		out.First, out.Len = b.First, b.Len
		copy(out.Columns, b.Columns)
		for i, at := range columns {
			if at == c.at {
				out.Columns[i] = made
			}
		}
		return visit(out)
	})
}
