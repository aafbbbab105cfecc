package board

import (
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/panels"
)

// slot is the place of a panel on its page, and what the page knows of it.
type slot struct {
	board  *Board
	row    int
	panel  dashboard.Panel
	impl   panels.Panel // never nil
	cells  cell.Grid
	lines  int         // that it needed last, where it takes those it needs
	most   int         // that it filled last, where it says so
	names  []string    // of its sources
	kept   *kept       // the rows that it is to show, of the source that was looked at last
	filter query.Where // of a table over the page
	shape  *shape      // what was made of its rows; nil = nothing
	beside *beside     // it asked for the other sources; nil = it did not
	hint   string      // at the right of the rule above it
	from   *slot       // whose rows these are, of a table over the page; else nil

	tables  map[string]panels.Table // that it was given last
	keys    map[string]string       // what told them apart from others
	resized bool                    // it has another size, and was not told
	err     error                   // why it cannot be drawn
}

func newSlot(b *Board, row int, p dashboard.Panel) *slot {
	return newSlotWith(b, row, p, panels.Steps{})
}

// newSlotWith is newSlot for a table that begins with steps.
func newSlotWith(b *Board, row int, p dashboard.Panel, begin panels.Steps) *slot {
	s := &slot{board: b, row: row, panel: p}
	s.names = sourcesOf(p.Spec)
	make, ok := kinds()[p.Kind]
	if !ok {
		s.err = placed{p.At, "a panel of kind " + session.Clean(p.Kind, 40) + " is not known to this version"}
		s.impl = blank{}
		return s
	}
	env := panels.Env{Env: b.env, Panel: p, Own: b.opts.Own, Linked: b.opts.Line != nil, Begin: begin, Load: b.opts.Load, ChartTime: b.opts.ChartTime, Ground: b.opts.Ground}
	env.Tick = s.tick(b.env.Tick)
	s.impl = make(env)
	return s
}

func (s *slot) index() int { return slices.Index(s.board.slots, s) }

func (s *slot) init() tea.Cmd { return s.route(s.impl.Init()) }

// update gives the panel a message. What comes of it comes back to the panel.
func (s *slot) update(msg tea.Msg) tea.Cmd {
	cmd := s.impl.Update(msg)
	if sizer, sizes := s.impl.(panels.Sizer); sizes && sizer.Lines(s.cells.W) != s.lines {
		s.lines = sizer.Lines(s.cells.W)
		s.board.relayout()
	}
	if modest, ok := s.impl.(panels.Modest); ok && modest.Most(s.cells.W) != s.most {
		s.most = modest.Most(s.cells.W)
		s.board.relayout()
	}
	return s.route(cmd)
}

// uses reports whether the panel shows figures of a source.
func (s *slot) uses(source string) bool { return slices.Contains(s.names, source) }

// title is what the page writes above the panel.
func (s *slot) title() string {
	if _, own := s.impl.(panels.Titler); own {
		return ""
	}
	return session.Clean(s.panel.Title, 200)
}

// name is what the panel is called where it has to be named.
func (s *slot) name() string {
	switch {
	case s.panel.Name != "":
		return s.panel.Name
	case s.panel.Title != "":
		return s.panel.Title
	}
	return s.panel.Kind + " " + strconv.Itoa(s.index()+1)
}

// blank is a panel of a kind that there is none of: the page says so in its
// place.
type blank struct{}

func (blank) Init() tea.Cmd          { return nil }
func (blank) Update(tea.Msg) tea.Cmd { return nil }
func (blank) SetSize(int, int)       {}
func (blank) Keys() []binding        { return nil }
func (blank) Capturing() bool        { return false }
func (blank) Draw(*cell.Grid) bool   { return false }
func (blank) Focus(bool)             {}

// placed is an error with its place in the files of the folder.
type placed struct {
	at   dashboard.Place
	text string
}

func (e placed) Error() string { return dashboard.Problem{Place: e.at, Text: e.text}.String() }

// sourcesOf lists the sources of a panel by its specification.
func sourcesOf(spec any) []string {
	one := func(name string, more ...string) []string {
		var out []string
		for _, n := range append([]string{name}, more...) {
			if n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
		return out
	}
	switch spec := spec.(type) {
	case *dashboard.Metric:
		return one(spec.Source)
	case *dashboard.Table:
		return one(spec.Source)
	case *dashboard.Chart:
		return one(spec.Source)
	case *dashboard.Map:
		return one(spec.Source)
	case *dashboard.VegaLite:
		return one(spec.Source, spec.Names...)
	case *dashboard.Pydeck:
		return one("", spec.Names...)
	}
	return nil
}

var _ panels.Panel = blank{}
