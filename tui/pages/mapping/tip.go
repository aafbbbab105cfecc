package mapping

import (
	"github.com/authtabs/tabgate/tui/cell"
)

// The smallest map that has room for a tip beside what it tells of; a smaller
// one has only the row of the read-out.
const tipMinW, tipMinH = 36, 9

// tipSteps are where a tip may lie, from the pointer to its nearest corner:
// right and below first, then farther away.
var tipSteps = [...][2]int{{2, 1}, {2, -1}, {-2, 1}, {-2, -1}, {4, 2}, {-4, 2}, {4, -3}, {-4, -3}, {8, 4}, {-8, 4}, {8, -5}, {-8, -5}}

// tip is what is written beside the pointer, and where on the map.
type tip struct {
	rect
	title, detail string
}

// tipOf tells what is under the pointer; where there is no room for it the tip
// has no size.
func (a *atlas) tipOf(area rect, f *frame) (t tip) {
	if !a.hover.ok || a.pointer.kind == list || area.w < tipMinW || area.h < tipMinH {
		return t
	}
	t.title, t.detail = a.scene.words(a.hover)
	room := min(area.w/2, 40) - 2
	t.title, t.detail = cell.Cut(t.title, room), cell.Cut(t.detail, room)
	w := max(cell.Width(t.title), cell.Width(t.detail)) + 2
	t.rect = a.painter.tipPlace(f, rect{a.pointer.x - area.x, a.pointer.y - area.y, w, 2})
	return t
}

func (a *atlas) drawTip(area rect, t tip) {
	th, g := a.env.Theme, a.grid
	x, y := area.x+t.x, area.y+t.y
	g.Rect(x, y, t.w, t.h, th.Overlay)
	g.Text(x+1, y, t.title, th.Text, cell.Bold)
	g.Text(x+1, y+1, t.detail, th.Text, 0)
}

// tipPlace moves a rectangle that begins at the pointer, in cells of the map,
// to the first place that leaves the picked thing free.
func (p *painter) tipPlace(f *frame, tip rect) rect {
	p.reset()
	p.keepFree(f)
	inside := tip
	inside.x, inside.y = min(tip.x+2, max(p.area.w-tip.w, 0)), min(tip.y+1, max(p.area.h-tip.h, 0))
	for _, s := range tipSteps {
		at := tip
		at.x, at.y = tip.x+s[0], tip.y+s[1]
		if s[0] < 0 {
			at.x -= tip.w - 1
		}
		if s[1] < 0 {
			at.y -= tip.h - 1
		}
		if at.x < 0 || at.y < 0 || at.x+at.w > p.area.w || at.y+at.h > p.area.h {
			continue
		}
		if inside = at; p.clear(at) {
			return at
		}
	}
	return inside
}

// clear tells whether no cell of a rectangle on the map is taken.
func (p *painter) clear(r rect) bool {
	for y := r.y; y < r.y+r.h; y++ {
		for _, taken := range p.taken[y*p.area.w+r.x : y*p.area.w+r.x+r.w] {
			if taken {
				return false
			}
		}
	}
	return true
}
