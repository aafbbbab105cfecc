package table

import (
	"context"
	"math"

	"github.com/authtabs/tabgate/data/frame"
)

// What is looked at for how many digits numbers have.
const (
	decimalRows  = 500
	decimalCells = 50_000
	scaledCells  = 1_000_000
	decimalLeast = leastDecimals
	// scaledKey stands for all scaled columns, which have the same digits.
	scaledKey = ""
)

// decimals is how many digits the numbers of a frame have behind their points,
// by column.
func (p *body) decimals(ctx context.Context, f frame.Frame) (map[string]int, error) {
	var at, scaled []int
	for i, c := range f.Columns() {
		if c.Type == frame.Number {
			at = append(at, i)
		}
	}
	for _, c := range columnsOf(f, p.spec.Table) {
		if c.scale != 0 && c.format == nil {
			scaled = append(scaled, c.at)
		}
	}
	out := map[string]int{scaledKey: decimalLeast}
	if len(at) > 0 {
		b, err := frame.Rows(ctx, f, at, 0, min(decimalRows, decimalCells/len(at)+1))
		if err != nil {
			return out, err
		}
		for i, c := range at {
			out[f.Columns()[c].Name] = decimalsOf(&b.Columns[i])
		}
	}
	if len(scaled) == 0 || len(scaled)*f.Len() > scaledCells {
		return out, nil
	}
	var err error
	out[scaledKey], err = scaledColumns(ctx, f, scaled)
	return out, err
}

// scaledColumns is how many digits show each row's greatest value.
func scaledColumns(ctx context.Context, f frame.Frame, at []int) (most int, err error) {
	most = decimalLeast
	err = f.Scan(ctx, at, 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			greatest := 0.0
			for k := range at {
				if v, ok := b.Columns[k].Float(i); ok && !math.IsInf(v, 0) {
					greatest = max(greatest, math.Abs(v))
				}
			}
			most = max(most, scaledDecimals(greatest))
		}
		return nil
	})
	return most, err
}
