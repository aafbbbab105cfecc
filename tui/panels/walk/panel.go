package walk

import (
	"fmt"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// about says what the panel shows.
func about(r *run) string {
	return fmt.Sprintf("A random walk, drawn while it is made: %d steps of %d values, one step each %d ms.", r.walk.Whole(), data.WalkRows, stepTime.Milliseconds())
}

// panel draws facts and controls at the right of a wide window.
func (s *surface) panel(r chart.Rect, c *contents) {
	t := s.theme
	for y := range r.H {
		s.grid.Text(r.X-2, y, "│", t.Faint, 0)
	}
	y := r.Y
	for _, line := range cell.Wrap(about(c.run), r.W) {
		s.grid.Text(r.X, y, line, t.Muted, 0)
		y++
	}
	s.below(r, s.facts(r, y+1, "Walk", c.walkFacts())+1, c)
}

// below draws the controls from row y on, the bars, and what the cursor reads.
// That comes last, and in the place of the bars where both have no room: the
// controls must not move under the pointer that reads. Only a low window has
// it above them.
func (s *surface) below(r chart.Rect, y int, c *contents) {
	cursor := c.cursorFacts()
	const barRows, factRows = bins + 1, 5
	all := controlsOf(c.run, c.mode)
	if c.zoomed && c.mode == browsing {
		all = append(all, showsAll)
	}
	if s.bare {
		all = nil
	}
	rows := rowsOf(all, r.W)
	end := y + 2*len(rows)
	if c.mode == typing {
		end = y + 2
	}
	switch bottom := r.Y + r.H; {
	case cursor == nil:
		s.histogram(r, s.stack(r, y, rows, c)+2, c.run.series)
	case end+barRows+1+factRows <= bottom:
		s.stack(r, y, rows, c)
		s.histogram(r, end, c.run.series)
		s.facts(r, end+barRows+1, "Cursor", cursor)
	case end+factRows <= bottom:
		s.stack(r, y, rows, c)
		s.facts(r, end, "Cursor", cursor)
	default:
		s.stack(r, s.facts(r, y, "Cursor", cursor)+1, rows, c)
	}
}

// facts writes a heading and a name and a value a row, and gives the next
// row.
func (s *surface) facts(r chart.Rect, y int, heading string, facts []fact) int {
	t := s.theme
	s.grid.Text(r.X, y, heading, t.Accent, cell.Bold)
	for _, f := range facts {
		y++
		s.grid.Text(r.X, y, f.name, t.Muted, 0)
		s.grid.Text(r.X+r.W-cell.Width(f.value), y, f.value, t.Text, 0)
	}
	return y + 1
}

// stack draws the controls below each other, while there is room, and gives
// the last row.
func (s *surface) stack(r chart.Rect, y int, rows [][]control, c *contents) int {
	if c.mode == typing {
		s.prompt(r.X, y, r.W, c.field)
		return y
	}
	for i, row := range rows {
		if y+2*i >= r.Y+r.H {
			break
		}
		s.row(r.X, y+2*i, row)
	}
	return y + 2*(len(rows)-1)
}
