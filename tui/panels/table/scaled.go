package table

import (
	"context"
	"math"
	"slices"

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

// inUnits is a frame whose numbers are in the units that a table shows them in.
type inUnits struct {
	frame.Frame
	scales  []float64 // by column, 0 = as it stands
	columns []frame.Column
}

// asScaled is f with its numbers as columns show them, f itself where they stand
// as they are.
func asScaled(f frame.Frame, scales []float64) frame.Frame {
	s := &inUnits{Frame: f, scales: scales, columns: slices.Clone(f.Columns())}
	some := false
	for i := range s.columns {
		if !s.columns[i].Type.Numeric() {
			s.scales[i] = 0
		}
		if s.scales[i] != 0 {
			s.columns[i].Type, some = frame.Number, true
		}
	}
	if !some {
		return f
	}
	return s
}

// Columns implements frame.Frame.
func (s *inUnits) Columns() []frame.Column { return s.columns }

// Scan implements frame.Frame.
func (s *inUnits) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
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
