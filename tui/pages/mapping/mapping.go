// Package mapping is the Mapping Demo: San Francisco's bike racks and BART
// passengers in deck.gl's view. It knows neither where its figures come from
// nor how a terminal is written to.
package mapping

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// Source gives the city: CityNow what is at hand, City what the network has.
// Final says that asking again gives nothing newer.
type Source interface {
	City(context.Context) (data.City, error)
	CityNow(context.Context) (data.City, error)
	Final(data.Origin) bool
}

// Options are the choices that the configuration can make.
type Options struct{ Palette Palette }

// mode is what keys mean at the moment.
type mode int

const (
	looking mode = iota
	finding
)

// atlas is the page.
type atlas struct {
	env  page.Env
	src  Source
	keys keyMap

	w, h    int
	grid    *cell.Grid  // what is drawn into
	pins    cell.Target // the map's own choice of 256 colours
	painter painter
	zones   widget.Zones[target]
	stale   bool // something has changed since it was drawn

	load    loading
	scene   *scene
	view    View
	layers  layers
	palette Palette
	mode    mode
	finder  finder
	flight  flight
	nudged  time.Time // when a key or a wheel last moved the view
	way     way       // where it went
	pointer pointer
	drag    drag
	pinned  pick // what was clicked or found
	hover   pick // what is under the pointer or the cursor
}

// New makes the page.
func New(env page.Env, src Source, o Options) page.Page { return newMap(env, src, o) }

func newMap(env page.Env, src Source, o Options) *atlas {
	return &atlas{
		env: env, src: src, keys: newKeyMap(), stale: true,
		view: Demo, layers: layers{true, true, true, true}, palette: o.Palette,
	}
}

// Init asks for the figures.
func (a *atlas) Init() tea.Cmd { return a.reload() }

// SetSize takes the page's size in cells. The view stays.
func (a *atlas) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w != a.w || h != a.h {
		a.w, a.h, a.stale = w, h, true
		a.pointer, a.drag = pointer{}, drag{}
	}
}

// Keys lists what acts now.
func (a *atlas) Keys() []key.Binding { return a.keys.list(a) }

// Capturing is true while a stop's name is typed.
func (a *atlas) Capturing() bool { return a.mode == finding }

// ready tells whether there is a map to act on.
func (a *atlas) ready() bool { return a.scene != nil }

// move changes the view within its limits.
func (a *atlas) move(v View) {
	if a.ready() {
		v = v.within(a.scene.lo, a.scene.hi)
	}
	if v != a.view {
		a.view, a.stale = v, true
	}
}
