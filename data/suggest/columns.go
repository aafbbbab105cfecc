package suggest

import (
	"context"
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// columns knows the columns of a frame by their roles.
type columns struct {
	f     frame.Frame
	facts []Facts
	roles []Role
	o     Options

	categories, measures, times, years []int // each in the order in which it is tried
	yearly                             []int // columns that are named by rising years
}

func newColumns(f frame.Frame, facts []Facts, o Options) *columns {
	c := &columns{f: f, facts: facts, roles: Roles(facts), o: o}
	c.yearly = yearColumns(facts)
	for i, r := range c.roles {
		switch r {
		case Category:
			c.categories = append(c.categories, i)
		case Measure:
			if !slices.Contains(c.yearly, i) {
				c.measures = append(c.measures, i)
			}
		case Time:
			c.times = append(c.times, i)
		case Year:
			c.years = append(c.years, i)
		}
	}
	for _, list := range [][]int{c.categories, c.measures, c.times, c.years} {
		slices.SortStableFunc(list, c.order)
	}
	return c
}

// order puts what has little to show last, and categories of few values first.
func (c *columns) order(a, b int) int { return c.rank(a) - c.rank(b) }

func (c *columns) rank(i int) int {
	f := &c.facts[i]
	switch {
	case f.Weak():
		return 2 + int(math.Round(1e6*f.weakness()))
	case c.roles[i] == Category && f.Distinct > 12:
		return 1
	case c.mayBeGroup(i):
		return 1
	}
	return 0
}

// mayBeGroup reports whether a measure has so few values that it may say to
// which group a row belongs, such as a month by its number.
func (c *columns) mayBeGroup(i int) bool {
	f := &c.facts[i]
	return c.roles[i] == Measure && f.Type == frame.Integer && f.Distinct <= 12 && f.Rows > 50
}

// yearColumns are three or more columns of numbers whose names are rising
// years.
func yearColumns(facts []Facts) (all []int) {
	last := 0
	for i := range facts {
		y := yearOf(facts[i].Name)
		if y == 0 || !facts[i].Type.Numeric() && facts[i].Filled > 0 {
			continue
		}
		if y <= last {
			return nil
		}
		last = y
		all = append(all, i)
	}
	if len(all) < 3 {
		return nil
	}
	return all
}

// yearOf is the year that a column is named by: "1961", or "2004 [YR2004]" as
// the World Bank writes it. It returns 0 for other names.
func yearOf(name string) int {
	if len(name) != 4 && (len(name) < 6 || name[4:6] != " [") {
		return 0
	}
	y := 0
	for _, d := range []byte(name[:4]) {
		if d < '0' || d > '9' {
			return 0
		}
		y = y*10 + int(d-'0')
	}
	if y < 1500 || y > 2199 {
		return 0
	}
	return y
}

// once reports whether a column has a value in each row, and never the same.
func (f *Facts) once() bool { return f.Filled == f.Rows && f.Distinct >= f.Filled }

// different reports whether the values of a column differ where there are any.
func (f *Facts) different() bool { return f.Distinct >= f.Filled }

// pairsOnce reports whether no two rows agree in both columns.
func (c *columns) pairsOnce(ctx context.Context, a, b int) (bool, error) {
	type pair struct {
		x    float64
		name string
	}
	seen := map[pair]bool{}
	names := map[string]string{}
	once := true
	err := c.f.Scan(ctx, []int{a, b}, 0, c.f.Len(), func(batch *frame.Batch) error {
		for i := range batch.Len {
			x, ok := batch.Columns[0].Float(i)
			if !ok {
				continue
			}
			text := cellText(&batch.Columns[1], i, names)
			if seen[pair{x, text}] {
				once = false
				return frame.ErrStop
			}
			seen[pair{x, text}] = true
		}
		return nil
	})
	return once, err
}

// cellText is the text of a cell; equal texts share their memory.
func cellText(v *frame.Vector, i int, names map[string]string) string {
	var room [64]byte
	b := v.AppendCell(room[:0], i)
	if s, ok := names[string(b)]; ok {
		return s
	}
	s := string(b)
	names[s] = s
	return s
}

// largest returns up to n values of a category, those whose measure is the
// largest as a sum or a mean, in that order; without a measure, those
// of the most rows.
func (c *columns) largest(ctx context.Context, category, measure, n int) ([]string, error) {
	type total struct {
		name string
		sum  float64
		n    int
	}
	at := map[string]int{}
	var totals []total
	names := map[string]string{}
	places := []int{category}
	if measure >= 0 {
		places = append(places, measure)
	}
	err := c.f.Scan(ctx, places, 0, c.f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			x, ok := 1.0, true
			if measure >= 0 {
				x, ok = b.Columns[1].Float(i)
			}
			if !ok || b.Columns[0].IsNull(i) {
				continue
			}
			name := cellText(&b.Columns[0], i, names)
			k, known := at[name]
			if !known {
				k = len(totals)
				at[name] = k
				totals = append(totals, total{name: name})
			}
			totals[k].sum += x
			totals[k].n++
		}
		return nil
	})
	value := func(t total) float64 {
		if measure < 0 || c.facts[measure].Summed() {
			return t.sum
		}
		return t.sum / float64(t.n)
	}
	slices.SortStableFunc(totals, func(a, b total) int {
		switch x, y := value(a), value(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	var out []string
	for _, t := range totals[:min(n, len(totals))] {
		out = append(out, t.name)
	}
	return out, err
}

// alike are measures from a list that can share an axis with the first: they
// have its unit or a word of its name, and a span within ten times.
func (c *columns) alike(measures []int) []int {
	const most = 5
	first := &c.facts[measures[0]]
	all := []int{measures[0]}
	for _, i := range measures[1:] {
		f := &c.facts[i]
		if len(all) < most && !f.Weak() && (first.Unit != "" && f.Unit == first.Unit || first.Unit == f.Unit && shareWord(first.Name, f.Name)) && sameSize(first, f) {
			all = append(all, i)
		}
	}
	slices.Sort(all)
	return all
}

func sameSize(a, b *Facts) bool {
	x, y := a.Greatest-a.Least, b.Greatest-b.Least
	return x <= 10*y && y <= 10*x
}

// shareWord reports whether two names have a word in common that says what is
// measured, not how.
func shareWord(a, b string) bool {
	other := wordsOf(b)
	for _, w := range wordsOf(a) {
		if len([]rune(w)) >= 3 && w[0] > '9' && !slices.Contains(manners, w) && slices.Contains(other, w) {
			return true
		}
	}
	return false
}

var manners = []string{"max", "min", "mean", "avg", "average", "median", "total", "sum", "count", "number", "rate", "per", "and", "the", "for", "with"}
