package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
)

// setSession is the only place that changes who is signed in. When a session
// ends or another person signs in, every open page is dropped; otherwise
// those that the gate has closed.
func (r *Root) setSession(s session.Session) tea.Cmd {
	locked := r.tabs.locked()
	ended := r.account.set(s)
	if _, asks := r.box.(*leaving); asks && ended {
		r.box = nil // There is nobody left to log out.
	}
	r.tabs.drop(func(i int) bool { return ended || r.tabs.verdict(i) != session.Open })
	opened := r.tabs.open(locked)
	var moment tea.Cmd
	if len(opened) > 0 {
		r.unlocking = unlock(opened, r.env)
		moment = r.unlocking.wait(r.env)
	}
	return tea.Batch(r.tabs.each(r.tabs.introduce), r.tabs.enter(), r.account.armExpiry(), moment)
}

func (m unlockingStep) apply(r *Root) tea.Cmd {
	if r.unlocking != m.unlocking {
		return nil
	}
	r.unlocking = m.next()
	return r.unlocking.wait(r.env)
}

// relock runs before every message: a session whose time is over has ended,
// whatever the timer thinks (a laptop may have slept).
func (r *Root) relock() tea.Cmd {
	if !r.account.live || r.account.signedIn() {
		return nil
	}
	r.notice.Complain("Your session has ended. Press ctrl+r to renew it, or l to log in again.")
	return r.setSession(r.account.session)
}

func (expired) apply(*Root) tea.Cmd { return nil }

func (m restored) apply(r *Root) tea.Cmd {
	if !r.account.answered(m.seq) {
		return nil
	}
	if m.err != nil {
		r.notice.Complain(m.err.Error())
		if !m.session.SignedIn() {
			return nil // Not knowing is no reason to sign anyone out.
		}
	}
	var closed tea.Cmd
	if b := signInBoxIn(r.box); b != nil && m.session.Live(r.env.Now()) {
		closed, r.box = b.Close(), nil
		r.inputBlocked.start(r.env)
		r.notice.Say("You are still logged in as " + m.session.Name() + ".")
	}
	return tea.Batch(closed, r.setSession(m.session))
}

// refresh asks for new tokens.
func (r *Root) refresh() tea.Cmd {
	switch {
	case r.account.auth == nil:
		r.notice.Complain(missing(r.opts.Setup))
	case r.account.busy != idle:
	case !r.account.session.SignedIn():
		r.notice.Say("Nobody is signed in. Press l to log in.")
	default:
		return r.account.refresh()
	}
	return nil
}

// missing says why nobody can sign in.
func missing(setup string) string {
	if setup == "" {
		return "Signing in is not set up. Run `tabgate demo`, or `tabgate config init`."
	}
	return setup
}

func (m refreshed) apply(r *Root) tea.Cmd {
	if !r.account.answered(m.seq) {
		return nil
	}
	locked := r.tabs.locked()
	cmd := r.setSession(m.session)
	if m.err != nil {
		r.notice.Complain(m.err.Error())
	} else {
		r.notice.Say(box.Join("Session refreshed.", groupsSentence(m.session), r.tabs.openSentence(locked)))
	}
	return cmd
}

// leaving is the box that asks whether to log out: l stands beside h, j and k,
// and must not end a session by itself.
type leaving struct {
	box.Prompt
	signOut func() tea.Cmd
}

// Key implements box.Box.
func (b *leaving) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	yes, given := b.Answer(msg)
	if !yes {
		return nil, given
	}
	return b.signOut(), true
}

func (r *Root) askToSignOut() tea.Cmd {
	if r.account.auth == nil || r.account.busy == signingOut || !r.account.session.SignedIn() {
		return nil
	}
	q := box.Question{Title: "Log out?", Text: []string{r.account.session.Name() + " is signed in."}, Yes: "Log out", No: "Stay", Enter: true}
	return r.open(&leaving{box.Prompt{Question: q, Theme: r.env.Theme}, r.signOut}, true)
}

// signOut locks at once and then does the work: nobody should see another's
// pages while a provider is slow.
func (r *Root) signOut() tea.Cmd {
	work := r.account.signOut()
	return tea.Batch(r.setSession(session.Session{}), work)
}

func (m signedOut) apply(r *Root) tea.Cmd {
	if !r.account.answered(m.seq) {
		return nil
	}
	r.account.changes++ // An event from before tells of the old session.
	return r.open(&box.Steps{Theme: r.env.Theme, Steps: m.steps, Login: r.keys.login}, false)
}

// apply takes an event at its word when nothing changed since it was waited
// for. Otherwise it may be older than what the screen knows, and Auth is
// asked who is signed in. While a refresh or a sign-out is under way, the
// answer to that decides.
func (m happened) apply(r *Root) tea.Cmd {
	if !m.open {
		return nil
	}
	var known tea.Cmd
	switch {
	case r.account.busy != idle:
	case m.changes != r.account.changes:
		known = r.account.restore()
	default:
		known = r.setSession(m.event.Session)
	}
	if m.event.Err != nil {
		r.notice.Complain(box.Join(m.event.Text, m.event.Err.Error()))
	} else {
		r.notice.Say(m.event.Text)
	}
	return tea.Batch(known, r.account.listen(m.from))
}
