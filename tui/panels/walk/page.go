package walk

import (
	"io"
	"math"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/widget"
)

// Panel is the panel: it holds the state and passes it to its parts.
type Panel struct {
	env     page.Env
	title   string
	steps   int // of a walk
	keys    keyMap
	run     run
	view    window
	mode    mode
	field   widget.Field // the seed that is being typed
	cursor  int          // the index that was chosen to be read out, -1 for none
	full    bool         // the chart has the whole page
	pointer int          // the column under the mouse, which is read out meanwhile; -1
	drag    drag

	w, h    int
	zones   widget.Zones[intent]
	stale   bool // something has changed since it was drawn
	pressed press
	plot    chart.Plot // where the chart was painted
	read    int        // the index that is read out, -1 for none
}

func newPanel(env panels.Env) *Panel {
	p := &Panel{
		env: env.Env, title: session.Clean(env.Panel.Title, 200), steps: data.WalkSteps, keys: newKeyMap(),
		field: widget.Field{Limit: maxSeed, Take: digit}, cursor: -1, pointer: -1, read: -1, stale: true,
	}
	seed := chance()
	if spec, ok := env.Panel.Spec.(*dashboard.Walk); ok {
		if spec.Seeded {
			seed = spec.Seed
		}
		if spec.Steps > 0 {
			p.steps = spec.Steps
		}
	}
	p.start(seed)
	return p
}

// DrawsTitle says that the panel's title stands before its progress.
func (p *Panel) DrawsTitle() {}

// Focus changes nothing: the panel looks the same.
func (p *Panel) Focus(bool) {}

// start begins a new walk, which goes on when the page is shown. Where
// nobody watches it is finished at once.
func (p *Panel) start(seed uint64) {
	p.run.begin(seed, p.steps, p.env.ReducedMotion)
	p.view, p.cursor, p.stale = window{}, -1, true
	if p.env.Still {
		p.run.finish()
	}
}

// Init starts nothing: the walk begins when the page is shown.
func (p *Panel) Init() tea.Cmd { return nil }

// SetSize sets the size in cells.
func (p *Panel) SetSize(w, h int) {
	if w, h = max(0, w), max(0, h); w != p.w || h != p.h {
		p.w, p.h, p.stale = w, h, true
	}
}

// Capturing is true while a seed is typed.
func (p *Panel) Capturing() bool { return p.mode == typing }

// Keys lists what acts now, most useful first.
func (p *Panel) Keys() []key.Binding {
	return p.keys.list(situation{p.mode, !p.run.done(), p.run.paused, p.view.set, p.cursor >= 0 || p.full})
}

// KeysShown lists the keys of the controls that were drawn.
func (p *Panel) KeysShown() (keys []string) {
	for _, z := range p.zones {
		keys = append(keys, p.keys[z.Means].Keys()[0])
	}
	return keys
}

var (
	_ page.Hoverer  = (*Panel)(nil)
	_ page.Exporter = (*Panel)(nil)
	_ panels.Titler = (*Panel)(nil)
)

// Hovering reports whether the panel reads out what is under the mouse, without
// a button: it wants all motion.
func (p *Panel) Hovering() bool { return p.plot.W > 0 }

// Export writes the walk so far, as "csv" or "json".
func (p *Panel) Export(format string, w io.Writer) error {
	return export(w, format, p.run.seed, p.run.series)
}

// Draw draws the page.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, p.stale) {
		return false
	}
	p.paint(g)
	p.stale = false
	return true
}

// picture returns where the plot is, as the state says now.
func (p *Panel) picture() chart.Plot {
	if p.stale {
		p.paint(&cell.Grid{W: p.w, H: p.h})
	}
	return p.plot
}

// whole returns the page in its true colours.
func (p *Panel) whole() *cell.Grid {
	g := cell.NewGrid(p.w, p.h)
	p.paint(g)
	return g
}

const (
	wideEnough = 118 // columns from which facts and controls stand at the right
	tallEnough = 18  // rows that they need
	panelWidth = 30
)

// paint draws into g, from top to bottom: progress; controls; the chart; what is
// read out. A wide window has all but the chart and the progress at the
// right, a low one leaves out controls, then the read-out.
func (p *Panel) paint(g *cell.Grid) {
	s := surface{grid: g, theme: p.env.Theme, zones: p.zones[:0], bare: p.env.Bare}
	g.Fill(s.theme.Background)
	p.read = p.under()
	c := contents{run: &p.run, zoomed: p.view.set, read: p.read, mode: p.mode, field: &p.field}
	c.alone = p.full && p.mode == browsing
	c.lo, c.hi = p.view.of(p.run.series.Len())
	wide := p.w >= wideEnough && p.h >= tallEnough && !c.alone
	r := chart.Rect{X: 0, Y: 0, W: p.w, H: p.h}
	if wide {
		r.W -= panelWidth + 3
		s.panel(chart.Rect{X: r.X + r.W + 3, Y: 0, W: panelWidth, H: p.h}, &c)
	}
	s.progress(r, p.title, &p.run)
	r.Y, r.H = r.Y+1, r.H-1
	if r.H >= 5 && !wide && !c.alone && !s.bare {
		s.controls(r.X, r.Y, r.W, &c)
		r.Y, r.H = r.Y+1, r.H-1
	}
	if r.H >= 12 && !c.alone {
		r.Y, r.H = r.Y+1, r.H-1
	}
	if r.H >= 4 && !wide && (!c.alone || c.read >= 0) {
		s.readout(r.X, r.Y+r.H-1, r.W, &c)
		r.H--
	}
	line := chart.Line{
		Series: p.run.series, XLo: c.lo, XHi: c.hi, YLo: p.run.lo, YHi: p.run.hi,
		Cursor: p.read, Newest: true, Decimals: decimals,
	}
	p.plot = line.Draw(g, r, chart.NewLook(s.theme, false))
	p.zones = s.zones
}

// under returns the index that is to be read out, -1 for none. A growing walk
// moves below the pointer.
func (p *Panel) under() int {
	if p.pointer < 0 || p.plot.W == 0 {
		return p.cursor
	}
	n, plot := p.run.series.Len(), p.plot
	plot.XLo, plot.XHi = p.view.of(n)
	return min(max(int(math.Round(plot.Value(p.pointer))), 0), n-1)
}
