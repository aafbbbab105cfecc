// Package plotting is the page of the random walk: drawn while it is made,
// with a cursor, zoom and exports. It knows the walk's rule from package
// data, and no other page.
package plotting

import (
	"math/rand/v2"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/widget"
)

// Options are what the command line may set.
type Options struct {
	Seed *uint64 // of the first walk; nil takes one by chance
}

// mode says who gets the keys.
type mode int

const (
	browsing  mode = iota
	typing         // a seed
	exporting      // the choice of a format
)

// Page is the tab.
type Page struct {
	env     page.Env
	keys    keyMap
	run     run
	view    window
	mode    mode
	field   widget.Field // the seed that is being typed
	cursor  int          // the index that was chosen to be read out, -1 for none
	pointer int          // the column under the mouse, which is read out meanwhile; -1
	drag    drag

	w, h    int
	grid    *cell.Grid // what is painted
	zones   widget.Zones[func() tea.Cmd]
	stale   bool // something has changed since it was drawn
	pressed press
	plot    chart.Plot // where the chart was painted
	read    int        // the index that is read out, -1 for none
}

// New makes the page.
func New(env page.Env, o Options) page.Page { return newPage(env, o) }

func newPage(env page.Env, o Options) *Page {
	p := &Page{env: env, keys: newKeyMap(), field: widget.Field{Limit: maxSeed, Take: digit}, cursor: -1, pointer: -1, read: -1, stale: true}
	seed := chance()
	if o.Seed != nil {
		seed = *o.Seed
	}
	p.start(seed)
	return p
}

// chance gives a seed that is short enough to be read and typed.
func chance() uint64 { return rand.Uint64N(1_000_000) }

// start begins a new walk, which goes on when the page is shown. Where
// nobody watches it is finished at once.
func (p *Page) start(seed uint64) {
	p.run.begin(seed, p.env.ReducedMotion)
	p.view, p.cursor, p.stale = window{}, -1, true
	if p.env.Still {
		p.run.finish()
	}
}

// Init starts nothing: the walk begins when the page is shown.
func (p *Page) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (p *Page) SetSize(w, h int) {
	if w, h = max(0, w), max(0, h); w != p.w || h != p.h {
		p.w, p.h, p.stale = w, h, true
	}
}

// Capturing is true while a seed is typed.
func (p *Page) Capturing() bool { return p.mode == typing }

// Update handles a key, a mouse event, a tick of the walk, and what the root
// tells.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tickMsg:
		if !p.run.tick(msg) {
			return nil
		}
		p.stale = true
		return p.run.next(p.env, msg.at)
	case page.Shown:
		return p.resume()
	case page.Hidden:
		p.run.rest()
		p.drag = drag{}
		p.leave()
		return nil
	case page.Left:
		p.leave()
	case page.Rethemed:
		p.stale = true
	case tea.KeyMsg:
		p.stale = true
		p.adopt()
		return p.key(msg)
	case tea.MouseMsg:
		return p.mouse(msg)
	}
	return nil
}

// resume lets the clock run if the walk does.
func (p *Page) resume() tea.Cmd { return p.run.wake(p.env) }
