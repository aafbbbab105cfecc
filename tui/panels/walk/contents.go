package walk

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/widget"
)

// decimals of values that are written out.
const decimals = 2

// contents is what a frame shows.
type contents struct {
	run    *run
	lo, hi float64 // the indices in view
	zoomed bool    // not all is in view
	alone  bool    // the chart has the whole page
	read   int     // the index that is read out, -1 for none
	mode   mode
	field  *widget.Field // the seed that is being typed
}

type fact struct{ name, value string }

// walkFacts tells of the walk.
func (c *contents) walkFacts() []fact {
	s := c.run.series
	low, high := extremes(s)
	return []fact{
		{"step", fmt.Sprintf("%d of %d", c.run.walk.Steps(), c.run.walk.Whole())},
		{"points", fmt.Sprint(s.Len())},
		{"newest", chart.Number(s.At(s.Len()-1), decimals)},
		{"least", fmt.Sprintf("%s at %d", chart.Number(s.At(low), decimals), low)},
		{"greatest", fmt.Sprintf("%s at %d", chart.Number(s.At(high), decimals), high)},
		{"in view", fmt.Sprintf("%.0f to %.0f", c.lo, c.hi)},
		{"made from seed", fmt.Sprint(c.run.seed)},
	}
}

// cursorFacts tells of what is read out; nil is nothing.
func (c *contents) cursorFacts() (out []fact) {
	if c.read < 0 {
		return nil
	}
	for _, s := range c.reading() {
		i := strings.LastIndexByte(s, ' ')
		out = append(out, fact{s[:i], s[i+1:]})
	}
	return out
}

// reading says what is read out.
func (c *contents) reading() []string {
	s, i := c.run.series, c.read
	parts := []string{fmt.Sprintf("index %d", i), "value " + chart.Number(s.At(i), decimals)}
	if i > 0 {
		parts = append(parts, "change "+signed(s.At(i)-s.At(i-1)), "since start "+signed(s.At(i)-s.At(0)))
	}
	return parts
}

// summary says what the walk is and where it comes from.
func (c *contents) summary() []string {
	s := c.run.series
	low, high := extremes(s)
	return []string{
		fmt.Sprintf("%d points", s.Len()),
		fmt.Sprintf("seed %d", c.run.seed),
		fmt.Sprintf("least %s at %d", chart.Number(s.At(low), decimals), low),
		fmt.Sprintf("greatest %s at %d", chart.Number(s.At(high), decimals), high),
		"random walk made here",
	}
}

func signed(v float64) string {
	if v >= 0 {
		return "+" + chart.Number(v, decimals)
	}
	return chart.Number(v, decimals)
}

// extremes returns the indices of the least and the greatest value, the first
// of each.
func extremes(s *chart.Series) (low, high int) {
	for i := range s.Len() {
		if s.At(i) < s.At(low) {
			low = i
		}
		if s.At(i) > s.At(high) {
			high = i
		}
	}
	return low, high
}
