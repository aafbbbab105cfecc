package mapping

import (
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/canvas"
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
		x := 1 + a.grid.Text(1, l.legend.y, heading, t.Accent, canvas.Bold) + 3
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
	t, g := a.env.Theme, &a.grid
	const x = 1
	bottom := l.panel.y + l.panel.h
	g.Text(x, 0, heading, t.Accent, canvas.Bold)
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
				g.Text(x, y, line, t.Text, canvas.Bold)
				y++
			}
		}
		g.Text(x, y, canvas.Cut(detail, sideWidth-2), t.Text, 0)
		y++
	}
	g.Text(x, y, canvas.Cut(a.whereabouts(), sideWidth-2), t.Muted, 0)
	g.Text(x, y+1, canvas.Cut(a.stance(), sideWidth-2), t.Muted, 0)
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
	s := fmt.Sprintf("zoom %.1f  pitch %.0f°", a.view.Zoom, a.view.Pitch)
	if a.view.Bearing != 0 {
		s += fmt.Sprintf("  %.0f°", a.view.Bearing)
	}
	return s
}

// drawRead writes the read-out in one row, the view at the right where there
// is room. With no row for the origin it stands here while nothing is picked.
func (a *atlas) drawRead(r rect, origin bool) {
	t, g := a.env.Theme, &a.grid
	title, detail := a.scene.words(a.subject())
	x := r.x + 1
	if title != "" {
		detail = "  " + detail
		room := max(r.w-2-canvas.Width(detail), 8)
		x += g.Text(x, r.y, canvas.Cut(title, room), t.Text, canvas.Bold)
		x += g.Text(x, r.y, canvas.Cut(detail, r.x+r.w-x), t.Text, 0) + 2
	}
	if title == "" && !origin {
		g.Text(x, r.y, canvas.Cut(a.originLine(), r.w-2), t.Muted, 0)
		return
	}
	right := a.whereabouts() + "  " + a.stance()
	if x+canvas.Width(right)+1 > r.x+r.w {
		right = a.stance()
	}
	if at := r.x + r.w - canvas.Width(right) - 1; at >= x {
		g.Text(at, r.y, right, t.Muted, 0)
	}
}

// drawStatus writes the scale bar and where the figures are from.
func (a *atlas) drawStatus(r, area rect, long bool) {
	t, g := a.env.Theme, &a.grid
	name, cells := scaleBar(a.view, area)
	if cells+canvas.Width(name)+2 > r.w {
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
		text = canvas.Cut(text, room)
		g.Text(r.x+r.w-canvas.Width(text)-1, r.y, text, t.Muted, 0)
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

// drawFinder draws the search over the top of the map.
func (a *atlas) drawFinder(area rect) {
	t, g, f := a.env.Theme, &a.grid, &a.finder
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
	at += g.Text(at, y+1, tail(string(f.text), x+w-3-at), t.Text, canvas.Bold)
	if c := g.At(at, y+1); c != nil && at < x+w-1 {
		c.BG = t.Accent
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
	t, g := a.env.Theme, &a.grid
	st := a.scene.stops[a.finder.found[i]]
	fg, attr := t.Text, canvas.Attr(0)
	mark := "  "
	if i == a.finder.at {
		g.Rect(x+1, y, w-2, 1, t.Selection)
		mark, attr = "▸ ", canvas.Bold
	}
	n := thousands(st.exits)
	g.Text(x+1, y, mark, t.Accent, canvas.Bold)
	g.Text(x+3, y, canvas.Cut(st.name, w-7-canvas.Width(n)), fg, attr)
	g.Text(x+w-2-canvas.Width(n), y, n, t.Muted, 0)
	a.zones = append(a.zones, zone{rect{x, y, w, 1}, -i - 1})
}

// tail gives the end of s that fits into w cells, for a field that is typed
// into.
func tail(s string, w int) string {
	r := []rune(s)
	for len(r) > 0 && canvas.Width(string(r)) > max(w, 0) {
		r = r[1:]
	}
	return string(r)
}
