// Package board is the one page that every page of a dashboard is: its panels
// beside and below each other, the inputs that filter them above, and the
// figures of its sources, which it asks for, filters and hands to the panels.
package board

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/tiles/tileset"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// Options is what a board is built from besides its page.
type Options struct {
	// Store opens the sources.
	Store *source.Store
	// Open opens a source in the place of Store. Params are the inputs that a
	// query of a database names, by their names.
	Open func(src dashboard.Source, params map[string][]string) Feed
	// Shared keeps what was chosen, for as long as the program runs; nil keeps
	// it as long as the page.
	Shared *Inputs
	// Own says that the page shows files alone, without a folder: it has no
	// gate, and can be written as a page.
	Own bool
	// Chart is which of the charts that fit is shown first, from 1; 0 = the first.
	Chart int
	// Begin is what the table of a page without rows begins with: which rows,
	// columns and order.
	Begin panels.Steps
	// ChartTime is the longest that a chart may take to be computed; 0 = as long
	// as it takes.
	ChartTime time.Duration
	// Load reads a file of the folder, at most max bytes of it.
	Load func(ctx context.Context, path string, max int64) ([]byte, error)
	// Ground opens the tiles below the map of a panel; see panels.Env.
	Ground func(ctx context.Context, p *dashboard.Panel) (*tileset.Set, error)
	// Pages are those that links lead to; nil = none.
	Pages dashboard.Pages
	// Line is the command that shows the dashboard, such as tabgate run desk;
	// nil = there is none. With --page and --set it shows a page as it is seen.
	Line []string
	// Beside are sources of which a reader may add columns to those of the page:
	// of files, the others.
	Beside []dashboard.Source
	// Unreached begins what is said where an address could not be asked and
	// nothing stands in for it; "" = the error alone.
	Unreached string
	// Same gives the names that a value of an input may have, itself the first:
	// what was chosen is found in other figures by them. nil = its own alone.
	Same func(value string) []string
}

// Board is a page made of panels.
type Board struct {
	page dashboard.Page
	opts Options

	stage
	links
	data    *figures
	made    *made    // of a page that says no rows; else nil
	chooser *chooser // of a chart, nil unless it is open
	clock   clock
	chord   bool // ctrl+w was pressed: an arrow follows
	// exporting: e was pressed in a panel without exports.
	exporting bool
	mouse     pointer
}

var (
	_ page.Exporter  = (*Board)(nil)
	_ page.Noter     = (*Board)(nil)
	_ page.Hoverer   = (*Board)(nil)
	_ page.KeyShower = (*Board)(nil)
)

// New makes the page.
func New(env page.Env, p dashboard.Page, o Options) page.Page {
	if o.Shared == nil {
		o.Shared = NewInputs()
	}
	if store := o.Store; o.Open == nil && store != nil {
		o.Open = func(src dashboard.Source, params map[string][]string) Feed { return store.Open(src, params) }
	}
	b := &Board{page: p, opts: o, stage: stage{env: env}, links: links{id: p.ID, shared: o.Shared, pages: o.Pages}}
	content := dashboard.Content{}
	if p.Content != nil {
		content = *p.Content
	}
	b.data = newFigures(env, content.Sources, o.Open)
	b.data.addBeside(o.Beside)
	b.bar = newBar(env, p.ID, content.Inputs, o.Shared)
	b.bar.same = o.Same
	for r, row := range content.Rows {
		b.heights = append(b.heights, row.Height)
		for _, panel := range row.Panels {
			b.slots = append(b.slots, newSlot(b, r, panel))
		}
	}
	if len(content.Rows) == 0 && len(content.Sources) > 0 {
		b.made = newMade(b, content.Sources)
	}
	b.focus = firstFocus(b.slots)
	return b
}

// firstFocus is the panel that has the focus at first: one that is moved about
// in, if there is one.
func firstFocus(slots []*slot) int {
	for i, s := range slots {
		if !still(s.panel.Kind) {
			return i
		}
	}
	return 0
}

// still reports whether a panel of a kind is only read.
func still(kind string) bool { return kind == "markdown" || kind == "metric" }

// Init begins to read the sources and the panels' own files.
func (b *Board) Init() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range b.slots {
		cmds = append(cmds, s.init())
	}
	if s := b.focused(); s != nil {
		s.impl.Focus(true)
	}
	return tea.Batch(append(cmds, b.refeed(), b.tellSizes())...)
}

// SetSize takes the room that the page has.
func (b *Board) SetSize(width, height int) {
	if b.w != width || b.h != height {
		b.w, b.h = max(width, 0), max(height, 0)
		b.bar.w, b.bar.h = b.w, b.h
		setFoot(b)
		b.relayout()
	}
}

// Update takes a message. Panels whose place changed by it are told.
func (b *Board) Update(msg tea.Msg) tea.Cmd {
	cmd := b.update(msg)
	return tea.Batch(cmd, b.tellSizes())
}

