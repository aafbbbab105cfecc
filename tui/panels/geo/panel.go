// Package geo is the panel of maps: deck.gl's JSON, or a circle for each row of a
// source, as st.map draws them, over the land of the world.
package geo

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var (
	_ panels.Panel  = (*Panel)(nil)
	_ page.Exporter = (*Panel)(nil)
	_ page.Hoverer  = (*Panel)(nil)
	_ page.Noter    = (*Panel)(nil)
)

// Panel is a map.
type Panel struct {
	env  panels.Env
	spec *dashboard.Map    // of places; nil = the map is deck's
	deck *dashboard.Pydeck // of a specification
	keys keyMap

	all   panels.Data
	data  panels.Table // of spec
	box   box
	boxed cell.Rect // where the box is
	work  work
	figs  *figures // nil until the first ones are there
	view  mapview.View
	// moved tells that the view is the reader's, so that new figures leave it.
	moved bool

	painter mapview.Painter
	pins    cell.Target  // the map's own choice of 256 colours
	area    cell.Rect    // of the map, when it was last drawn
	picked  mapview.Pick // by a key or a click
	hover   mapview.Pick
	drag    drag

	w, h    int
	menu    bool // a format of an export is chosen
	focused bool
	drawn   bool
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
	p := &Panel{env: env, keys: newKeyMap(), work: work{cancel: func() {}}}
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
		p.focused, p.drawn = on, false
	}
}

// Capturing reports whether keys mean something else than anywhere else.
func (p *Panel) Capturing() bool { return p.menu || p.box.open }

// Hovering says that the panel reads out what is under the mouse.
func (p *Panel) Hovering() bool { return p.figs != nil }

// SetSize takes the room that the panel has.
func (p *Panel) SetSize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w != p.w || h != p.h {
		p.w, p.h, p.drawn = w, h, false
		p.place()
	}
}

// Keys are the panel's keys.
func (p *Panel) Keys() []key.Binding { return p.keys.list(p) }

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
	return notes
}

// told says which rows are not on the map.
func (f *figures) told() string {
	if f == nil {
		return ""
	}
	return f.scene.Deck.Told()
}

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	cmd, changed := p.update(msg)
	if changed {
		p.drawn = false
	}
	return cmd
}

func (p *Panel) update(msg tea.Msg) (cmd tea.Cmd, changed bool) {
	switch msg := msg.(type) {
	case panels.Data:
		if p.all = msg; p.spec != nil {
			p.data = msg.Sources[p.spec.Source]
		}
		return p.read(), true
	case made:
		return nil, p.take(msg)
	case page.Rethemed:
		return p.read(), true // the classes have the theme's colours
	case page.Hidden, page.Left:
		had := p.hover.OK
		p.hover, p.drag = mapview.Pick{}, drag{}
		return nil, had
	case tea.KeyMsg:
		return p.key(msg), true
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil, false
}

// read makes the scene of the figures, off the loop.
func (p *Panel) read() tea.Cmd {
	p.work.cancel()
	p.work.seq++
	compute := p.recipe()
	if compute == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(p.ctx())
	p.work.cancel = cancel
	seq := p.work.seq
	return func() tea.Msg {
		figs, err := compute(ctx)
		return made{p, seq, figs, err}
	}
}

// recipe is how the scene is made; nil while figures are missing.
func (p *Panel) recipe() func(context.Context) (*figures, error) {
	if p.deck != nil {
		for _, name := range p.deck.Names {
			if t := p.all.Sources[name]; t.Rows == nil && t.Err == nil {
				return nil
			}
		}
		spec, data, load := p.deck, p.all, p.env.Load
		return func(ctx context.Context) (*figures, error) { return readDeck(ctx, spec, data, load) }
	}
	rows, spec := p.data.Rows, p.spec
	if rows == nil || p.data.Required != "" {
		return nil
	}
	look := chart.NewLook(p.env.Theme, true)
	series := make([]cell.RGB, max(len(look.Series), 1))
	for i := range series {
		series[i] = look.Color(i)
	}
	rest := p.env.Theme.Muted
	return func(ctx context.Context) (*figures, error) { return read(ctx, rows, spec, series, rest) }
}

// take takes a scene, unless a newer one was asked for. The view stays where
// the reader has moved it.
func (p *Panel) take(m made) bool {
	if m.to != p || m.seq != p.work.seq {
		return false
	}
	p.work.err = m.err
	p.picked, p.hover = mapview.Pick{}, mapview.Pick{}
	if m.err != nil {
		p.figs = nil
		return true
	}
	m.figs.keepHidden(p.figs)
	p.figs = m.figs
	p.place()
	if !p.moved {
		p.view = p.figs.scene.Home().Within()
	}
	return true
}

// ctx ends with the program.
func (p *Panel) ctx() context.Context {
	if p.env.Ctx == nil {
		return context.Background()
	}
	return p.env.Ctx
}

// frame is what the map shows now.
func (p *Panel) frame() *mapview.Frame {
	return &mapview.Frame{Scene: p.figs.scene, View: p.view, Hidden: p.figs.hidden, Look: mapview.NewLook(p.env.Theme, p.env.Theme.Renderer.ColorProfile()), Picked: p.pick()}
}

// pick is what is read out: what the pointer is at, or else what was chosen.
func (p *Panel) pick() mapview.Pick {
	if p.hover.OK {
		return p.hover
	}
	return p.picked
}
