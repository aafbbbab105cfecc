package tui

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
)

// stage is how far a sign-in has come.
type stage int

const (
	preparing stage = iota // the store is probed, the port opened
	waiting                // for the person in the browser
	checking               // a pasted address was accepted
	asking                 // whether to go on as somebody else than last time
	deciding               // the answer is being carried out
	failed
)

// signInBox is the box of one sign-in. Its answers carry a pointer to it: an
// answer to a box that is no longer open is dropped.
type signInBox struct {
	stage   stage
	ctx     context.Context
	cancel  context.CancelFunc
	attempt Attempt    // nil before it has begun, and by device
	device  DeviceAuth // nil where no device code can be had
	// byDevice says that this sign-in is by a code on another device; then
	// the address is where to enter it, and complete is that with the code.
	byDevice       bool
	code, complete string
	// What the attempt said when it began; it never changes after.
	attemptFacts
	left time.Duration
	// Of asking: who must be told the answer, who it is about, the question.
	signIn  SignIn
	changed *session.Changed
	prompt  prompt

	browser   string // what became of opening the browser, "" not known yet
	noBrowser bool
	hints     []string // sentences, the newest last
	problem   string
	field     field
	typing    bool
	qr        bool // it shows the QR code
	ascii     bool // no QR code can be drawn here
}

// beginSignIn opens the box and prepares the attempt. Only a person's key or
// click leads here: a browser is never opened unattended.
func (r *Root) beginSignIn() tea.Cmd {
	if r.o.Auth == nil {
		return r.missing()
	}
	if r.signIn() != nil || r.account.busy == signingOut {
		return nil
	}
	r.toast = toast{}
	return r.startAttempt()
}

// openSignIn opens the box of a new attempt in the place of any other.
func (r *Root) openSignIn() *signInBox {
	b := &signInBox{ascii: r.ascii()}
	b.ctx, b.cancel = context.WithCancel(r.env.Ctx)
	if d, ok := r.o.Auth.(DeviceAuth); ok && d.HasDevice() {
		b.device = d
	}
	r.replace(b)
	return b
}

func (r *Root) startAttempt() tea.Cmd {
	b, auth := r.openSignIn(), r.o.Auth
	return func() tea.Msg {
		a, err := auth.Begin(b.ctx)
		if err != nil {
			return signInEnded{b, session.Session{}, err}
		}
		return begun{b, a, attemptFacts{a.URL(), a.RedirectURI(), a.Remote(), a.HasBrowser(), a.Deadline()}}
	}
}

func (r *Root) missing() tea.Cmd {
	if r.o.Setup == "" {
		r.complain("Signing in is not set up. Run `tabgate demo`, or `tabgate config init`.")
	} else {
		r.complain(r.o.Setup)
	}
	return nil
}

type attemptFacts struct {
	url, redirect, remote string
	hasBrowser            bool
	deadline              time.Time
}

// begun tells that the listener is open: now the browser may be.
type begun struct {
	box     *signInBox
	attempt Attempt
	attemptFacts
}

func (m begun) apply(r *Root) tea.Cmd {
	b := m.box
	if r.signIn() != b {
		return func() tea.Msg { m.attempt.Cancel(); return nil }
	}
	b.attempt, b.stage = m.attempt, waiting
	b.attemptFacts = m.attemptFacts
	b.left = b.deadline.Sub(r.env.Now())
	hints := func() tea.Msg { return nextHint(b.ctx, b, m.attempt.Hints()) }
	return tea.Batch(b.wait(m.attempt), b.openBrowser(), hints, r.second(b))
}

// wait waits for the session, or for why there is none.
func (b *signInBox) wait(s SignIn) tea.Cmd {
	b.signIn = s
	return func() tea.Msg {
		got, err := s.Wait(b.ctx)
		return signInEnded{b, got, err}
	}
}

// browserOpened tells what became of the browser.
type browserOpened struct {
	box *signInBox
	err error
}

