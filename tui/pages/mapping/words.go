package mapping

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// drawWords draws everything that is not the map.
func (a *atlas) drawWords(l layout, look look) {
	t := a.env.Theme
	switch l.shape {
	case sideBar:
		a.drawSide(l, look)
		a.drawStatus(l.status, l.area, true)
	case topBar:
		x := 1 + a.grid.Text(1, l.legend.y, heading, t.Accent, cell.Bold) + 3
		a.legendRow(rect{x, l.legend.y, l.legend.w - x, 1}, look)
		a.boxRow(l.boxes, false)
		a.drawRead(l.read, true)
		a.drawStatus(l.status, l.area, false)
	case single:
		a.boxRow(l.boxes, true)
		if l.legend.h > 0 {
			a.legendRow(l.legend, look)
		}
		if l.read.h > 0 {
			a.drawRead(l.read, l.status.h > 0)
		}
		if l.status.h > 0 {
			a.drawStatus(l.status, l.area, false)
		}
	}
}

// drawSide fills the side panel: check boxes, legends, read-out, view.
func (a *atlas) drawSide(l layout, look look) {
	t, g := a.env.Theme, a.grid
	const x = 1
	bottom := l.panel.y + l.panel.h
	g.Text(x, 0, heading, t.Accent, cell.Bold)
	for i, name := range layerNames {
		a.box(x, 2+i, i, name, sideWidth-x)
	}
	y := a.legendPanel(x, 8, bottom-6, look)
	if y+5 > bottom {
		return
	}
	title, detail := a.scene.words(a.subject())
	if title != "" {
		for _, line := range page.Wrap(title, sideWidth-3) {
			if y < bottom {
				g.Text(x, y, line, t.Text, cell.Bold)
				y++
			}
		}
		g.Text(x, y, cell.Cut(detail, sideWidth-2), t.Text, 0)
		y++
	}
	g.Text(x, y, cell.Cut(a.whereabouts(), sideWidth-2), t.Muted, 0)
	g.Text(x, y+1, cell.Cut(a.stance(), sideWidth-2), t.Muted, 0)
	if a.view.Bearing != 0 && y+2 < bottom {
		y++
		g.Text(x, y+1, a.bearing(), t.Muted, 0)
	}
	a.drawBusiest(x, y+3, bottom)
}

// drawBusiest lists the stops with the most exits at the foot of the panel,
// each a click away.
func (a *atlas) drawBusiest(x, top, bottom int) {
	t, g, s := a.env.Theme, a.grid, a.scene
	rows := min(len(s.busiest), 8, bottom-top-1)
	if rows < 3 || !a.layers[exits] && !a.layers[names] {
		return
	}
	y := bottom - rows - 1
	g.Text(x, y, "Busiest stops", t.Muted, 0)
	for i, k := range s.busiest[:rows] {
		st, fg := &s.stops[k], t.Text
		if a.pinned.is(exits, k) || a.pinned.is(names, k) {
			fg = t.Accent
		}
		n := thousands(st.exits)
		g.Text(x, y+1+i, cell.Cut(st.short, sideWidth-4-len(n)), fg, 0)
		g.Text(x+sideWidth-3-len(n), y+1+i, n, t.Muted, 0)
		a.zones.Add(cell.Rect{X: x, Y: y + 1 + i, W: sideWidth - 2, H: 1}, target{listedStop, k})
	}
}

// subject is what the read-out is about: what is under the pointer, else what
// is pinned.
func (a *atlas) subject() pick {
	if a.hover.ok {
		return a.hover
	}
	return a.pinned
}

// whereabouts gives the coordinates under the pointer, else of the middle.
func (a *atlas) whereabouts() string {
	px, py, ok := a.pointed()
	if !ok {
		return coordinates(a.view.Lat, a.view.Lon)
	}
	w, h := a.pictureSize()
	c := newCamera(a.view, w, h)
	p := data.Unproject(c.unproject(px, py))
	return coordinates(p.Lat, p.Lon)
}

func (a *atlas) stance() string {
	return fmt.Sprintf("zoom %.1f  pitch %.0f°", a.view.Zoom, a.view.Pitch)
}

func (a *atlas) bearing() string { return fmt.Sprintf("bearing %.0f°", a.view.Bearing) }

// drawRead writes the read-out in one row, the view at the right where there
// is room. With no row for the origin it stands here while nothing is picked.
func (a *atlas) drawRead(r rect, origin bool) {
	t, g := a.env.Theme, a.grid
	title, detail := a.scene.words(a.subject())
	x := r.x + 1
	if title != "" {
		detail = "  " + detail
		room := max(r.w-2-cell.Width(detail), 8)
		x += g.Text(x, r.y, cell.Cut(title, room), t.Text, cell.Bold)
		x += g.Text(x, r.y, cell.Cut(detail, r.x+r.w-x), t.Text, 0) + 2
	}
	if title == "" && !origin {
		g.Text(x, r.y, cell.Cut(a.originLine(), r.w-2), t.Muted, 0)
		return
	}
	stance := a.stance()
	if a.view.Bearing != 0 {
		stance += "  " + a.bearing()
	}
	right := a.whereabouts() + "  " + stance
	if x+cell.Width(right)+1 > r.x+r.w {
		right = stance
	}
	if at := r.x + r.w - cell.Width(right) - 1; at >= x {
		g.Text(at, r.y, right, t.Muted, 0)
	}
}

// drawStatus writes the scale bar and where the figures are from.
func (a *atlas) drawStatus(r, area rect, long bool) {
	t, g := a.env.Theme, a.grid
	name, cells := scaleBar(a.view, area)
	if cells+cell.Width(name)+2 > r.w {
		return
	}
	x := r.x
	if !long {
		x++
	}
	for i := range cells {
		sign := "─"
		switch i {
		case 0:
			sign = "├"
		case cells - 1:
			sign = "┤"
		}
		x += g.Text(x, r.y, sign, t.Muted, 0)
	}
	x += 1 + g.Text(x+1, r.y, name, t.Muted, 0) + 2
	text := a.originLine()
	if room := r.x + r.w - x - 1; room > 12 {
		text = cell.Cut(text, room)
		g.Text(r.x+r.w-cell.Width(text)-1, r.y, text, t.Muted, 0)
	}
}

// originLine says where the figures came from, how old they are, and why they
// are not live.
func (a *atlas) originLine() string {
	o := a.scene.origin
	parts := []string{o.Line(a.env.Now())}
	if a.load.busy {
		parts = append(parts, "asking for live figures…")
	} else if a.load.err != nil {
		parts = append(parts, a.trouble())
	} else if o.Note != "" {
		parts = append(parts, o.Note)
	}
	return session.Clean(strings.Join(parts, " · "), 400)
}
