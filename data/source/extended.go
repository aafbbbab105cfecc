package source

import (
	"context"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// extended is a frame with other columns: some in the place of its own of the
// same names, the others behind them.
type extended struct {
	frame.Frame
	columns []frame.Column
	added   *frame.Memory
	from    []int // for each column its place in the frame, or -1 minus that in added
}

func newExtended(f frame.Frame, added *frame.Memory) frame.Frame {
	if len(added.Columns()) == 0 {
		return f
	}
	e := &extended{Frame: f, added: added, columns: slices.Clone(f.Columns())}
	for i := range e.columns {
		e.from = append(e.from, i)
	}
	for i, c := range added.Columns() {
		if at := frame.Find(f, c.Name); at >= 0 {
			e.columns[at], e.from[at] = c, -1-i
			continue
		}
		e.columns, e.from = append(e.columns, c), append(e.from, -1-i)
	}
	return e
}

// Columns implements frame.Frame.
func (e *extended) Columns() []frame.Column { return e.columns }

// Close implements frame.Frame. What it is made of is others' as well.
func (e *extended) Close() error { return nil }

// Scan implements frame.Frame.
func (e *extended) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	var own, other []int
	for _, c := range columns {
		if at := e.from[c]; at >= 0 {
			own = append(own, at)
		} else {
			other = append(other, -1-at)
		}
	}
	out := &frame.Batch{Columns: make([]frame.Vector, len(columns))}
	return e.Frame.Scan(ctx, own, from, to, func(b *frame.Batch) error {
		beside, err := frame.Rows(ctx, e.added, other, b.First, b.Len)
		if err != nil {
			return err
		}
		out.First, out.Len = b.First, b.Len
		i, j := 0, 0
		for k, c := range columns {
			if e.from[c] >= 0 {
				out.Columns[k] = b.Columns[i]
				i++
			} else {
				out.Columns[k] = beside.Columns[j]
				j++
			}
		}
		return visit(out)
	})
}
