// Package geo is the panel of maps: deck.gl's JSON, or a circle for each row of a
// source, as st.map draws them, over the land of the world.
package geo

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var (
	_ panels.Panel   = (*Panel)(nil)
	_ page.Exporter  = (*Panel)(nil)
	_ page.Hoverer   = (*Panel)(nil)
	_ page.Noter     = (*Panel)(nil)
	_ page.KeyShower = (*Panel)(nil)
)

// Panel is a map.
type Panel struct {
	sight
	deck *dashboard.Pydeck // of a specification; nil = the map is spec's

	all  panels.Data
	data panels.Table // of spec
	work work

	focused bool
	shown   []string    // the keys that were drawn
	pins    cell.Target // the map's own choice of 256 colours
}

// sight is what the reader sees of a map and does with it.
type sight struct {
	env  panels.Env
	spec *dashboard.Map // of places; nil = the map is of a specification
	keys keyMap
	figs *figures // nil until the first ones are there

	w, h    int
	stale   bool // something has changed since it was drawn
	painter mapview.Painter
	zones   zones

	camera  camera
	ground  ground
	palette mapview.Palette
	finder  finder
	menu    menu
	full    bool // the map has all the room
	pointer pointer
	drag    drag
	pinned  mapview.Pick // what was clicked, found or chosen
	hover   mapview.Pick // what is under the pointer or the cursor
}

// work is the scene that is being made.
type work struct {
	seq    int
	cancel context.CancelFunc
	err    error
}

// made answers with a scene.
type made struct {
	to   *Panel
	seq  int
	figs *figures
	err  error
}

// New makes the panel of a map.
func New(env panels.Env) panels.Panel {
	p := &Panel{sight: sight{env: env, keys: newKeyMap(), stale: true}, work: work{cancel: func() {}}}
	p.keys.linked = env.Linked
	p.spec, _ = env.Panel.Spec.(*dashboard.Map)
	p.deck, _ = env.Panel.Spec.(*dashboard.Pydeck)
	return p
}

// Init draws a specification that needs no source. Figures of sources come by
// themselves.
func (p *Panel) Init() tea.Cmd {
	if p.deck != nil && len(p.deck.Names) == 0 {
		return p.read()
	}
	return nil
}

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(on bool) {
	if p.focused != on {
		p.focused, p.stale = on, true
	}
}

// Capturing reports whether keys mean something else than anywhere else: a name
// is typed, or a menu is open.
func (p *Panel) Capturing() bool { return p.finder.open || p.menu.kind != closed }

// Hovering reports whether the panel shows what is under the mouse: it wants all
// motion, except while something lies over the map.
func (p *Panel) Hovering() bool { return p.figs != nil && !p.Capturing() && !p.figs.none() }

// SetSize takes the room that the panel has. The view stays.
func (p *Panel) SetSize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w != p.w || h != p.h {
		p.w, p.h, p.stale = w, h, true
		p.pointer, p.drag = pointer{}, drag{}
	}
}

// Keys are the panel's keys.
func (p *Panel) Keys() []key.Binding {
	s := situation{menu: p.menu.kind, finding: p.finder.open, ready: p.figs != nil, layers: p.deck != nil, places: p.spec != nil, figs: p.figs}
	if s.ready {
		s.seen = !p.figs.none()
		s.names, s.colours, s.rows = len(p.figs.index.list) > 0, p.colours(), p.hasRows()
		s.moved, s.cursor = p.moved(), p.pointer.kind == cursor
		s.leaves = p.pinned.OK || s.cursor || p.full
	}
	return p.keys.list(s)
}

// KeysShown lists the keys that were drawn.
func (p *Panel) KeysShown() []string { return p.shown }

// Notes are what the source and its places have to tell.
func (p *Panel) Notes() []string {
	notes := append([]string{}, p.data.Report.Notes...)
	if p.data.Note != "" {
		notes = append(notes, p.data.Note)
	}
	if p.figs != nil {
		notes = append(notes, p.figs.notes...)
	}
	if told := p.figs.told(); told != "" {
		notes = append(notes, "places: "+told)
	}
	if note := p.ground.note(); note != "" {
		notes = append(notes, note)
	}
	return notes
}

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	before := p.camera.view
	cmd := p.update(msg)
	if p.camera.view != before {
		p.stale = true
	}
	tiles := p.settle(msg)
	if tiles == nil {
		tiles = p.seek()
	}
	if tiles == nil {
		return cmd
	}
	return tea.Batch(cmd, tiles)
}

func (p *Panel) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case panels.Data:
		if p.ground.err != nil {
			p.ground.asked = "" // perhaps it may be asked now
		}
		if p.all, p.stale = msg, true; p.spec != nil {
			p.data = msg.Sources[p.spec.Source]
		}
		return p.read()
	case made:
		p.take(msg)
	case flown:
		return p.camera.fly(p.env.Env, msg, p.area())
	case page.Rethemed:
		p.stale = true
		return p.read() // the classes have the theme's colours
	case page.Hidden:
		p.camera.arrive()
		p.point(pointer{})
		p.drag = drag{}
	case page.Left:
		p.point(pointer{})
	case tea.KeyMsg:
		return p.key(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

// take takes a scene, unless a newer one was asked for. The view stays where
// the reader has moved it.
func (p *Panel) take(m made) {
	if m.to != p || m.seq != p.work.seq {
		return
	}
	p.stale = true
	p.work.err = m.err
	p.pinned, p.hover = mapview.Pick{}, mapview.Pick{}
	if m.err != nil {
		p.figs, p.finder.open, p.menu = nil, false, menu{}
		return
	}
	moved := p.moved()
	m.figs.keepHidden(p.figs)
	if p.figs = m.figs; !moved {
		p.camera.set(p.home())
	}
	if p.finder.open {
		p.finder.search(&p.figs.index)
	}
}
