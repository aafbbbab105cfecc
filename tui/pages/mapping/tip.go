package mapping

import (
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
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
func tipOf(p *mapview.Painter, area rect, f *mapview.Frame, at pointer) (t tip) {
	if area.W < tipMinW || area.H < tipMinH {
		return t
	}
	t.title, t.detail = f.Scene.Words(f.Picked)
	room := min(area.W/2, 40) - 2
	t.title, t.detail = cell.Cut(t.title, room), cell.Cut(t.detail, room)
	w := max(cell.Width(t.title), cell.Width(t.detail)) + 2
	t.rect = p.TipPlace(area, f, rectOf(at.x-area.X, at.y-area.Y, w, 2))
	return t
}

func (s *surface) tip(area rect, t tip) {
	x, y := area.X+t.X, area.Y+t.Y
	s.grid.Rect(x, y, t.W, t.H, s.theme.Overlay)
	s.grid.Text(x+1, y, t.title, s.theme.Text, cell.Bold)
	s.grid.Text(x+1, y+1, t.detail, s.theme.Text, 0)
}
