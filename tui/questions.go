package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
)

// restored answers: is there a stored session?
type restored struct {
	seq     uint64
	session session.Session
	err     error
}

func (r *Root) restoreAtStart() tea.Cmd {
	if !r.account.asking {
		return nil
	}
	return r.restore()
}

func (r *Root) restore() tea.Cmd {
	if r.o.Auth == nil {
		return nil
	}
	ctx, seq := r.ask(idle)
	auth := r.o.Auth
	return func() tea.Msg {
		s, err := auth.Restore(ctx)
		return restored{seq, s, err}
	}
}

func (m restored) apply(r *Root) tea.Cmd {
	if !r.answered(m.seq) {
		return nil
	}
	if m.err != nil {
		r.complain(m.err.Error())
		if !m.session.SignedIn() {
			return nil // Not knowing is no reason to sign anyone out.
		}
	}
	var gaveUp tea.Cmd
	if b := r.signIn(); b != nil && m.session.Live(r.env.Now()) {
		gaveUp = r.giveUp(b)
		r.startGrace()
		r.say("You are still logged in as " + m.session.Name() + ".")
	}
	return tea.Batch(gaveUp, r.setSession(m.session))
}

// refreshed answers ctrl+r.
type refreshed struct {
	seq     uint64
	session session.Session
	err     error
}

func (r *Root) refresh() tea.Cmd {
	switch {
	case r.o.Auth == nil:
		return r.missing()
	case r.account.busy != idle:
		return nil
	case !r.account.session.SignedIn():
		r.say("Nobody is signed in. Press l to log in.")
		return nil
	}
	ctx, seq := r.ask(refreshing)
	auth := r.o.Auth
	return func() tea.Msg {
		s, err := auth.Refresh(ctx)
		return refreshed{seq, s, err}
	}
}

func (m refreshed) apply(r *Root) tea.Cmd {
	if !r.answered(m.seq) {
		return nil
	}
	if m.err != nil {
		r.complain(m.err.Error())
	} else {
		r.say("Session refreshed. " + groupsSentence(m.session))
	}
	return r.setSession(m.session)
}

// signedOut answers l of somebody who is signed in.
type signedOut struct {
	seq   uint64
	steps []session.Step
}

// signOut locks at once and then does the work: nobody should see another's
// pages while a provider is slow.
func (r *Root) signOut() tea.Cmd {
	if r.o.Auth == nil || r.account.busy == signingOut || !r.account.session.SignedIn() {
		return nil
	}
	ctx, seq := r.ask(signingOut)
	auth := r.o.Auth
	work := func() tea.Msg { return signedOut{seq, auth.SignOut(ctx)} }
	return tea.Batch(r.setSession(session.Session{}), work)
}

func (m signedOut) apply(r *Root) tea.Cmd {
	if !r.answered(m.seq) {
		return nil
	}
	r.account.changes++ // An event from before tells of the old session.
	r.open(&stepsBox{steps: m.steps})
	return nil
}

// told is one event, or the end of events.
type told struct {
	changes uint64
	event   session.Event
	open    bool
	from    <-chan session.Event
}

// subscribe listens to Auth's events with one command that is issued again
// after each.
func (r *Root) subscribe() tea.Cmd {
	if r.o.Auth == nil || r.env.Still {
		return nil
	}
	auth, ctx, changes := r.o.Auth, r.env.Ctx, r.account.changes
	return func() tea.Msg { return next(ctx, auth.Events(ctx), changes) }
}

func next(ctx context.Context, events <-chan session.Event, changes uint64) tea.Msg {
	select {
	case e, open := <-events:
		return told{changes, e, open, events}
	case <-ctx.Done():
		return told{}
	}
}

// apply takes an event at its word when nothing changed since it was waited
// for. Otherwise it may be older than what the screen knows, and Auth is
// asked who is signed in. While a refresh or a sign-out is under way, the
// answer to that decides.
func (m told) apply(r *Root) tea.Cmd {
	if !m.open {
		return nil
	}
	var known tea.Cmd
	switch {
	case r.account.busy != idle:
	case m.changes != r.account.changes:
		known = r.restore()
	default:
		known = r.setSession(m.event.Session)
	}
	if m.event.Err != nil {
		r.complain(joinSentences(m.event.Text, m.event.Err.Error()))
	} else {
		r.say(m.event.Text)
	}
	ctx, changes := r.env.Ctx, r.account.changes
	return tea.Batch(known, func() tea.Msg { return next(ctx, m.from, changes) })
}

func joinSentences(parts ...string) string {
	return strings.TrimSpace(strings.Join(parts, " "))
}

func groupsSentence(s session.Session) string {
	if len(s.Groups) == 0 {
		return "You are in no group."
	}
	return "Your groups: " + strings.Join(s.Groups, ", ") + "."
}

func welcome(s session.Session) string {
	text := "Logged in as " + s.Name() + ". " + groupsSentence(s)
	if s.TokenStore == "memory" {
		text += " No keyring keeps the session: it lasts until you quit."
	}
	if s.Note != "" {
		text += " " + s.Note
	}
	return text
}
