package signin

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
)

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

// Msg is an answer to something that a box asked.
type Msg interface {
	of() *run
	apply(*Box) (tea.Cmd, Progress)
}

func (r *run) of() *run { return r }

// Update takes an answer. B may be nil, or have begun anew since it asked:
// then the answer is dropped, and what it brings is let go.
func (b *Box) Update(msg Msg) (tea.Cmd, Progress) {
	if b == nil || b.run == nil || b.run != msg.of() {
		if late, ok := msg.(begun); ok {
			return cancel(late.attempt), Same
		}
		return nil, Same
	}
	return msg.apply(b)
}

// Start begins a sign-in in the browser. Only a person's key or click may lead
// here: a browser is never opened unattended.
func (b *Box) Start() tea.Cmd {
	r, auth := b.begin(), b.Auth
	return func() tea.Msg {
		a, err := auth.Begin(r.ctx)
		if err != nil {
			return ended{r, session.Session{}, err}
		}
		return begun{r, a, attemptFacts{a.URL(), a.RedirectURI(), a.Remote(), a.HasBrowser(), a.Deadline()}}
	}
}

// begin puts a new run in the place of any other.
func (b *Box) begin() *run {
	r := &run{}
	r.ctx, r.cancel = context.WithCancel(b.Env.Ctx)
	b.run = r
	return r
}

// Close ends the sign-in, if it still goes on. The command that it returns
// frees the port.
func (b *Box) Close() tea.Cmd {
	r := b.run
	r.cancel()
	r.field.Clear()
	b.run = &run{ctx: r.ctx, cancel: r.cancel} // answers that are on their way find nobody
	return cancel(r.attempt)
}

func cancel(a Attempt) tea.Cmd {
	if a == nil {
		return nil
	}
	return func() tea.Msg { a.Cancel(); return nil }
}

// begun tells that the listener is open: now the browser may be.
type begun struct {
	*run
	attempt Attempt
	facts   attemptFacts
}

func (m begun) apply(b *Box) (tea.Cmd, Progress) {
	b.attempt, b.stage = m.attempt, waiting
	b.attemptFacts = m.facts
	b.left = b.deadline.Sub(b.Env.Now())
	hints := func() tea.Msg { return nextHint(m.run, m.attempt.Hints()) }
	return tea.Batch(b.wait(m.attempt), b.openBrowser(), hints, b.tick()), Same
}

// wait waits for the session, or for why there is none.
func (r *run) wait(s SignIn) tea.Cmd {
	r.signIn = s
	return func() tea.Msg {
		got, err := s.Wait(r.ctx)
		return ended{r, got, err}
	}
}

// browserOpened tells what became of the browser.
type browserOpened struct {
	*run
	err error
}

func (r *run) openBrowser() tea.Cmd {
	a := r.attempt
	return func() tea.Msg { return browserOpened{r, a.OpenBrowser()} }
}

func (m browserOpened) apply(b *Box) (tea.Cmd, Progress) {
	b.noBrowser = m.err != nil
	b.browser = "Your browser is open at the log-in page. Finish there; this box closes by itself."
	if m.err != nil {
		b.browser = box.Sentence(m.err.Error()) + " Open this address yourself:"
	}
	return nil, Same
}

// hinted brings one sentence about what the listener saw.
type hinted struct {
	*run
	text string
	from <-chan string
}

func nextHint(r *run, hints <-chan string) tea.Msg {
	select {
	case text, open := <-hints:
		if open {
			return hinted{r, text, hints}
		}
	case <-r.ctx.Done():
	}
	return nil
}

func (m hinted) apply(b *Box) (tea.Cmd, Progress) {
	b.hint(m.text)
	return func() tea.Msg { return nextHint(m.run, m.from) }, Same
}

// mostHints is how many hints are shown at once.
const mostHints = 3

func (r *run) hint(text string) {
	if text != "" {
		r.hints = append(r.hints, box.Sentence(text))
		r.hints = r.hints[max(len(r.hints)-mostHints, 0):]
	}
}

// second is the clock of the box, which shows the time left. It runs only
// while the box waits.
type second struct{ *run }

func (b *Box) tick() tea.Cmd {
	if b.Env.Still || b.Env.Tick == nil {
		return nil
	}
	r := b.run
	return b.Env.Tick(time.Second, func(time.Time) tea.Msg { return second{r} })
}

func (second) apply(b *Box) (tea.Cmd, Progress) {
	if b.stage >= asking {
		return nil, Same
	}
	b.left = b.deadline.Sub(b.Env.Now())
	return b.tick(), Same
}

// pasted answers a pasted address.
type pasted struct {
	*run
	err error
}

func (r *run) submit() tea.Cmd {
	if r.attempt == nil || r.field.Empty() || r.stage != waiting {
		return nil
	}
	a, text := r.attempt, r.field.String()
	r.field.Clear()
	r.typing, r.problem, r.stage = false, "", checking
	return func() tea.Msg { return pasted{r, a.Paste(text)} }
}

func (m pasted) apply(b *Box) (tea.Cmd, Progress) {
	if m.err != nil && b.stage == checking {
		b.stage, b.problem = waiting, box.Sentence(m.err.Error())
	}
	return nil, Same
}

// ended brings the session, or why there is none.
type ended struct {
	*run
	session session.Session
	err     error
}

func (m ended) apply(b *Box) (tea.Cmd, Progress) {
	if c := (*session.Changed)(nil); errors.As(m.err, &c) {
		b.askWhether(c)
		return nil, Asks
	}
	if m.err != nil {
		b.fail(box.Sentence(m.err.Error()))
		return nil, Same
	}
	b.attempt = nil // It has freed the port itself.
	b.session = m.session
	return b.Close(), Done
}

// fail ends the sign-in and says why; the box stays, to try again.
func (r *run) fail(problem string) {
	r.cancel()
	r.stage, r.problem, r.qr, r.typing = failed, problem, false, false
	r.field.Clear()
}
