package walk

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// progress draws the title, how much is complete, and the bar.
func (s *surface) progress(r chart.Rect, title string, walk *run) {
	t, x := s.theme, r.X
	if r.W >= 60 && title != "" && cell.Width(title) <= r.W/2 {
		x += s.grid.Text(x, r.Y, title, t.Accent, cell.Bold) + 3
	}
	steps, whole := walk.walk.Steps(), walk.walk.Whole()
	x += s.grid.Text(x, r.Y, fmt.Sprintf("%d%% Complete", 100*steps/whole), t.Text, 0) + 2
	if walk.paused && !walk.done() {
		x += s.grid.Text(x, r.Y, "paused", t.Warn, 0) + 2
	}
	full, rest := "━", "─"
	if s.ascii() {
		full, rest = "=", "-"
	}
	w := max(0, r.X+r.W-x)
	done := w * steps / whole
	s.grid.Text(x, r.Y, strings.Repeat(full, done), t.Accent, 0)
	s.grid.Text(x+done, r.Y, strings.Repeat(rest, w-done), t.Faint, 0)
}

// readout writes the value under the cursor, or the walk in one line. What
// does not fit is left out from the end.
func (s *surface) readout(x, y, w int, c *contents) {
	parts, color := c.summary(), s.theme.Muted
	if c.read >= 0 {
		parts, color = c.reading(), s.theme.Text
	}
	if c.zoomed {
		w -= s.part(x, y, w, c)
	}
	line := ""
	for i, text := range parts {
		if i > 0 {
			text = line + " · " + text
		}
		if cell.Width(text) > w {
			break
		}
		line = text
	}
	s.grid.Text(x, y, line, color, 0)
}

// part says which part is in view, and how to see all of it, at the right
// end of w cells; it returns the cells that it took.
func (s *surface) part(x, y, w int, c *contents) int {
	text := fmt.Sprintf("%.0f to %.0f", c.lo, c.hi)
	n := cell.Width(text) + 1 + showsAll.width()
	if n > w {
		return 0
	}
	x += w - n
	s.grid.Text(x, y, text, s.theme.Muted, 0)
	s.control(x+cell.Width(text)+1, y, showsAll)
	return n + 1
}
