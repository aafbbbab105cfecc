// Package dataframe is the page of the table and its chart: choose regions,
// read, sort, search and copy their figures, and see them as areas over the
// years. It does not know where figures come from; a Source gives them.
//
// The page composes: tui/sheet draws what [figures] give as a table, link
// joins it with the chart, picks are what can be chosen. There are two kinds of
// figures, the demo's table and a file of one's own.
package dataframe

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/chart"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

// Source gives the figures.
type Source interface {
	// Agriculture is the best table to be had within a few seconds.
	Agriculture(context.Context) (data.Table, error)
	// AgricultureNow is the best one at hand, for showing something at once.
	AgricultureNow(context.Context) (data.Table, error)
	// Final says that asking again gives nothing newer than this.
	Final(data.Origin) bool
}

// Options are what the page starts with.
type Options struct {
	// Countries are chosen at first; nil = the table's defaults. A name with
	// a comma may have been split at it.
	Countries []string
	// File is shown instead of the source's figures; "" = none is. Of a file
	// Countries choose rows, by their first column.
	File    string
	Reading textfile.Options // how File is read
}

// pane is what the page shows below the countries.
type pane int

const (
	bothPanes pane = iota
	tablePane
	chartPane
)

// tool names what the key f does next.
func (p pane) tool() sheet.Tool {
	return sheet.Tool{Text: [...]string{" f table ", " f chart ", " f both "}[p], Key: "f"}
}

// Page is the page.
type Page struct {
	env  page.Env
	src  Source
	o    Options
	keys keyMap

	load     loading
	regions  regions // the demo's table, with what was chosen of it
	file     *file   // a file; nil while the regions are shown
	reader   *reader // of the file
	link             // what is shown, as a table and a chart
	choosing bool    // the dropdown is open and gets the keys
	pane     pane
	safe     bool // colours for colour-blind readers
	width    int
	height   int

	drawn bool // nothing has changed since it was drawn
	laid  bool // nothing has changed since it was laid out, which it may not have been into cells
	pen   pen
	menu  chart.Rect // the open dropdown
}

// loading is the state of the last question for figures.
type loading struct {
	seq    int
	cancel context.CancelFunc
	busy   bool // an answer is awaited
	have   bool // something is shown
	err    error
}

func newPage(env page.Env, src Source, o Options) *Page {
	f := &Page{env: env, src: src, o: o, keys: newKeyMap()}
	f.show(env.Ctx, &f.regions)
	return f
}

// show begins a table of its own for figures.
func (f *Page) show(ctx context.Context, fig figures) {
	f.fig, f.table = fig, sheet.New(ctx, fig)
	f.file, _ = fig.(*file)
}

// refill shows the regions that are chosen now.
func (f *Page) refill() {
	f.regions.fill()
	f.table.Changed()
}

// tableShown reports whether the table is in view, with the chart or without.
func (f *Page) tableShown() bool { return f.pane != chartPane || !f.fig.charts() }

// complain shows an error in the footer.
func complain(err error) tea.Cmd {
	if err == nil {
		return nil
	}
	return page.Send(page.Failed{Err: err})
}
