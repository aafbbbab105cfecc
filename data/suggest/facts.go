package suggest

import (
	"context"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// Facts are what is to be known of a column before a chart can be chosen.
type Facts struct {
	frame.Column
	Rows     int // of the frame
	Filled   int // rows with a value
	Distinct int // different values; an estimate, where there are very many
	Most     int // rows of the most frequent value
	// Least and Greatest are the span of numbers, dates and times, as
	// frame.Vector.Float gives them; NaN = none.
	Least, Greatest float64
	// Rising reports that the values grow from row to row, as far as those at
	// both ends tell.
	Rising bool
}

// Count finds out what is to be known of each column of a frame, in one pass.
func Count(ctx context.Context, f frame.Frame) ([]Facts, error) {
	profile, err := query.Profile(ctx, f, frame.All(f), nil)
	return FactsOf(profile), err
}

// FactsOf takes them from a profile.
func FactsOf(profile []query.Column) []Facts {
	all := make([]Facts, len(profile))
	for i := range profile {
		c := &profile[i]
		f := Facts{Column: c.Column, Rows: c.Rows, Filled: c.Filled(), Distinct: c.Distinct, Least: math.NaN(), Greatest: math.NaN()}
		if len(c.Top) > 0 {
			f.Most = c.Top[0].Rows
		}
		if c.Ends.Len() == 2 {
			f.Least, _ = c.Ends.Float(0)
			f.Greatest, _ = c.Ends.Float(1)
		}
		f.Rising = rising(c.Least) && falling(c.Greatest)
		all[i] = f
	}
	return all
}

func rising(rows []uint32) bool { return len(rows) > 1 && slices.IsSorted(rows) }

func falling(rows []uint32) bool {
	return len(rows) > 1 && slices.IsSortedFunc(rows, func(a, b uint32) int { return int(b) - int(a) })
}
