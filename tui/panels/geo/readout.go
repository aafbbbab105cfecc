package geo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// readout is what is told beside the map: of what is picked, of the view, and
// of the rows.
type readout struct {
	figs          *figures
	pinned        mapview.Pick
	title, detail string        // of what is under the pointer, else of what is pinned
	at            mapview.Point // under the pointer, else the middle
	view          mapview.View
	told          string // what is not on the map
	credit        string // of the ground
}

func (r *readout) where() string {
	return mapview.Coordinates(r.at.Lat, r.at.Lon, max(r.view.Zoom, 11))
}

func (r *readout) stance() string {
	return fmt.Sprintf("zoom %.1f  pitch %.0f°", r.view.Zoom, r.view.Pitch)
}

func (r *readout) bearing() string { return fmt.Sprintf("bearing %.0f°", r.view.Bearing) }

// readSide writes the read-out in the side bar from row y on, and returns the
// last row.
func (s *surface) readSide(x, y, bottom int, r *readout) int {
	t, g := s.theme, s.grid
	put := func(text string, fg cell.RGB, attr cell.Attr) {
		for _, line := range page.Wrap(text, sideWidth-3) {
			if y < bottom {
				g.Text(x, y, line, fg, attr)
				y++
			}
		}
	}
	if r.title != "" {
		put(r.title, t.Text, cell.Bold)
		put(r.detail, t.Text, 0)
	}
	if r.told != "" {
		put(r.told, t.Muted, 0)
	}
	put(r.where(), t.Muted, 0)
	put(r.stance(), t.Muted, 0)
	if r.view.Bearing != 0 {
		put(r.bearing(), t.Muted, 0)
	}
	return y - 1
}

// greatest lists the names with the greatest figures at the foot of the side
// bar, each a click away.
func (s *surface) greatest(x, top, bottom int, f *figures, pinned mapview.Pick) {
	t, g, names := s.theme, s.grid, &f.index
	rows := min(len(names.order), 8, bottom-top-1)
	if rows < 3 || !names.ranked() || !f.pick(names.order[0]).OK {
		return
	}
	y := bottom - rows - 1
	g.Text(x, y, cell.Cut("Most "+words(names.field), sideWidth-2), t.Muted, 0)
	for i, k := range names.order[:rows] {
		fg := t.Text
		if pinned.OK && pinned == f.pick(k) {
			fg = t.Accent
		}
		n := names.figureOf(k)
		g.Text(x, y+1+i, shortName(names.list[k].name, sideWidth-4-cell.Width(n)), fg, 0)
		g.Text(x+sideWidth-3-cell.Width(n), y+1+i, n, t.Muted, 0)
		s.zones.Add(rectOf(x, y+1+i, sideWidth-2, 1), target{kind: listedName, index: k})
	}
}

// readRow writes the read-out in a row, from x on, the view at the right where
// there is room. What there is besides, where nothing is picked, is written in
// its place.
func (s *surface) readRow(row rect, x int, r *readout, besides string) {
	if row.H == 0 || r.figs.none() {
		return
	}
	t, g := s.theme, s.grid
	end := row.X + row.W
	switch {
	case r.title != "":
		detail := ""
		if r.detail != "" {
			detail = "  " + r.detail
		}
		room := max(end-x-1-cell.Width(detail), 8)
		x += g.Text(x, row.Y, cell.Cut(r.title, room), t.Text, cell.Bold)
		x += g.Text(x, row.Y, cell.Cut(detail, end-x), t.Text, 0) + 2
	case besides != "":
		x += g.Text(x, row.Y, cell.Cut(besides, end-x-1), t.Muted, 0) + 2
	}
	stance := r.stance()
	if r.view.Bearing != 0 {
		stance += "  " + r.bearing()
	}
	right := r.where() + "  " + stance
	if x+cell.Width(right)+1 > end {
		right = stance
	}
	if at := end - cell.Width(right) - 1; at >= x {
		g.Text(at, row.Y, right, t.Muted, 0)
	}
}

// besides is what is told where nothing is picked: what is not on the map, and
// whose the ground is.
func (r *readout) besides() string {
	return strings.Join(slices.DeleteFunc([]string{r.told, r.credit}, func(s string) bool { return s == "" }), " · ")
}

// scale writes the scale bar from a cell of a row on, where there is a map, and
// returns where it ends.
func (s *surface) scale(row, area rect, r *readout, x int) int {
	t, g := s.theme, s.grid
	name, cells := mapview.ScaleBar(r.view, area)
	if row.H == 0 || r.figs.none() || cells+cell.Width(name)+2 > row.W {
		return x
	}
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
	return x + 1 + g.Text(x+1, row.Y, name, t.Muted, 0) + 2
}

// status writes the scale bar, from the row's margin on, and whose the ground
// is.
func (s *surface) status(row, area rect, r *readout, margin int) {
	x := s.scale(row, area, r, row.X+margin)
	if room := row.X + row.W - x - 1; row.H > 0 && room > 12 && !r.figs.none() {
		text := cell.Cut(r.credit, room)
		s.grid.Text(row.X+row.W-cell.Width(text)-1, row.Y, text, s.theme.Muted, 0)
	}
}

// north says where north is on a map that is turned, in its upper right corner.
func (s *surface) north(area rect, bearing float64) {
	text := "N " + string([]rune("↑↖←↙↓↘→↗")[int(bearing/45+8.5)%8])
	if bearing == 0 || area.W < 12 || area.H < 3 {
		return
	}
	x := area.X + area.W - cell.Width(text) - 1
	for i := range cell.Width(text) {
		if c := s.grid.At(x+i, area.Y); c != nil {
			c.BG = cell.FromRGB(cell.Mix(c.BG.RGB(), s.theme.Background, 0.74))
		}
	}
	s.grid.Text(x, area.Y, text, s.theme.Text, cell.Bold)
}
