// Package dataframe is the page of the table and its chart: choose regions,
// read, sort, search and copy their figures, and see them as areas over the
// years. It does not know where figures come from; a Source gives them.
package dataframe

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Source gives the figures.
type Source interface {
	// Agriculture is the best table to be had within a few seconds.
	Agriculture(context.Context) (data.Table, error)
	// AgricultureNow is the best one at hand, for showing something at once.
	AgricultureNow(context.Context) (data.Table, error)
	// Final says that asking again gives nothing newer than this.
	Final(data.Origin) bool
	// Rows opens a file that is no such table (data.ErrShape), row by row. It
	// is closed when the context ends.
	Rows(context.Context) (*data.Sheet, error)
}

// Options are what the page starts with.
type Options struct {
	// Countries are chosen at first; nil = the table's defaults. A name with
	// a comma may have been split at it.
	Countries []string
}

// pane is what the page shows below the countries.
type pane int

const (
	bothPanes pane = iota
	tablePane
	chartPane
)

// mode says who gets the keys.
type mode int

const (
	browsing mode = iota
	choosing
	searching
)

type frame struct {
	env  page.Env
	src  Source
	o    Options
	keys keyMap

	load  loading
	table data.Table // what the figures were read from; empty for a sheet
	sheet *sheet     // a file row by row; nil for a table
	show  measure
	picks picks
	mem   memory // the chosen regions
	grid  grid
	find  find

	mode   mode
	pane   pane
	safe   bool // colours for colour-blind readers
	width  int
	height int

	canvas *cell.Grid // what is drawn into
	seen   drawing
	held   drag
	hover  hover
	border border // while held is dragBorder
}

// New makes the page.
func New(env page.Env, src Source, o Options) page.Page { return newFrame(env, src, o) }

func newFrame(env page.Env, src Source, o Options) *frame {
	return &frame{env: env, src: src, o: o, keys: newKeyMap()}
}

func (f *frame) Init() tea.Cmd { return f.reload() }

func (f *frame) Capturing() bool { return f.mode != browsing }

func (f *frame) Keys() []key.Binding { return f.keys.list(f) }

func (f *frame) SetSize(width, height int) {
	if f.width != width || f.height != height {
		f.width, f.height = max(width, 0), max(height, 0)
		f.seen.drawn, f.seen.laid = false, false
	}
}

// body is what the table shows now.
func (f *frame) body() body {
	if f.sheet != nil {
		return f.sheet
	}
	return &f.mem
}

func (f *frame) Update(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case loaded:
		cmd = f.loaded(msg)
	case opened:
		cmd = f.opened(msg)
	case indexed, windowRead, ordered, found, summed, profiled:
		cmd = f.sheetAnswer(msg)
	case saved:
		cmd = msg.tell()
	case page.Rethemed:
	case page.Hidden, page.Left:
		if !f.leave() {
			return nil
		}
	case tea.KeyMsg:
		f.leave()
		cmd = f.key(msg)
	case tea.MouseMsg:
		if !f.mouseMatters(msg) {
			return nil
		}
		cmd = f.mouse(msg)
	default:
		return nil
	}
	f.seen.drawn, f.seen.laid = false, false
	return tea.Batch(cmd, f.fetch())
}

// Draw draws the page.
func (f *frame) Draw(g *cell.Grid) bool {
	if !g.Redraw(f, !f.seen.drawn) {
		return false
	}
	f.draw(g)
	f.seen.drawn = true
	return true
}

// layOut finds out where things are, as the state says now.
func (f *frame) layOut() {
	if !f.seen.laid {
		f.draw(&cell.Grid{W: f.width, H: f.height})
	}
}
