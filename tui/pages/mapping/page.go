package mapping

import (
	"errors"
	"io"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/mapping/mapview"
)

// Page is the tab: it holds the state and passes it to its parts.
type Page struct {
	env  page.Env
	src  Source
	keys keyMap

	w, h    int
	pins    cell.Target // the map's own choice of 256 colours
	painter mapview.Painter
	zones   zones
	shown   []string // the keys that were drawn
	stale   bool     // something has changed since it was drawn

	load    loading
	scene   *mapview.Scene
	camera  camera
	layers  mapview.Layers
	palette mapview.Palette
	finder  finder
	menu    menu
	full    bool // the map has the whole page
	pointer pointer
	drag    drag
	pinned  mapview.Pick // what was clicked or found
	hover   mapview.Pick // what is under the pointer or the cursor
}

func newPage(env page.Env, src Source) *Page {
	return &Page{
		env: env, src: src, keys: newKeyMap(), stale: true,
		camera: camera{view: mapview.Demo}, layers: mapview.Layers{true, true, true, true},
	}
}

// Init asks for the figures.
func (p *Page) Init() tea.Cmd { return p.reload() }

// SetSize takes the page's size in cells. The view stays.
func (p *Page) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w != p.w || h != p.h {
		p.w, p.h, p.stale = w, h, true
		p.pointer, p.drag = pointer{}, drag{}
	}
}

// Keys lists what acts now.
func (p *Page) Keys() []key.Binding {
	return p.keys.list(situation{
		finding: p.finder.open, ready: p.scene != nil, colours: manyColours(p.env), moved: p.camera.goal() != homeOf(p.scene),
		cursor: p.pointer.kind == cursor, leaves: p.pinned.OK || p.pointer.kind == cursor || p.full, menu: p.menu.kind,
	})
}

// KeysShown lists the keys that were drawn.
func (p *Page) KeysShown() []string { return p.shown }

// Capturing is true while a stop's name is typed.
func (p *Page) Capturing() bool { return p.finder.open }

// Hovering reports whether the page shows what is under the mouse: it wants
// all motion, except while a name is typed.
func (p *Page) Hovering() bool {
	return p.scene != nil && !p.finder.open && p.menu.kind == closed && !p.layers.None()
}

// Export writes the hexagons as "csv" or everything as "json".
func (p *Page) Export(format string, w io.Writer) error {
	switch {
	case format != "csv" && format != "json":
		return page.ErrFormat
	case p.scene == nil:
		if p.load.err != nil {
			return p.load.err
		}
		return errNotLoaded
	case format == "csv":
		return writeCSV(w, p.scene)
	}
	return writeJSON(w, documentOf(p.scene, p.camera.view, p.layers))
}

var _ page.Noter = (*Page)(nil)

// Notes tell how a file of places was read.
func (p *Page) Notes() []string {
	if p.scene == nil {
		return nil
	}
	return p.scene.Notes
}

// area is the part of the page that the map is drawn in.
func (p *Page) area() rect { return arrange(p.w, p.h, p.full).area }

// viewport is a view on the map.
func (p *Page) viewport(v mapview.View) mapview.Viewport {
	return mapview.Viewport{View: v, Area: p.area()}
}

// reload asks for the figures again.
func (p *Page) reload() tea.Cmd {
	p.stale = true
	return p.load.start(p.env.Ctx, p.src, !p.env.Still)
}

// loaded takes an answer:
//
//	of an older question    nothing
//	quick, may be bettered  show it if it is good, ask the network
//	the address has none    show it, and no longer the map
//	another error           show it, unless a map is shown already
//	good                    show it
func (p *Page) loaded(m loaded) tea.Cmd {
	if m.seq != p.load.seq {
		return nil
	}
	if m.err == nil {
		p.take(m.scene)
	}
	if cmd := m.again(p.src); cmd != nil {
		return cmd
	}
	p.load.end(m.err)
	p.stale = true
	if errors.As(m.err, new(*data.AnswerError)) {
		p.scene, p.finder.open, p.menu, p.pinned, p.hover = nil, false, menu{}, mapview.Pick{}, mapview.Pick{}
	}
	if m.err != nil && p.env.Still && p.scene == nil { // Nobody reads the frame for it.
		return page.Send(page.Failed{Err: m.err})
	}
	return nil
}

// take shows a scene. What was picked may not be in it under the same number.
func (p *Page) take(s *mapview.Scene) {
	p.stale = true
	p.pinned, p.hover = mapview.Pick{}, mapview.Pick{}
	moved := p.camera.goal() != homeOf(p.scene)
	p.scene = s
	if p.camera.confine(s.Within); !moved {
		p.camera.set(s.Home)
	}
	if p.finder.open {
		p.finder.search(s)
	}
}

// homeOf is the view that one starts from and comes back to.
func homeOf(s *mapview.Scene) mapview.View {
	if s == nil {
		return mapview.Demo
	}
	return s.Home
}