// tellSizes tells panels that they have another size.
func (b *Board) tellSizes() tea.Cmd {
	if b.w == 0 || b.h == 0 {
		return nil
	}
	var cmds []tea.Cmd
	b.layOut()
	for _, s := range b.all() {
		if s.resized {
			s.resized = false
			cmds = append(cmds, s.route(s.impl.Update(page.Resized{})))
		}
	}
	return tea.Batch(cmds...)
}

func (b *Board) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case routed:
		if msg.to.board != b {
			return nil
		}
		return b.fromPanel(msg.to, msg.msg)
	case mine:
		if msg.of() != b.data {
			return nil
		}
		b.relayout()
		return msg.take(b)
	case tea.KeyMsg:
		b.drawn = false
		return b.key(msg)
	case tea.MouseMsg:
		return b.mouse.event(b, msg)
	case page.Session:
		b.opts.Shared.belong(msg.Session.Sub)
	case page.Tabs:
		b.tabs = msg.Tabs
	case page.Shown:
		if len(b.data.names) == 0 && len(b.bar.inputs) == 0 {
			return b.tell(msg) // nothing can have changed meanwhile
		}
		b.drawn = false
		return tea.Batch(b.data.resume(), b.refeed(), b.clock.start(b), b.tell(msg))
	case named:
		if msg.board != b {
			return nil
		}
		b.relayout()
		return msg.do()
	case page.Hidden:
		b.chord, b.exporting = false, false
		if !msg.Blurred {
			b.data.pause()
			b.clock.hidden = true
		}
		return b.tell(msg)
	case page.Resized:
		return b.made.place(b)
	case page.Left:
		return b.mouse.moveTo(nil)
	case page.Rethemed:
		b.relayout()
		return b.tell(msg)
	}
	return nil
}

// chose acts on what was chosen.
func (b *Board) chose() tea.Cmd { return tea.Batch(b.bar.learn(b.data, ""), b.refeed()) }

// choseIf acts on what was chosen, if something was.
func (b *Board) choseIf(changed bool) tea.Cmd {
	if !changed {
		b.relayout()
		return nil
	}
	return b.chose()
}

// tell gives every panel a message.
func (b *Board) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range b.all() {
		cmds = append(cmds, s.update(msg))
	}
	return tea.Batch(cmds...)
}

// all is every panel, that over the page among them.
func (b *Board) all() []*slot {
	if b.over == nil {
		return b.slots
	}
	return append(slices.Clone(b.slots), b.over)
}

// fromPanel does what a panel asks for, and gives it the results of its own
// commands.
func (b *Board) fromPanel(s *slot, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case panels.Cursor:
		return b.sendCursor(s, msg)
	case panels.Shaped:
		return s.reshape(msg)
	case panels.AskBeside:
		s.beside = &beside{}
		return b.refeed()
	case panels.Detail:
		return b.detail(s, msg)
	case panels.Chart:
		return b.openChart(s, msg)
	case panels.WritePage:
		return writePage(b, msg.Steps)
	case panels.CommandLine:
		if b.opts.Line != nil {
			return pageLine(b)
		}
		return commandLine(b, msg.Steps)
	case panels.Follow:
		b.drawn = false
		if !b.links.open(b.env.Theme, s.panel.Open, msg.Values) {
			return s.update(msg.Then)
		}
		if msg.Then != nil {
			b.offer.other, b.offer.rows = msg.Else, func() tea.Cmd { return s.update(msg.Then) }
		}
		return nil
	case panels.FullScreen:
		if s == b.over {
			return nil
		}
		b.focusOn(s.index(), false)
		b.setFull(!b.full)
		return nil
	}
	return s.update(msg)
}

// sendCursor tells the other panels of a source where a cursor is.
func (b *Board) sendCursor(from *slot, msg panels.Cursor) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range b.slots {
		if s == from {
			continue
		}
		if s.uses(msg.Source) {
			cmds = append(cmds, s.update(msg))
			continue
		}
		for _, name := range s.names {
			if there, ok := b.data.folded(msg, name); ok {
				cmds = append(cmds, s.update(there))
			}
		}
	}
	return tea.Batch(cmds...)
}

// Capturing reports whether text is typed.
func (b *Board) Capturing() bool {
	s := b.focused()
	return b.bar.open() || b.offer != nil || b.chooser != nil || s != nil && s.shows() == "" && s.impl.Capturing()
}

// Draw draws the page.
func (b *Board) Draw(g *cell.Grid) bool {
	b.layOut()
	changed := !b.drawn
	for _, place := range b.laid.places {
		s := b.get(place.slot)
		if b.visible(place) && s.shows() == "" && s.impl.Draw(&s.cells) {
			changed = true
		}
	}
	if !g.Redraw(b, changed) {
		return false
	}
	b.draw(g)
	drawState(b, g)
	drawProvenance(b, g)
	if b.chooser != nil {
		g.NoCursor()
		b.chooser.draw(b.env.Theme, g)
	}
	if b.offer != nil {
		g.NoCursor()
		b.offer.draw(b.env.Theme, g)
	}
	b.drawn = true
	return true
}
