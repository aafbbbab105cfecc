// Package signin is the sign-in box: it offers the people of a demo, begins a
// sign-in as one of them, in the browser or by a device code, shows what to do,
// takes a pasted address, and asks when somebody else came back than last time. Messages and keys go in, one result
// comes out: [Box.Session], who signed in, or nobody. What fails is said in
// the box, which then offers to try again.
//
// [Box.Start] begins, its commands answer with a [Msg] for [Box.Update], keys
// go to [Box.Key]. The box knows neither tabs nor who was signed in before.
package signin

import (
	"context"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// Options are what a box is made from.
type Options struct {
	Env  page.Env
	Auth Auth // a DeviceAuth too where a device code can be had, a PeopleAuth where people can be played
	// Opens gives the titles of the tabs that are locked, but open to groups.
	// It is asked of a PeopleAuth's people alone.
	Opens func(groups []string) []string
	// QR gives the lines of a QR code for text, drawn in half blocks where
	// a block is a light module. Nil where there is none.
	QR   func(text string) []string
	From string // the file that decides the sign-in, for the title; may be ""
	Bars int    // lines of the window above and below the page
}

// stage is how far a sign-in has come.
type stage int

const (
	choosing  stage = iota // whom to sign in as
	preparing              // the store is probed, the port opened
	waiting                // for the person in the browser
	checking               // a pasted address was accepted
	asking                 // whether to go on as somebody else than last time
	deciding               // the answer is being carried out
	failed
)

// Box is the sign-in box. It implements box.Box.
type Box struct {
	Options
	device  DeviceAuth // nil where no device code can be had
	people  PeopleAuth // nil where nobody can be played
	choices choices
	first   int // of the choices that are shown
	box.Size
	session session.Session
	*run
}

// run is one sign-in. Its answers carry a pointer to it: an answer for a run
// that is no longer the box's is dropped.
type run struct {
	stage   stage
	ctx     context.Context
	cancel  context.CancelFunc
	attempt Attempt // nil before it has begun, and by device
	// byDevice says that this sign-in is by a code on another device; then
	// the address is where to enter it, and complete is that with the code.
	byDevice bool
	played   string // the person who goes to the browser by themselves; "" for one at this screen
	facts
	left time.Duration
	// Of asking: who must be told the answer, who it is about, the question.
	signIn  SignIn
	changed *session.Changed
	prompt  box.Prompt

	browser   string // what became of opening the browser, "" not known yet
	noBrowser bool
	hints     []string // sentences, the newest last
	problem   string
	field     widget.Field
	typing    bool
	qr        bool // it shows the QR code
}

// facts are what a sign-in said when it began; they never change after.
type facts struct {
	url, redirect, remote string
	code, complete, note  string // by device
	hasBrowser            bool
	deadline              time.Time
}

// New makes a box. Start begins the sign-in.
func New(o Options) *Box {
	b := &Box{Options: o, run: &run{cancel: func() {}}}
	if d, ok := o.Auth.(DeviceAuth); ok && d.HasDevice() {
		b.device = d
	}
	if p, ok := o.Auth.(PeopleAuth); ok {
		b.people = p
		for _, who := range p.People() {
			b.choices = append(b.choices, choice{who, o.Opens(who.Groups)})
		}
	}
	return b
}

// Session returns who signed in once the box is done, nobody if it was
// cancelled.
func (b *Box) Session() session.Session { return b.session }

// SetSize implements box.Box.
func (b *Box) SetSize(w, h int) {
	b.Size.SetSize(w, h)
	b.prompt.SetSize(w, h)
}

// ascii reports whether no QR code can be drawn here.
func (b *Box) ascii() bool { return b.Env.Theme.Glyphs == theme.ASCII }

// Progress is what an Update led to.
type Progress int

const (
	// Same is what needs nothing of whoever holds the box.
	Same Progress = iota
	// Asks is a question in the place of what was shown: keys that are on
	// their way are not meant for it.
	Asks
	// Done is the end: see Session.
	Done
)

// ended brings the session, or why there is none.
type ended struct {
	*run
	session session.Session
	err     error
}

// fail ends the sign-in and says why; the box stays, to try again.
func (r *run) fail(problem string) {
	r.cancel()
	r.stage, r.problem, r.qr, r.typing = failed, problem, false, false
	r.field.Clear()
}

// mostHints is how many hints are shown at once.
const mostHints = 3

func (r *run) hint(text string) {
	if text != "" {
		r.hints = append(r.hints, box.Sentence(text))
		r.hints = r.hints[max(len(r.hints)-mostHints, 0):]
	}
}

// scanned is the address that a QR code leads to.
func (r *run) scanned() string {
	if r.complete != "" {
		return r.complete
	}
	return r.url
}

func (r *run) timeLeft() string {
	if r.stage != waiting && r.stage != checking {
		return ""
	}
	left := max(r.left.Round(time.Second), 0)
	return fmt.Sprintf("%d:%02d left", int(left.Minutes()), int(left.Seconds())%60)
}
