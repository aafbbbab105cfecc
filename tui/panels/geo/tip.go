package geo

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
)

// The smallest map that has room for a tip beside what it tells of; a smaller
// one has only the row of the read-out.
const tipMinW, tipMinH = 36, 9

// tip is what is written beside the pointer, and where on the map.
type tip struct {
	rect
	title, detail string
}

// tipOf tells what is picked at a pointer; where there is no room for it the
// tip has no size.
func tipOf(p *mapview.Painter, area rect, f *mapview.Frame, at pointer, title, detail string) (t tip) {
	if area.W < tipMinW || area.H < tipMinH {
		return t
	}
	room := min(area.W/2, 40) - 2
	t.title, t.detail = cell.Cut(title, room), cell.Cut(detail, room)
	h := 2
	if t.detail == "" {
		h = 1
	}
	w := max(cell.Width(t.title), cell.Width(t.detail)) + 2
	t.rect = p.TipPlace(area, f, rectOf(at.x-area.X, at.y-area.Y, w, h))
	return t
}

func (s *surface) tip(area rect, t tip) {
	x, y := area.X+t.X, area.Y+t.Y
	s.grid.Rect(x, y, t.W, t.H, s.theme.Overlay)
	s.grid.Text(x+1, y, t.title, s.theme.Text, cell.Bold)
	if t.detail != "" {
		s.grid.Text(x+1, y+1, t.detail, s.theme.Text, 0)
	}
}
