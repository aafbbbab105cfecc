package mapping

import (
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// Draw draws the page.
func (p *Page) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.stale) {
		return false
	}
	s := surface{grid: g, theme: p.env.Theme, zones: p.zones[:0]}
	g.Fill(s.theme.Background)
	p.draw(&s)
	p.zones = s.zones
	if profile(p.env) == termenv.ANSI256 {
		pin(&p.pins, s.theme)
		p.pins.Reduce(g)
	}
	p.stale = false
	return true
}

func (p *Page) draw(s *surface) {
	if p.w == 0 || p.h == 0 {
		return
	}
	l, t, all := arrange(p.w, p.h), s.theme, rect{X: 0, Y: 0, W: p.w, H: p.h}
	s.look = p.look()
	switch {
	case !p.ready() && p.load.err != nil:
		hint := "Press r to try again."
		if p.env.Bare {
			hint = ""
		}
		s.message(all, p.load.trouble(), t.Bad, hint)
		return
	case !p.ready():
		s.message(all, "Loading the map…", t.Muted, "")
		return
	case l.area.W < minMapW || l.area.H < minMapH:
		s.message(all, "Enlarge the window to see the map.", t.Muted, "")
		return
	}
	p.drawMap(s, l.area)
	s.around(l, p.readout())
	if p.finder.open {
		p.finder.draw(s, l.area, p.scene)
	}
}

// look is what the map is painted with.
func (p *Page) look() mapview.Look { return mapview.NewLook(p.env.Theme, p.palette, profile(p.env)) }

// frame is the map as it is to be drawn, with what is pinned picked out.
func (p *Page) frame(l mapview.Look) mapview.Frame {
	return mapview.Frame{Scene: p.scene, View: p.camera.view, Layers: p.layers, Look: l, Picked: p.pinned}
}

// drawMap paints the map, with what is under the pointer or pinned picked
// out.
func (p *Page) drawMap(s *surface, area rect) {
	if p.layers.None() {
		s.message(area, "Please choose at least one layer above.", s.theme.Bad, "Press b, e, n or f.")
		return
	}
	f := p.frame(s.look)
	p.hover = mapview.Pick{}
	switch at := p.pointer; {
	case at.kind == list:
		p.hover = p.scene.PickStop(at.stop, p.layers)
	case at.kind != nothing && area.Has(at.x, at.y) && !p.drag.moved:
		p.hover = p.painter.Under(area, &f, at.x-area.X, at.y-area.Y)
	}
	var t tip
	if p.hover.OK {
		f.Picked = p.hover
		if p.pointer.kind != list {
			t = tipOf(&p.painter, area, &f, p.pointer)
		}
	}
	f.Covered = t.rect
	p.painter.Paint(s.grid, area, &f)
	if p.pointer.kind == cursor {
		s.cross(p.pointer.x, p.pointer.y)
	}
	if t.W > 0 {
		s.tip(area, t)
	}
}

// readout tells of what is under the pointer, else of what is pinned.
func (p *Page) readout() readout {
	r := readout{
		scene: p.scene, layers: p.layers, pinned: p.pinned, at: p.camera.view.Place(), view: p.camera.view,
		origin: p.load.origin(p.scene.Origin, p.env.Now()),
	}
	v := p.viewport(p.camera.view)
	if px, py, ok := p.pointer.on(v); ok {
		r.at = v.Place(px, py)
	}
	picked := p.pinned
	if p.hover.OK {
		picked = p.hover
	}
	r.title, r.detail = p.scene.Words(picked)
	return r
}
