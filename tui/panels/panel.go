// Package panels is the contract between a page made of panels and its panels:
// what a panel is, what it is given and what it may ask for. It knows no panel.
package panels

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/tiles/tileset"
	"github.com/authtabs/tabgate/tui/page"
)

// Panel is one part of a page: a small page. Update gets keys while the panel
// has the focus, the mouse (in the panel's own cells) while the pointer is over
// it, Data when its figures changed, and the results of its own commands
// always. It may also be a page.Exporter, a page.Noter, a page.Hoverer and a
// page.KeyShower. A key that its Keys list as enabled is the panel's before it
// is the page's, so that its menus may use any letter.
type Panel interface {
	page.Page
	// Focus tells whether keys go to the panel.
	Focus(on bool)
}

// Sizer is a panel that takes the lines it needs, whatever its row's weight.
type Sizer interface {
	// Lines returns how many lines the panel needs at a width in cells.
	Lines(width int) int
}

// Modest is a panel that has no use for more lines than it says. The others of
// its page get those that are left.
type Modest interface {
	// Most returns how many lines the panel fills at a width in cells; 0 = any
	// number.
	Most(width int) int
}

// Keeper is a panel whose state outlives it: where its cursor is, what was done
// in it. When its page is reloaded and says something else of the panel, the new
// panel is given what the old one kept, before its first Data. It may not fit:
// a panel takes of it what it can.
type Keeper interface {
	Keep() any
	Restore(state any)
}

// Titler is a panel that draws its own title: the page draws none for it.
type Titler interface{ DrawsTitle() }

// Env is what every panel shares.
type Env struct {
	page.Env
	Panel dashboard.Panel
	// Begin is what a table begins with, as steps that can be undone.
	Begin Steps
	// Own reports that the page shows a file alone, without a folder: it has
	// no gate, and can be written as a page.
	Own bool
	// Linked reports that a command line shows the page as it is seen, so that
	// a menu of exports offers it.
	Linked bool
	// ChartTime is the longest that a chart may take to be computed; 0 = as long
	// as it takes. It bounds what a server can have this machine do.
	ChartTime time.Duration
	// Load reads a file of the folder, at most max bytes of it.
	Load func(ctx context.Context, path string, max int64) ([]byte, error)
	// Ground opens the tiles that lie below the panel's map; nil, also as what
	// it returns, is the coast alone.
	Ground func(ctx context.Context, p *dashboard.Panel) (*tileset.Set, error)
}

// Data tells a panel its figures: those of its sources, by their names, after
// the page's inputs and the panel's own where.
type Data struct {
	Sources map[string]Table
}

// Table is the figures of one source as a panel sees them.
type Table struct {
	source.Snapshot             // its Frame holds all rows
	Rows            frame.Frame // those that are kept; nil where Frame is
	Where           query.Where // what kept them, with the inputs' values in it
	Required        string      // the sentence of an input in which nothing is chosen; "" = show the rows
}

// From panels to their page.
type (
	// Cursor tells the page's other panels of the same source where the cursor
	// is: at a value of a field, or in a column of a table that has its values
	// beside each other. The page sends it on to them, and to panels of sources
	// that have the same figures below each other.
	Cursor struct{ Source, Field, Value, Column string }
	// Shaped tells what the reader made of the panel's rows: with other types,
	// columns of other sources, and those that fulfil conditions. On a page that
	// was made for its sources, the other panels of the source see the same.
	Shaped struct {
		Given frame.Frame // that it is made of, as the panel was given it
		Base  frame.Frame // all rows, nil where nothing was made of them
		Rows  frame.Frame // those that are kept
	}
	// AskBeside asks the page for the sources beside the panel's own, from which
	// columns can be taken. It answers with Beside, and again when one changes.
	AskBeside struct{}
	// Detail asks the page to show the rows behind a mark, over the page: of
	// those that the panel sees, the ones that fulfil conditions.
	Detail struct {
		Source string
		Where  query.Where
		Title  string
	}
	// Chart asks the page for a chart of figures that a panel counted, over the
	// page. The mark that is picked in it comes back to the panel as a Detail.
	Chart struct {
		Title  string
		Source string // what Spec calls the figures
		Spec   []byte // Vega-Lite
		Rows   frame.Frame
	}
	// Follow asks to go where the panel's link leads, with the values of a row
	// by their fields. Else is what is offered beside it: Then is sent back to
	// the panel for it.
	Follow struct {
		Values map[string]string
		Else   string
		Then   tea.Msg
	}
	// FullScreen asks for the panel alone, or for all panels again.
	FullScreen struct{}
)

// Beside are the sources that a panel asked for, as far as they were read.
type Beside struct{ Sources []source.Named }

// New makes a panel. It is registered by the panel's kind.
type New func(Env) Panel

// Send makes a command that only says msg.
func Send(msg tea.Msg) tea.Cmd { return page.Send(msg) }
