package mapping

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// Draw draws the page.
func (p *Page) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.stale) {
		return false
	}
	p.paint(g)
	if profile(p.env) == termenv.ANSI256 {
		pin(&p.pins, p.env.Theme)
		p.pins.Reduce(g)
	}
	p.stale = false
	return true
}

// paint draws the page in its true colours, and finds out where a click means
// what.
func (p *Page) paint(g *cell.Grid) {
	s := surface{grid: g, theme: p.env.Theme, zones: p.zones[:0], bare: p.env.Bare}
	g.Fill(s.theme.Background)
	p.content(&s)
	p.zones, p.shown = s.zones, s.keys
}

func (p *Page) content(s *surface) {
	if p.w == 0 || p.h == 0 {
		return
	}
	l, t, all := arrange(p.w, p.h, p.full), s.theme, rect{X: 0, Y: 0, W: p.w, H: p.h}
	f := p.frame()
	s.look = f.Look
	switch {
	case p.scene == nil && p.load.err != nil:
		s.message(all, p.load.trouble(), t.Bad, p.keys.reload, intent{act: reload})
		return
	case p.scene == nil:
		s.message(all, "Loading the map…", t.Muted, key.Binding{}, intent{})
		return
	case l.area.W < minMapW || l.area.H < minMapH:
		s.message(all, "Enlarge the window to see the map.", t.Muted, key.Binding{}, intent{})
		return
	}
	p.drawMap(s, l.area, f)
	s.around(l, p.readout())
	switch {
	case p.finder.open:
		p.finder.draw(s, l.area, p.scene)
	case p.menu.kind != closed:
		p.menu.draw(s, l.area, &p.keys, p.layers)
	}
}

// frame is the map as it is to be drawn, with what is pinned picked out.
func (p *Page) frame() mapview.Frame {
	look := mapview.NewLook(p.env.Theme, p.palette, profile(p.env))
	return mapview.Frame{Scene: p.scene, View: p.camera.view, Layers: p.layers, Look: look, Picked: p.pinned}
}

// drawMap paints the map, with what is under the pointer or pinned picked
// out.
func (p *Page) drawMap(s *surface, area rect, f mapview.Frame) {
	if p.layers.None() {
		s.message(area, "Please choose at least one layer above.", s.theme.Bad, p.keys.options, intent{act: options})
		return
	}
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
