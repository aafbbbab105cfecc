package mapview

import "github.com/authtabs/tabgate/tui/cell"

// tipSteps are where a tip may lie, from the pointer to its nearest corner:
// right and below first, then farther away.
var tipSteps = [...][2]int{{2, 1}, {2, -1}, {-2, 1}, {-2, -1}, {4, 2}, {-4, 2}, {4, -3}, {-4, -3}, {8, 4}, {-8, 4}, {8, -5}, {-8, -5}}

// TipPlace moves a rectangle that begins at the pointer, in cells of the map,
// to the first place that leaves the picked thing free.
func (p *Painter) TipPlace(area cell.Rect, f *Frame, tip cell.Rect) cell.Rect {
	p.projection = newProjection(area, f)
	p.labels.reset(area.W, area.H)
	p.labels.keepFree(&p.brush, f, f.Picked)
	inside := tip
	inside.X, inside.Y = min(tip.X+2, max(area.W-tip.W, 0)), min(tip.Y+1, max(area.H-tip.H, 0))
	for _, s := range tipSteps {
		at := tip
		at.X, at.Y = tip.X+s[0], tip.Y+s[1]
		if s[0] < 0 {
			at.X -= tip.W - 1
		}
		if s[1] < 0 {
			at.Y -= tip.H - 1
		}
		if at.X < 0 || at.Y < 0 || at.X+at.W > area.W || at.Y+at.H > area.H {
			continue
		}
		if inside = at; p.labels.clear(at) {
			return at
		}
	}
	return inside
}
