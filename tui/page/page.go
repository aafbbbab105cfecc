// Package page is the contract between the root and its pages: what a page
// is, what it is given and what it may ask for. It knows no page.
package page

import (
	"context"
	"io"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Page is one tab. A page is a pointer: Update changes it in place and
// returns only what is to be done next.
type Page interface {
	Init() tea.Cmd             // once, when first opened
	Update(tea.Msg) tea.Cmd    // keys and mouse only while shown; results always
	SetSize(width, height int) // cells; called before the first Draw, never negative
	Keys() []key.Binding       // most useful first, for footer and help; disabled where they do not act now
	Capturing() bool           // true while text is being typed: only ctrl+c is global
	// Draw draws all of the page into g, which has the size last set, and
	// reports whether it drew. A page that has not changed since it last drew
	// into g leaves it as it is: see [cell.Grid.Redraw]. Colours and
	// characters that the terminal cannot show are replaced afterwards.
	Draw(g *cell.Grid) bool
}

// KeyShower is a page that shows keys itself, say on buttons. KeysShown returns
// those that it showed when it was last drawn, as Bubble Tea names them: the
// footer leaves them out.
type KeyShower interface{ KeysShown() []string }

// Exporter is a page that can give its data. Formats are "csv" and "json";
// a format that a page has no shape for is ErrFormat.
type Exporter interface {
	Export(format string, w io.Writer) error
}

// Noter is a page that has things to tell of its figures beside themselves: what
// was guessed, changed or left out when they were read. Each note is one line,
// as it stands in its source: it may need cleaning.
type Noter interface{ Notes() []string }

// Named is something on a page that has a name: a column, an input, a panel. Msg
// is what the page is told when somebody chooses it by its name.
type Named struct {
	Name, Kind string
	Msg        tea.Msg
}

// Lister is a page that has things with a name beside its keys.
type Lister interface{ Named() []Named }

// Replacer is a page that can become its next version where it stands: what its
// files say changed, and what was done in it stays. Replace reports false where
// next is no version of it.
type Replacer interface {
	Replace(next Page) (tea.Cmd, bool)
}

// Hoverer is a page that answers to the pointer alone. While Hovering is true
// and nothing stands above the page, it gets the mouse's motion without a
// button too (of a burst the newest alone), and Left when the pointer leaves
// it. It is asked after each frame; the modes of the terminal follow it.
type Hoverer interface{ Hovering() bool }

// Spec registers a page. New runs only once the gate has let the user in.
type Spec struct {
	ID     string       // "plotting": for commands and the configuration
	Title  string       // "Plotting Demo": for the tab
	Access session.Rule // zero = anyone
	New    func() Page
}

// Env is what every page shares. It is never changed after start.
type Env struct {
	Ctx           context.Context // ends with the program
	Theme         *theme.Theme
	ReducedMotion bool
	// Still is true where nobody watches and one frame is all there will be
	// (`show`, the tour): pages run to their end at once and start no clock.
	Still bool
	// Bare leaves out buttons and hints, where nobody can press them (`show`).
	Bare bool
	Now  func() time.Time
	// Tick is tea.Tick, or a test's clock.
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	// Save writes an export under a name that is free and gives its path.
	// It blocks: call it in a command.
	Save func(name string, content []byte) (path string, err error)
}
