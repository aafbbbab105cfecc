package signin

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
)

// Msg is an answer to something that a box asked.
type Msg interface {
	of() *run
	apply(*Box) (tea.Cmd, Progress)
}

func (r *run) of() *run { return r }

// Update takes an answer. B may be nil, or have begun again since it asked:
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

// startBrowser begins a sign-in in the browser. Only a person's key or click
// may lead here: a browser is never opened unattended.
func (b *Box) startBrowser() tea.Cmd { return b.startAs("") }

// startAs begins a sign-in that a person goes through by themselves; without
// a name it is one in the browser.
func (b *Box) startAs(name string) tea.Cmd {
	r, auth := b.begin(), b.Auth
	r.played = name
	return func() tea.Msg {
		a, err := auth.Begin(r.ctx)
		if err != nil {
			return ended{r, session.Session{}, err}
		}
		return begun{r, a, a, facts{url: a.URL(), redirect: a.RedirectURI(), remote: a.Remote(), hasBrowser: a.HasBrowser(), deadline: a.Deadline()}}
	}
}

// begin puts a new run in the place of any other.
func (b *Box) begin() *run {
	r := &run{stage: preparing, field: addressField()}
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

// begun tells that the listener is open, so that the browser may be, or that
// there is a code to enter.
type begun struct {
	*run
	end     SignIn
	attempt Attempt // nil by device
	facts   facts
}

func (m begun) apply(b *Box) (tea.Cmd, Progress) {
	b.attempt, b.stage, b.facts = m.attempt, waiting, m.facts
	b.hint(b.note)
	b.left = b.deadline.Sub(b.Env.Now())
	cmd := tea.Batch(b.wait(m.end), b.tick())
	if m.attempt == nil {
		return cmd, Same
	}
	hints := func() tea.Msg { return nextHint(m.run, m.attempt.Hints())() }
	if b.played != "" {
		return tea.Batch(cmd, b.send(), hints), Same
	}
	return tea.Batch(cmd, b.openBrowser(), hints), Same
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

// playDone tells what became of the played person at the log-in page. Whether
// they are signed in is for the session to say.
type playDone struct {
	*run
	err error
}

// send sends the played person to the log-in page. They outlast the box: when
// it closes, their browser still fetches its last page.
func (b *Box) send() tea.Cmd {
	r, people, ctx, name, url := b.run, b.people, b.Env.Ctx, b.played, b.url
	return func() tea.Msg { return playDone{r, people.Play(ctx, name, url)} }
}

func (m playDone) apply(b *Box) (tea.Cmd, Progress) {
	if m.err == nil || b.stage != waiting {
		return nil, Same
	}
	b.problem = box.Sentence(m.err.Error())
	m.run.cancel() // Wait says what has become of the sign-in.
	return cancel(b.attempt), Same
}

// hinted brings one sentence about what the listener saw.
type hinted struct {
	*run
	text string
	from <-chan string
}

func nextHint(r *run, hints <-chan string) tea.Cmd {
	return func() tea.Msg {
		select {
		case text, open := <-hints:
			if open {
				return hinted{r, text, hints}
			}
		case <-r.ctx.Done():
		}
		return nil
	}
}

func (m hinted) apply(b *Box) (tea.Cmd, Progress) {
	b.hint(m.text)
	return nextHint(m.run, m.from), Same
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

func (m ended) apply(b *Box) (tea.Cmd, Progress) {
	if c := (*session.Changed)(nil); errors.As(m.err, &c) {
		b.askWhether(c)
		return nil, Asks
	}
	switch {
	case m.err != nil && b.played != "" && b.problem != "":
		b.fail(b.problem)
		return nil, Same
	case m.err != nil:
		b.fail(box.Sentence(m.err.Error()))
		return nil, Same
	}
	b.attempt = nil // It has freed the port itself.
	b.session = m.session
	return b.Close(), Done
}
