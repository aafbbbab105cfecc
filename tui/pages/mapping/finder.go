package mapping

import "github.com/authtabs/tabgate/tui/cell"

// drawFinder draws the search over the top of the map.
func (a *atlas) drawFinder(area rect) {
	t, g, f := a.env.Theme, a.grid, &a.finder
	a.zones = a.zones[:0] // Nothing behind the list can be clicked meanwhile.
	w := min(area.w, 44)
	rows := min(len(f.found), 8, max(area.h-3, 0))
	x, y := area.x+(area.w-w)/2, area.y
	h := rows + 3
	if rows == 0 {
		h = 4
	}
	h = min(h, area.h)
	g.Rect(x, y, w, h, t.Overlay)
	g.Box(x, y, w, h, t.Accent)
	at := x + 2 + g.Text(x+2, y+1, "Find a stop: ", t.Muted, 0)
	before, after := f.field.Around(x + w - 3 - at)
	at += g.Text(at, y+1, before, t.Text, cell.Bold)
	g.Text(at, y+1, after, t.Text, cell.Bold)
	if c := g.At(at, y+1); c != nil && at < x+w-1 {
		c.BG = cell.FromRGB(t.Accent)
	}
	if rows == 0 && h > 3 {
		g.Text(x+2, y+2, "No results", t.Muted, 0)
		return
	}
	first := max(min(f.at-rows/2, len(f.found)-rows), 0)
	for i := range rows {
		a.finderRow(x, y+2+i, w, first+i)
	}
}

func (a *atlas) finderRow(x, y, w, i int) {
	t, g := a.env.Theme, a.grid
	st := a.scene.stops[a.finder.found[i]]
	fg, attr := t.Text, cell.Attr(0)
	mark := "  "
	if i == a.finder.at {
		g.Rect(x+1, y, w-2, 1, t.Selection)
		mark, attr = "▸ ", cell.Bold
	}
	n := thousands(st.exits)
	g.Text(x+1, y, mark, t.Accent, cell.Bold)
	g.Text(x+3, y, cell.Cut(st.name, w-7-cell.Width(n)), fg, attr)
	g.Text(x+w-2-cell.Width(n), y, n, t.Muted, 0)
	a.zones.Add(cell.Rect{X: x, Y: y, W: w, H: 1}, target{listedStop, a.finder.found[i]})
}
