package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/bars"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Options are what the root is built from besides what all pages share.
type Options struct {
	Auth  Auth    // nil where no user pool is configured: then Setup says what is missing
	Pages []Entry // see Pages
	Start string  // id of the page shown first; "" is the first one
	Setup string  // what is missing and the ways on, one or more sentences

	// Initial is the stored session when it was at hand before the first
	// frame. Asked says that it was, whether somebody is signed in or not;
	// otherwise the root asks Auth.Restore.
	Initial session.Session
	Asked   bool
	Note    string // one sentence to show at the start
	Ask     *Ask   // a question to ask at the start; may be nil
	From    string // the file that decides the sign-in, for the box to name; "" where that needs no word

	Preview *Preview // nil where pages are shown as who is signed in alone

	NoMouse   bool // the mouse is the terminal's, and nothing can be clicked
	LocalPool bool
	// QR gives the lines of a QR code for text, drawn in half blocks where
	// a block is a light module. Nil where there is none.
	QR func(text string) []string
	// Browse opens an address in the browser, detached. Nil where there is none.
	Browse func(url string) error
}

// Preview lets the one who has the pages see them as others would. It opens
// locks, and is for pages whose figures are at hand anyway: a folder of one's
// own.
type Preview struct {
	// As is as whom the pages are shown at first: as a member of these groups,
	// or, where there are none, as somebody signed out. Nil is as oneself.
	As *[]string
}

// Ask is the message that asks a question in a box above the page. Where
// another box is open, the question waits until that is closed.
type Ask struct {
	box.Question
	// Then is called in Update with the answer, once, and returns what is to
	// be done about it. It is not called when the program ends first.
	Then func(yes bool) tea.Cmd
}

// Root is the model of the whole program: tab bar, one page, footer, and at
// most one box above them.
type Root struct {
	env  page.Env
	opts Options
	keys keyMap
	window
	account   *account
	tabs      *tabs
	pointer   pointer
	box       box.Box        // nil unless one is open
	asks      []Ask          // questions that wait for the box to close
	problems  problems       // of the files of the pages
	names     func() []found // everything with a name; Init sets it
	notice    bars.Notice
	clock     noticeClock // of the notice
	unlocking *unlocking  // nil unless locks have just opened
	// quitArmed says that the act before this one was a click on quit.
	quitArmed    bool
	inputBlocked grace
	target       cell.Target // what the terminal can show
}

// pointer is what the mouse is about, in the page.
type pointer struct {
	dragging bool // a button went down in the page
	hovered  bool // it moved over the page, without a button
}

// grace is how long keys and clicks are ignored after the screen changed by
// itself: they were meant for what stood there before.
type grace struct{ until time.Time }

const graceTime = 400 * time.Millisecond

func (g *grace) start(env page.Env) {
	if !env.Still {
		g.until = env.Now().Add(graceTime)
	}
}

func (g *grace) at(now time.Time) bool { return now.Before(g.until) }

// New builds the root. It asks nothing and opens no page: Init does.
func New(env page.Env, o Options) *Root {
	a := &account{env: env, auth: o.Auth, session: o.Initial, live: o.Initial.Live(env.Now()), asking: o.Auth != nil && !o.Asked}
	r := &Root{env: env, opts: o, account: a, tabs: newTabs(env, a, o.Pages, o.Start), keys: newKeyMap(len(o.Pages))}
	if o.Preview != nil && o.Preview.As != nil {
		a.as = a.asMember(*o.Preview.As)
	}
	r.notice.Say(o.Note)
	if o.Ask != nil {
		r.asks = append(r.asks, *o.Ask)
	}
	return r
}
