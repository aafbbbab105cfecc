package geo

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/theme"
)

// Draw draws the panel into g.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.stale) {
		return false
	}
	p.paint(g, p.profile())
	if p.profile() == termenv.ANSI256 {
		pin(&p.pins, p.env.Theme)
		p.pins.Reduce(g)
	}
	p.stale = false
	return true
}

// The 256-colour indices of water and land, which on the dark theme are both
// nearest to greys, and of deck.gl's six classes, which lose their order when
// each goes to its nearest.
var (
	pinnedGround  = map[bool][2]uint8{true: {17, 235}, false: {152, 254}}
	pinnedClasses = [6]uint8{229, 222, 215, 208, 196, 124}
)

// pin chooses the indices of the map's colours for a theme.
func pin(p *cell.Target, t *theme.Theme) {
	p.Profile = termenv.ANSI256
	p.Unpin()
	p.Pin(t.Map.Water, pinnedGround[t.Dark][0])
	p.Pin(t.Map.Land, pinnedGround[t.Dark][1])
	for i, c := range t.Map.Classes[:len(pinnedClasses)] {
		p.Pin(c, pinnedClasses[i])
	}
}

// paint draws the panel for a profile, before its colours are reduced, and finds
// out where a click means what.
func (p *Panel) paint(g *cell.Grid, profile termenv.Profile) {
	s := surface{grid: g, theme: p.env.Theme, zones: p.zones[:0], bare: p.env.Bare}
	g.Fill(s.theme.Background)
	p.content(&s, profile)
	p.zones, p.shown = s.zones, s.keys
}

// excuse says why there is no map; "" = there is one.
func (p *Panel) excuse() (string, cell.RGB) {
	t := p.env.Theme
	switch {
	case p.data.Required != "":
		return p.data.Required, t.Muted
	case p.work.err != nil:
		return session.Clean(p.work.err.Error(), 400), t.Bad
	case p.data.Err != nil && p.figs == nil:
		return session.Clean(p.data.Err.Error(), 400), t.Bad
	case p.data.Waiting != "":
		return p.data.Waiting, t.Muted
	case p.figs == nil:
		return "Loading the map…", t.Muted
	}
	return "", t.Muted
}

func (p *Panel) content(s *surface, profile termenv.Profile) {
	if p.w == 0 || p.h == 0 {
		return
	}
	all := rectOf(0, 0, p.w, p.h)
	if text, color := p.excuse(); text != "" {
		s.message(all, text, color, key.Binding{}, intent{})
		return
	}
	f := p.frame()
	f.Look = p.look(profile)
	s.look = f.Look
	l := p.arranged()
	if l.area.W < minMapW || l.area.H < minMapH {
		s.message(all, "Enlarge the window to see the map.", s.theme.Muted, key.Binding{}, intent{})
		return
	}
	p.drawMap(s, l.area, f)
	r := p.readout()
	s.around(l, &r)
	switch {
	case p.finder.open:
		p.finder.draw(s, l.area, &p.figs.index)
	case p.menu.kind != closed:
		p.menu.draw(s, l.area, &p.keys, p.figs)
	}
}

// noLayer is what is said where no layer is on and the map has no words for it.
const noLayer = "No layer is shown: o has them."

// drawMap paints the map, with what is under the pointer or pinned picked out.
func (p *Panel) drawMap(s *surface, area rect, f mapview.Frame) {
	if p.figs.none() {
		text := p.figs.switches.required
		if text == "" {
			text = noLayer
		}
		s.message(area, text, s.theme.Bad, p.keys.options, intent{act: options})
		return
	}
	p.hover = mapview.Pick{}
	switch at := p.pointer; {
	case at.kind == list:
		p.hover = p.figs.pick(at.stop)
	case at.kind != nothing && area.Has(at.x, at.y) && !p.drag.moved:
		p.hover = p.painter.Under(area, &f, at.x-area.X, at.y-area.Y)
	}
	if p.hover.OK {
		f.Picked = p.hover
	}
	p.painter.Paint(s.grid, area, &f)
	s.north(area, f.View.Bearing)
	if p.pointer.kind == cursor {
		s.cross(p.pointer.x, p.pointer.y)
	}
	if p.hover.OK && p.pointer.kind != list {
		title, detail := p.figs.words(p.ctx(), p.hover)
		if t := tipOf(&p.painter, area, &f, p.pointer, title, detail); t.W > 0 {
			s.tip(area, t)
		}
	}
}

// told is what the map holds, which rows are not on it, and what is to be known
// of its sources that their page does not say.
func (p *Panel) told() string {
	parts := []string{p.figs.summary()}
	if p.deck != nil {
		for _, name := range p.deck.Names {
			if t := p.all.Sources[name]; t.Note != "" && t.Fallback == nil && t.Away == "" {
				parts = append(parts, session.Clean(t.Note, 200))
			}
		}
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// readout tells of what is under the pointer, else of what is pinned.
func (p *Panel) readout() readout {
	r := readout{
		figs: p.figs, pinned: p.pinned, at: p.camera.view.Place(), view: p.camera.view,
		told: p.told(), credit: mapview.Credit,
	}
	if p.ground.shown.Tiles() > 0 {
		r.credit = "" // that of the tiles is on the map
	}
	r.title, r.detail = p.figs.words(p.ctx(), p.picked())
	v := p.viewport(p.camera.view)
	if px, py, ok := p.pointer.on(v); ok {
		r.at = v.Place(px, py)
	}
	return r
}

// around draws everything that is not the map.
func (s *surface) around(l layout, r *readout) {
	switch l.shape {
	case sideBar:
		s.sideBar(l.side, r)
		s.status(l.status, l.area, r, 0)
	case topBar:
		x := 1
		if l.boxes.H > 0 {
			x += s.grid.Text(1, l.legend.Y, r.figs.switches.title(), s.theme.Accent, cell.Bold) + 3
		}
		s.legendRow(rect{X: x, Y: l.legend.Y, W: l.legend.W - x, H: l.legend.H}, r.figs)
		s.boxRow(l.boxes, r.figs, false)
		s.readRow(l.status, s.scale(l.status, l.area, r, 1), r, r.besides())
	case single:
		s.boxRow(l.boxes, r.figs, true)
		s.legendRow(l.legend, r.figs)
		s.readRow(l.read, 1, r, r.told)
		s.status(l.status, l.area, r, 1)
	}
}

// sideBar fills the side bar: check boxes, legends, read-out, names.
func (s *surface) sideBar(bar rect, r *readout) {
	const x = 1
	bottom, y := bar.Y+bar.H, 0
	if list := r.figs.switches.list; len(list) > 0 {
		s.grid.Text(x, y, r.figs.switches.title(), s.theme.Accent, cell.Bold)
		y += 2
		for i, t := range list[:min(len(list), bottom/2)] {
			s.box(x, y, i, r.figs.shown(t.layer), t.name, sideWidth-x)
			y++
		}
		y += 2
	}
	y = s.legendSide(x, y, bottom-6, r.figs)
	if y+5 > bottom {
		return
	}
	y = s.readSide(x, y, bottom, r)
	s.greatest(x, y+3, bottom, r.figs, r.pinned)
}
