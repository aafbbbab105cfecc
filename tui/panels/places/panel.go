// Package places is the panel of a map of places: a circle for each row of a
// source, as st.map draws them, over the land of the world.
package places

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
	spec *dashboard.Map
	keys keyMap

	data panels.Table
	work work
	figs *figures // nil until the first ones are there
	view mapview.View
	// moved tells that the view is the reader's, so that new figures leave it.
	moved bool

	painter mapview.Painter
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
	spec, _ := env.Panel.Spec.(*dashboard.Map)
	return &Panel{env: env, spec: spec, keys: newKeyMap(), work: work{cancel: func() {}}}
}

// Init does nothing: figures come by themselves.
func (p *Panel) Init() tea.Cmd { return nil }

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(on bool) {
	if p.focused != on {
		p.focused, p.drawn = on, false
	}
}

// Capturing reports whether keys mean something else than anywhere else.
func (p *Panel) Capturing() bool { return p.menu }

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
	if told := p.told(); told != "" {
		notes = append(notes, "places: "+told)
	}
	return notes
}

// told says which rows are not on the map.
func (p *Panel) told() string {
	if p.figs == nil {
		return ""
	}
	return p.figs.scene.Deck.Told()
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
		p.data = msg.Sources[p.spec.Source]
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
	rows := p.data.Rows
	if rows == nil || p.data.Required != "" {
		return nil
	}
	ctx, cancel := context.WithCancel(p.ctx())
	p.work.cancel = cancel
	seq, spec := p.work.seq, p.spec
	look := chart.NewLook(p.env.Theme, true)
	series := make([]cell.RGB, max(len(look.Series), 1))
	for i := range series {
		series[i] = look.Color(i)
	}
	rest := p.env.Theme.Muted
	return func() tea.Msg {
		figs, err := read(ctx, rows, spec, series, rest)
		return made{p, seq, figs, err}
	}
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
	return &mapview.Frame{Scene: p.figs.scene, View: p.view, Look: mapview.NewLook(p.env.Theme, p.env.Theme.Renderer.ColorProfile()), Picked: p.pick()}
}

// pick is what is read out: what the pointer is at, or else what was chosen.
func (p *Panel) pick() mapview.Pick {
	if p.hover.OK {
		return p.hover
	}
	return p.picked
}
