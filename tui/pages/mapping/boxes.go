package mapping

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// Shorter names of the layers, for narrow windows.
var (
	layerShort  = [4]string{"Bikes", "Exits", "Names", "Flow"}
	layerLetter = [4]string{"B", "E", "N", "F"}
)

const heading = "Map Layers"

// box draws one check box with its name and makes it clickable; it gives the
// cells it took.
func (s *surface) box(x, y, layer int, on bool, name string, room int) int {
	t, g := s.theme, s.grid
	fg := t.Muted
	if on {
		fg = t.Text
	}
	w := g.Text(x, y, checked(on), t.Accent, cell.Bold)
	w += g.Text(x+w, y, cell.Cut(name, max(room-w, 0)), fg, 0)
	s.zones.Add(rectOf(x, y, w, 1), target{kind: checkBox, index: layer})
	return w
}

// boxRow draws the check boxes in one row: with their full names, the short
// ones, or letters, whichever fit.
func (s *surface) boxRow(r rect, shown mapview.Layers, withHeading bool) {
	x, gap := r.X, 1
	names := layerNames
	length := func() (n int) {
		for _, name := range names {
			n += 4 + cell.Width(name) + gap
		}
		return n
	}
	if length() > r.W {
		names = layerShort
	}
	if length()-1 > r.W {
		names = layerLetter
	}
	if withHeading && length()+cell.Width(heading)+2 <= r.W {
		x += 1 + s.grid.Text(x+1, r.Y, heading, s.theme.Accent, cell.Bold) + 1
	}
	if free := r.X + r.W - x - length(); free >= 5 {
		x, gap = x+1, 2
	}
	for i, name := range names {
		x += s.box(x, r.Y, i, shown[i], name, r.X+r.W-x) + gap
	}
}

func checked(on bool) string {
	if on {
		return "[x] "
	}
	return "[ ] "
}
