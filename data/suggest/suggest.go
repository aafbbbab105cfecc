// Package suggest chooses charts for a frame that nobody has said anything
// about: it tells what each column is good for, and gives the charts that fit,
// the most telling first, as panels that can be read and changed.
package suggest

import (
	"context"
	"slices"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
)

// Suggestion is one chart that fits.
type Suggestion struct {
	Title   string          // in a reader's words: "mean of wind by weather"
	Panel   dashboard.Panel // vega_lite with the specification in full, map, or markdown that says why there is none
	Columns []string        // that it uses
	// New reports that it uses a column that none before it does: only those
	// stand beside each other, the others are for who asks for more.
	New bool
}

// Options are what Charts is asked for.
type Options struct {
	Source string // that the panels name
	Marked []int  // rows that somebody has marked, which lines by year columns show
}

// most suggestions that are made, and of one kind.
const (
	mostCharts  = 16
	mostOfAKind = 4
)

// chooser finds charts that may be made.
type chooser struct{ drafter }

// idea is a chart that may be made.
type idea struct {
	columns []int
	weak    bool // not for the first look
	make    func(context.Context) (Suggestion, error)
}

// Charts returns the charts that fit, in the order in which they are shown. It
// is never empty: where nothing fits, a sentence says why.
func Charts(ctx context.Context, f frame.Frame, facts []Facts, o Options) ([]Suggestion, error) {
	c := chooser{drafter{newColumns(f, facts, o)}}
	var firsts, later []idea
	used := map[int]bool{}
	for _, kind := range []func(context.Context) ([]idea, error){
		c.places, c.yearColumns, c.overTime, c.overYears, c.byCategory, c.twoMeasures, c.twoCategories, c.alone,
	} {
		ideas, err := kind(ctx)
		if err != nil {
			return nil, err
		}
		ideas = ideas[:min(len(ideas), mostOfAKind)]
		best := c.freshest(ideas, used)
		if best < 0 {
			later = append(later, ideas...)
			continue
		}
		firsts = append(firsts, ideas[best])
		for _, i := range ideas[best].columns {
			used[i] = true
		}
		later = append(later, slices.Delete(slices.Clone(ideas), best, best+1)...)
	}
	return c.made(ctx, firsts, later)
}

// freshest returns the idea that uses the most columns that no other one does,
// -1 if none uses any.
func (c *chooser) freshest(ideas []idea, used map[int]bool) int {
	best, most := -1, 0
	for k, d := range ideas {
		fresh := 0
		for _, i := range d.columns {
			if !used[i] {
				fresh += 2
				if c.facts[i].Weak() {
					fresh--
				}
			}
		}
		if fresh > most && !d.weak {
			best, most = k, fresh
		}
	}
	return best
}

// made makes the charts of ideas.
func (c *chooser) made(ctx context.Context, firsts, later []idea) (all []Suggestion, err error) {
	titles := map[string]bool{}
	for k, d := range slices.Concat(firsts, later) {
		if len(all) == mostCharts {
			break
		}
		s, err := d.make(ctx)
		if err != nil {
			return nil, err
		}
		if titles[s.Title] {
			continue
		}
		titles[s.Title] = true
		for _, i := range d.columns {
			s.Columns = append(s.Columns, c.facts[i].Name)
		}
		s.New = k < len(firsts)
		all = append(all, s)
	}
	if all == nil {
		all = append(all, c.nothing())
	}
	return all, nil
}

// nothing says why there is no chart.
func (c *chooser) nothing() Suggestion {
	why := "No chart fits: no column has figures, dates or groups of rows."
	switch {
	case c.f.Len() == 0:
		why = "No chart fits: there are no rows."
	case len(c.times) > 0:
		why = "No chart fits: no column has figures to draw over " + c.name(c.times[0]) + "."
	case len(c.facts) == 1 && c.roles[0] == Constant:
		why = "No chart fits: " + c.name(0) + " is the same in all rows."
	case len(c.facts) == 1 && c.roles[0] == ID:
		why = "No chart fits: " + c.name(0) + " only tells rows apart."
	}
	return Suggestion{Title: why, Panel: dashboard.Panel{Kind: "markdown", Width: 1, Spec: &dashboard.Markdown{Text: why}}}
}
