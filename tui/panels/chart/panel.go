// Package chart is the panel of charts: a Vega-Lite specification, or one of
// the short forms that become one, with the figures of the page's sources.
//
// The panel composes: data/vega computes a scene for the panel's size, off the
// loop (work.go); tui/vegaview draws it; reader finds what stands at the cursor
// and at the pointer (reader.go); draw.go puts picture, cursor and read-out
// together.
package chart

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/vegaview"
)

var (
	_ panels.Panel  = (*Panel)(nil)
	_ page.Exporter = (*Panel)(nil)
	_ page.Hoverer  = (*Panel)(nil)
	_ page.Noter    = (*Panel)(nil)
	_ panels.Keeper = (*Panel)(nil)
)

// Panel is a chart.
type Panel struct {
	env  panels.Env
	keys keyMap

	spec  specification
	work  work
	shown // the last picture
	room  size

	menu    menu
	choices choices
	colors  colors // of the names that are drawn
	chosen  selecting
	focused bool
	drawn   bool
}

// shown is a picture and what is read in it.
type shown struct {
	scene    *vega.Scene // nil until the first one is there
	gathered *gathered   // what was put together in it; nil = nothing
	drawer   *vegaview.Drawer
	reader   reader
	zoom     zoom
	view     vegaview.View
	cursor   place // where the keys left it
	pointer  place // where the mouse is
	grip     grip

	cached cell.Grid // the picture alone, without cursor and words
	kept   bool      // cached is the picture of scene in its room
	pic    *vegaview.Picture
}

type size struct{ w, h int }

// New makes the panel of a chart.
func New(env panels.Env) panels.Panel {
	return &Panel{env: env, keys: newKeyMap(), spec: newSpecification(env)}
}

// Init reads the specification, if a file has it.
func (p *Panel) Init() tea.Cmd { return p.spec.load(p) }

// Focus tells whether keys go to the panel.
func (p *Panel) Focus(on bool) {
	if p.focused != on {
		p.focused, p.drawn = on, false
	}
}

// Capturing reports whether keys mean something else than anywhere else.
func (p *Panel) Capturing() bool { return p.menu != closed }

// Hovering says that the panel reads out what is under the mouse.
func (p *Panel) Hovering() bool { return p.scene != nil }

// SetSize takes the room that the panel has.
func (p *Panel) SetSize(width, height int) {
	if now := (size{max(width, 0), max(height, 0)}); now != p.room {
		p.room, p.drawn, p.kept = now, false, false
	}
}

// Keys are the panel's keys.
func (p *Panel) Keys() []key.Binding { return p.keys.list(p) }

// Notes are what the sources have to tell.
func (p *Panel) Notes() (notes []string) {
	for _, name := range p.spec.sources() {
		t := p.spec.data.Sources[name]
		notes = append(notes, t.Report.Notes...)
		if t.Note != "" {
			notes = append(notes, t.Note)
		}
	}
	return notes
}

// Update takes a message.
func (p *Panel) Update(msg tea.Msg) tea.Cmd {
	cmd, changed := p.update(msg)
	if changed {
		p.drawn = false
		switch msg.(type) {
		case tea.KeyMsg, tea.MouseMsg, panels.Cursor, page.Hidden, page.Left:
			follows := p.chosen.follow(&p.shown)
			p.work.outdated = p.work.outdated || follows || p.choices.changed
			p.choices.changed = false
		}
	}
	return tea.Batch(cmd, p.catchUp())
}

func (p *Panel) update(msg tea.Msg) (cmd tea.Cmd, changed bool) {
	switch msg := msg.(type) {
	case panels.Data:
		p.spec.data = msg
		p.work.outdated, p.work.urgent = true, p.spec.complete()
		return nil, true
	case loaded:
		if msg.to != p {
			return nil, false
		}
		p.spec.loaded(msg)
		p.anew()
		return nil, true
	case done:
		return nil, msg.to == p && p.take(msg)
	case late:
		return nil, msg.to == p && p.work.late(msg)
	case rowsAsked:
		return panels.Send(msg.rows), false
	case panels.Cursor:
		return nil, p.reads(msg.Source) && p.follow(msg)
	case page.Rethemed:
		p.kept = false
		return nil, true
	case page.Hidden, page.Left:
		return nil, p.leave()
	case tea.KeyMsg:
		return p.key(msg), true
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil, false
}

// anew asks for another picture at once.
func (p *Panel) anew() { p.work.outdated, p.work.urgent = true, true }

// ctx ends with the program.
func (p *Panel) ctx() context.Context {
	if p.env.Ctx == nil {
		return context.Background()
	}
	return p.env.Ctx
}