func (b *signInBox) openBrowser() tea.Cmd {
	a := b.attempt
	return func() tea.Msg { return browserOpened{b, a.OpenBrowser()} }
}

func (m browserOpened) apply(*Root) tea.Cmd {
	m.box.noBrowser = m.err != nil
	m.box.browser = "Your browser is open at the log-in page. Finish there; this box closes by itself."
	if m.err != nil {
		m.box.browser = sentence(m.err.Error()) + " Open this address yourself:"
	}
	return nil
}

// hinted brings one sentence about what the listener saw.
type hinted struct {
	box  *signInBox
	text string
	from <-chan string
}

func nextHint(ctx context.Context, b *signInBox, hints <-chan string) tea.Msg {
	select {
	case text, open := <-hints:
		if open {
			return hinted{b, text, hints}
		}
	case <-ctx.Done():
	}
	return nil
}

func (m hinted) apply(r *Root) tea.Cmd {
	if r.signIn() != m.box {
		return nil
	}
	m.box.hinted(m.text)
	return func() tea.Msg { return nextHint(m.box.ctx, m.box, m.from) }
}

// mostHints is how many hints are shown at once.
const mostHints = 3

func (b *signInBox) hinted(text string) {
	if text != "" {
		b.hints = append(b.hints, sentence(text))
		b.hints = b.hints[max(len(b.hints)-mostHints, 0):]
	}
}

// second is the clock of the box, which shows the time left. It runs only
// while the box waits.
type second struct{ box *signInBox }

func (r *Root) second(b *signInBox) tea.Cmd {
	if r.env.Still || r.env.Tick == nil {
		return nil
	}
	return r.env.Tick(time.Second, func(time.Time) tea.Msg { return second{b} })
}

func (m second) apply(r *Root) tea.Cmd {
	if r.signIn() != m.box || m.box.stage >= asking {
		return nil
	}
	m.box.left = m.box.deadline.Sub(r.env.Now())
	return r.second(m.box)
}

// pasted answers a pasted address.
type pasted struct {
	box *signInBox
	err error
}

func (b *signInBox) submit() tea.Cmd {
	if b.attempt == nil || len(b.field.text) == 0 || b.stage != waiting {
		return nil
	}
	a, text := b.attempt, string(b.field.text)
	b.field.clear()
	b.typing, b.problem, b.stage = false, "", checking
	return func() tea.Msg { return pasted{b, a.Paste(text)} }
}

func (m pasted) apply(*Root) tea.Cmd {
	if m.err != nil && m.box.stage == checking {
		m.box.stage, m.box.problem = waiting, sentence(m.err.Error())
	}
	return nil
}

// signInEnded brings the session, or why there is none.
type signInEnded struct {
	box     *signInBox
	session session.Session
	err     error
}

func (m signInEnded) apply(r *Root) tea.Cmd {
	b := m.box
	if r.signIn() != b {
		return nil
	}
	if c := (*session.Changed)(nil); errors.As(m.err, &c) {
		b.askWhether(r, c)
		return nil
	}
	if m.err != nil {
		b.cancel()
		b.stage, b.problem, b.qr, b.typing = failed, sentence(m.err.Error()), false, false
		b.field.clear()
		return nil
	}
	r.close(b)
	r.startGrace()
	_, seq := r.ask(idle) // Answers to older questions are out of date now.
	r.answered(seq)
	cmd := r.setSession(m.session)
	r.say(r.withSwitch(welcome(m.session), m.session))
	return cmd
}

// close ends the attempt of a box and takes it away.
func (r *Root) close(b *signInBox) {
	b.cancel()
	b.field.clear()
	if r.signIn() == b {
		r.box = nil
	}
}

// giveUp is Esc: the box is gone at once and the port soon after.
func (r *Root) giveUp(b *signInBox) tea.Cmd {
	r.close(b)
	r.say("Login cancelled.")
	a := b.attempt
	if a == nil {
		return nil
	}
	return func() tea.Msg { a.Cancel(); return nil }
}
