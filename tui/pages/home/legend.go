package home

import (
	"fmt"
	"math"
	"strconv"

	"github.com/authtabs/tabgate/tui/theme"
)

// An entry says what a colour of a sketch stands for, with a figure of it.
type entry struct {
	color theme.RGB
	text  string
}

func (f *figures) walkLegend(t *theme.Theme) []entry {
	return []entry{
		{t.Series[0], "today's walk: seed " + strconv.Itoa(f.day)},
		{t.Series[2], fmt.Sprintf("ends at %.2f", f.walk[len(f.walk)-1])},
		{t.Background, fmt.Sprintf("from %.2f to %.2f", f.low, f.high)},
	}
}

func (f *figures) cityLegend(t *theme.Theme) []entry {
	var out []entry
	if f.racks > 0 {
		out = append(out, entry{t.Map.Classes[len(t.Map.Classes)-1], thousands(f.racks) + " bike racks"})
	}
	if f.riders > 0 {
		out = append(out, entry{t.Map.Arc, thousands(f.riders) + " passengers outbound"})
	}
	return out
}

// areasLegend gives each region with its last value: the table has thousands
// of dollars, the legend billions, as the page does.
func (f *figures) areasLegend(t *theme.Theme) []entry {
	var out []entry
	for i, name := range f.names {
		text := name
		if last := f.areas[i][len(f.areas[i])-1]; !math.IsNaN(last) {
			text += ": $" + thousands(int(math.Round(last/1e6))) + "B"
		}
		out = append(out, entry{t.Series[i*2%len(t.Series)], text})
	}
	if len(out) > 0 {
		out = append(out, entry{t.Background, f.years})
	}
	return out
}

// thousands writes a whole number from 0 with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
