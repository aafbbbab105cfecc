package mapping

import (
	"fmt"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// swatch draws a class's colour, w cells wide; with few or no colours it
// carries the number that stands for the class on the map. A colour that is
// all but the page's has edges.
func (s *surface) swatch(x, y, w, class int) {
	l := s.look
	s.grid.Rect(x, y, w, 1, l.Classes[class])
	if l.Plain {
		fg := cell.Readable(l.Halo, l.Classes[class], 4.5)
		s.grid.Text(x+w/2, y, fmt.Sprint(class+1), fg, 0)
		return
	}
	if edge := s.seen(l.Classes[class]); w > 1 && !l.ASCII && cell.Contrast(l.Classes[class], l.Halo) < 3 {
		s.grid.Text(x, y, "▏", edge, 0)
		s.grid.Text(x+w-1, y, "▕", edge, 0)
	}
}

// legendRow draws the six classes in one row, as much of it as fits, and what
// they count before or behind them.
func (s *surface) legendRow(r rect, sc *mapview.Scene, shown mapview.Layers) {
	if r.H == 0 || !shown[mapview.Bikes] {
		return
	}
	t, g, l := s.theme, s.grid, s.look
	ranges := sc.Ranges()
	need, swatch, gap := 0, 2, 2
	for _, text := range ranges {
		need += cell.Width(text)
	}
	if need+len(ranges)*(swatch+gap+1) > r.W {
		swatch, gap = 1, 1
	}
	x, named := r.X, false
	if title := "racks per hexagon"; cell.Width(title)+2+need+len(ranges)*(swatch+gap+1) <= r.W-13 {
		x += 1 + g.Text(x+1, r.Y, title, t.Muted, 0) + 2
		named = true
	}
	if l.Plain && swatch == 1 {
		ranges = sc.ShortRanges()
	}
	for i, text := range ranges {
		w := cell.Width(text)
		if x+swatch+w > r.X+r.W {
			return
		}
		s.swatch(x, r.Y, swatch, i)
		x += swatch
		if swatch > 1 && x+1+w <= r.X+r.W {
			x++
		}
		x += g.Text(x, r.Y, text, t.Text, 0) + gap
	}
	if unit := "racks"; !named && x+cell.Width(unit) < r.X+r.W {
		g.Text(x, r.Y, unit, t.Muted, 0)
	}
}

// legendPanel draws the legends below each other from row y, and gives the
// next free row.
func (s *surface) legendPanel(x, y, bottom int, sc *mapview.Scene, shown mapview.Layers) int {
	t, g, l := s.theme, s.grid, s.look
	if shown[mapview.Bikes] && y+8 <= bottom {
		g.Text(x, y, "Bike racks per hexagon", t.Muted, 0)
		ranges, counts := sc.Ranges(), sc.Classes()
		for i, text := range ranges {
			s.swatch(x, y+1+i, 3, i)
			g.Text(x+4, y+1+i, text, t.Text, 0)
			n := mapview.Count(counts[i])
			g.Text(x+sideWidth-3-cell.Width(n), y+1+i, n, t.Muted, 0)
		}
		y += 2 + len(ranges)
	}
	if shown[mapview.Exits] && y+3 <= bottom {
		g.Text(x, y, "●", s.seen(cell.Mix(l.Land, l.Exits, mapview.ExitAlpha)), 0)
		g.Text(x+2, y, "exits a weekday", t.Text, 0)
		g.Text(x+2, y+1, "50 m radius per 1,000", t.Muted, 0)
		y += 3
	}
	if shown[mapview.Flows] && y+3 <= bottom {
		g.Text(x, y, "⣤", s.seen(l.Arc), 0)
		g.Text(x+2, y, "outbound passengers", t.Text, 0)
		g.Text(x+2, y+1, "1 px per 10,000, from 3", t.Muted, 0)
		y += 3
	}
	return y
}
