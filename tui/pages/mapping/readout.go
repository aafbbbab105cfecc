package mapping

import (
	"fmt"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// readout is what is told beside the map: of what is picked, of the view, and
// where the figures are from.
type readout struct {
	scene         *mapview.Scene
	layers        mapview.Layers
	pinned        mapview.Pick
	title, detail string     // of what is under the pointer, else of what is pinned
	at            data.Point // under the pointer, else the middle
	view          mapview.View
	origin        string
}

func (r *readout) where() string { return mapview.Coordinates(r.at.Lat, r.at.Lon) }

func (r *readout) stance() string {
	return fmt.Sprintf("zoom %.1f  pitch %.0f°", r.view.Zoom, r.view.Pitch)
}

func (r *readout) bearing() string { return fmt.Sprintf("bearing %.0f°", r.view.Bearing) }

// readPanel writes the read-out in the side panel from row y on, and returns
// the last row.
func (s *surface) readPanel(x, y, bottom int, r *readout) int {
	t, g := s.theme, s.grid
	if r.title != "" {
		for _, line := range page.Wrap(r.title, sideWidth-3) {
			if y < bottom {
				g.Text(x, y, line, t.Text, cell.Bold)
				y++
			}
		}
		g.Text(x, y, cell.Cut(r.detail, sideWidth-2), t.Text, 0)
		y++
	}
	g.Text(x, y, cell.Cut(r.where(), sideWidth-2), t.Muted, 0)
	g.Text(x, y+1, cell.Cut(r.stance(), sideWidth-2), t.Muted, 0)
	if r.view.Bearing != 0 && y+2 < bottom {
		y++
		g.Text(x, y+1, r.bearing(), t.Muted, 0)
	}
	return y
}

// busiest lists the stops with the most exits at the foot of the panel, each a
// click away.
func (s *surface) busiest(x, top, bottom int, sc *mapview.Scene, pinned mapview.Pick) {
	t, g := s.theme, s.grid
	rows := min(len(sc.Busiest), 8, bottom-top-1)
	if rows < 3 {
		return
	}
	y := bottom - rows - 1
	g.Text(x, y, "Busiest stops", t.Muted, 0)
	for i, k := range sc.Busiest[:rows] {
		st, fg := &sc.Stops[k], t.Text
		if pinned.Is(mapview.Exits, k) || pinned.Is(mapview.Names, k) {
			fg = t.Accent
		}
		n := mapview.Count(st.Exits)
		g.Text(x, y+1+i, cell.Cut(st.Short, sideWidth-4-len(n)), fg, 0)
		g.Text(x+sideWidth-3-len(n), y+1+i, n, t.Muted, 0)
		s.zones.Add(rectOf(x, y+1+i, sideWidth-2, 1), target{kind: listedStop, index: k})
	}
}

// readRow writes the read-out in one row, the view at the right where there is
// room. With no row for the origin it stands here while nothing is picked.
func (s *surface) readRow(row rect, r *readout, ownRow bool) {
	t, g := s.theme, s.grid
	x := row.X + 1
	if r.title != "" {
		detail := "  " + r.detail
		room := max(row.W-2-cell.Width(detail), 8)
		x += g.Text(x, row.Y, cell.Cut(r.title, room), t.Text, cell.Bold)
		x += g.Text(x, row.Y, cell.Cut(detail, row.X+row.W-x), t.Text, 0) + 2
	}
	if r.title == "" && !ownRow {
		g.Text(x, row.Y, cell.Cut(r.origin, row.W-2), t.Muted, 0)
		return
	}
	stance := r.stance()
	if r.view.Bearing != 0 {
		stance += "  " + r.bearing()
	}
	right := r.where() + "  " + stance
	if x+cell.Width(right)+1 > row.X+row.W {
		right = stance
	}
	if at := row.X + row.W - cell.Width(right) - 1; at >= x {
		g.Text(at, row.Y, right, t.Muted, 0)
	}
}

// status writes the scale bar, from the row's margin on, and where the figures
// are from.
func (s *surface) status(row, area rect, r *readout, margin int) {
	t, g := s.theme, s.grid
	name, cells := mapview.ScaleBar(r.view, area)
	if cells+cell.Width(name)+2 > row.W {
		return
	}
	x := row.X + margin
	for i := range cells {
		sign := "─"
		switch i {
		case 0:
			sign = "├"
		case cells - 1:
			sign = "┤"
		}
		x += g.Text(x, row.Y, sign, t.Muted, 0)
	}
	x += 1 + g.Text(x+1, row.Y, name, t.Muted, 0) + 2
	if room := row.X + row.W - x - 1; room > 12 {
		text := cell.Cut(r.origin, room)
		g.Text(row.X+row.W-cell.Width(text)-1, row.Y, text, t.Muted, 0)
	}
}
