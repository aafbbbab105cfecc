package walk

import (
	"fmt"
	"math"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// bins is how many bars the changes are counted in, one standard deviation
// each; the outer two take all that is beyond.
const bins = 7

// changes counts by how much each value differs from the one before.
func changes(s *chart.Series) (counts [bins]int) {
	for i := 1; i < s.Len(); i++ {
		bin := int(math.Round(s.At(i)-s.At(i-1))) + bins/2
		counts[min(max(bin, 0), bins-1)]++
	}
	return counts
}

// histogram draws the changes as bars, if they have room below row y: what
// each value adds is N(0,1), and here one sees it become so.
func (s *surface) histogram(r chart.Rect, y int, series *chart.Series) {
	const label = 5
	if y+bins+1 > r.Y+r.H {
		return
	}
	t, counts, most := s.theme, changes(series), 1
	for _, n := range counts {
		most = max(most, n)
	}
	s.grid.Text(r.X, y, "Changes", t.Accent, cell.Bold)
	for i, n := range counts {
		y++
		s.grid.Text(r.X, y, binName(i), t.Muted, 0)
		bar := bar(float64(n)/float64(most), r.W-label-5, s.ascii())
		used := s.grid.Text(r.X+label, y, bar, chart.NewLook(t, false).Color(0), 0)
		if n > 0 {
			s.grid.Text(r.X+label+used+1, y, fmt.Sprint(n), t.Muted, 0)
		}
	}
}

// binName says what a bar counts, in round numbers.
func binName(i int) string {
	switch v := i - bins/2; {
	case i == 0:
		return fmt.Sprintf("≤%d", v)
	case i == bins-1:
		return fmt.Sprintf("≥+%d", v)
	case v > 0:
		return fmt.Sprintf(" +%d", v)
	default:
		return fmt.Sprintf("%3d", v)
	}
}

// bar gives a bar of share times w cells, to an eighth of a cell.
func bar(share float64, w int, ascii bool) string {
	eighths := int(math.Round(share * float64(w) * 8))
	if ascii {
		return strings.Repeat("#", (eighths+4)/8)
	}
	bar := strings.Repeat("█", eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += string([]rune(" ▏▎▍▌▋▊▉")[rest])
	}
	return bar
}
