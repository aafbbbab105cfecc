package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
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

	LocalPool bool
	// QR gives the lines of a QR code for text, drawn in half blocks where
	// a block is a light module. Nil where there is none.
	QR func(text string) []string
	// Browse opens an address in the browser, detached. Nil where there is none.
	Browse func(url string) error
}

// Root is the model of the whole program: tab bar, one page, footer, and at
// most one box above them. It owns who is signed in and which pages are open.
type Root struct {
	env           page.Env
	o             Options
	keys          keyMap
	tabs          []*tab
	shown         int
	width, height int
	away          bool // the terminal lost the focus
	dragging      bool // a mouse button went down inside the page
	hovered       bool // the pointer moved over the page, without a button
	account       account
	box           box   // nil unless one is open
	asks          []Ask // questions that wait for the box to close
	toast         toast
	leaves        bool // the act before this one was a click on quit
	deafUntil     time.Time
	target        cell.Target // what the terminal can show
	on            *cell.Grid  // what boxes are drawn on
}

// New builds the root. It asks nothing and opens no page: Init does.
func New(env page.Env, o Options) *Root {
	r := &Root{env: env, o: o}
	for _, entry := range o.Pages {
		r.tabs = append(r.tabs, &tab{entry: entry, spec: entry(env)})
	}
	for i, t := range r.tabs {
		if t.spec.ID == o.Start {
			r.shown = i
		}
	}
	r.keys = newKeyMap(len(r.tabs))
	r.account = account{session: o.Initial, live: o.Initial.Live(env.Now()), asking: o.Auth != nil && !o.Asked}
	r.say(o.Note)
	if o.Ask != nil {
		r.asks = append(r.asks, *o.Ask)
		r.askNext()
	}
	return r
}

// Init opens the first page and asks who is signed in.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(r.enter(), r.restoreAtStart(), r.subscribe(), r.armExpiry())
}

// Update has three rules: what the root owns, keys and mouse to what is
// shown, everything else to every open page.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	ended := r.relock()
	r.leaves = r.toast.leaving && isAct(msg)
	cmd, own := r.own(msg)
	if !own {
		switch msg := msg.(type) {
		case tea.KeyMsg:
			cmd = r.key(msg)
		case tea.MouseMsg:
			cmd = r.mouse(msg)
		default:
			cmd = r.broadcast(msg)
		}
	}
	if r.leaves && r.toast.leaving {
		r.toast = toast{} // it was another act
	}
	r.askNext()
	return r, tea.Batch(ended, cmd)
}
