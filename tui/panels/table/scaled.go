package table

import (
	"context"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// scaled is a number in the unit of its column. A scale of 1e-6 divides by a
// million, which gives the nearest number there is.
func scaled(x, scale float64) float64 {
	if per := math.Round(1 / scale); math.Abs(scale) < 1 && 1/per == scale {
		return x / per
	}
	return x * scale
}

// unitFrame is a frame whose numbers are in the units that a table shows them in.
type unitFrame struct {
	frame.Frame
	scales  []float64 // by column, 0 = as it stands
	columns []frame.Column
}

// inUnits is f with its numbers in the units that a table shows them in: what is
// read, found, sorted, kept, summed up and exported of it are those. It is f
// itself where they stand as they are.
func inUnits(f frame.Frame, spec dashboard.Table) frame.Frame {
	if f == nil {
		return nil
	}
	s := &unitFrame{Frame: f, scales: make([]float64, len(f.Columns())), columns: slices.Clone(f.Columns())}
	some := false
	for _, c := range columnsOf(f, spec) {
		if c.at >= 0 && c.scale != 0 && c.kind.Numeric() {
			s.scales[c.at], s.columns[c.at].Type, some = c.scale, frame.Number, true
		}
	}
	if !some {
		return f
	}
	return s
}

// Columns implements frame.Frame.
func (s *unitFrame) Columns() []frame.Column { return s.columns }

// Scan implements frame.Frame.
func (s *unitFrame) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	made := make([]frame.Vector, len(columns))
	return s.Frame.Scan(ctx, columns, from, to, func(b *frame.Batch) error {
		out := frame.Batch{First: b.First, Len: b.Len, Columns: slices.Clone(b.Columns)}
		for k, c := range columns {
			if s.scales[c] == 0 {
				continue
			}
			v := &made[k]
			v.Reset(frame.Number)
			for i := range b.Len {
				if x, ok := b.Columns[k].Float(i); ok {
					v.AppendFloat(scaled(x, s.scales[c]))
				} else {
					v.AppendNull()
				}
			}
			out.Columns[k] = *v
		}
		return visit(&out)
	})
}
