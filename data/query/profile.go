package query

import (
	"context"
	"runtime"
	"sync"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/frame"
)

// ValueCount is a value, as people read it, and how many rows have it.
type ValueCount struct {
	Value string
	Rows  int
}

// Column is what a column is like.
type Column struct {
	frame.Column // with its nulls counted
	Rows         int
	// Distinct is how many different values there are, exact to 100,000; then
	// Rough reports that it is an estimate, and Top has only values that were
	// frequent among the rows up to there.
	Distinct int
	Rough    bool
	// Top are the most frequent values, the first is the most frequent; of
	// equally frequent ones the one that comes first in the frame.
	Top []ValueCount
	// Ends are the least and the greatest value of numbers, dates and times: two
	// cells, or none. Infinite ones count.
	Ends frame.Vector
	// Least and Greatest are the rows of up to five of the least and greatest
	// values, the furthest out first, of equal ones the first row.
	Least, Greatest []uint32
	Numbers         *Numbers // of integers and numbers
	Dates           *Dates   // of dates and datetimes
	Texts           *Texts   // of texts
	True            int      // of booleans: how many are true
	Shape           Shape
}

// Filled is how many rows have a value.
func (c *Column) Filled() int { return c.Rows - c.Nulls }

// Missing is the share of rows that have no value.
func (c *Column) Missing() float64 {
	if c.Rows == 0 {
		return 0
	}
	return float64(c.Nulls) / float64(c.Rows)
}

// Duplicates is how many rows have a value that a row before has.
func (c *Column) Duplicates() int { return max(c.Filled()-c.Distinct, 0) }

// Each reports whether all values differ, as far as is known where Distinct is
// an estimate.
func (c *Column) Each() bool { return c.Distinct > 1 && c.Distinct == c.Filled() }

// Numbers are the statistics of numbers. Infinite values are in none of them.
type Numbers struct {
	// Sum is one cell: an exact integer, or a number.
	Sum frame.Vector
	// Mean and Deviation are the mean and the standard deviation of a sample
	// (with n-1; 0 of one value).
	Mean, Deviation float64
	// The quantiles stand between the two nearest values in proportion; Approx
	// reports that a sample of the values stands for them, as there are more
	// than 1,000,000.
	P1, Quartile1, Median, Quartile3, P99 float64
	Approx                                bool
	Zeros, Negatives, Infinite            int
}

// Texts are the lengths of texts, in characters.
type Texts struct{ Shortest, Longest int }

// maxTop is how many of the most frequent values are kept.
const maxTop = 20

// Profile says what columns of f are like, in one pass. Progress, which may be
// nil, is called now and then with the share that is done.
func Profile(ctx context.Context, f frame.Frame, columns []int, progress func(done float64)) ([]Column, error) {
	tallies := make([]*tally, len(columns))
	for i, c := range columns {
		tallies[i] = newTally(f.Columns()[c], f.Len())
	}
	err := f.Scan(ctx, columns, 0, f.Len(), func(b *frame.Batch) error {
		together(len(tallies), func(i int) { tallies[i].add(b.First, &b.Columns[i]) })
		tell(progress, b, f)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	out := make([]Column, len(columns))
	together(len(tallies), func(i int) {
		if ctx.Err() == nil {
			out[i] = tallies[i].column(f.Len())
		}
	})
	return out, ctx.Err()
}

// together calls work with the numbers below n, on all processors.
func together(n int, work func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers < 2 {
		for i := range n {
			work(i)
		}
		return
	}
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range workers {
		wg.Go(func() {
			defer fault.Recover()
			for i := range next {
				work(i)
			}
		})
	}
	wg.Wait()
}
