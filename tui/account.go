package tui

import (
	"cmp"
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
)

// account is who is signed in and what has been asked about it. Its commands
// answer with restored, refreshed, signedOut, happened and expired.
type account struct {
	env     page.Env
	auth    Auth // nil where no user pool is configured
	session session.Session
	live    bool     // what the pages were last told
	as      *persona // as whom the pages are shown; nil = as who is signed in
	asking  bool     // the stored session is still being looked for
	busy    busy
	// seq is the number of the newest question about the session. Answers
	// to older ones are dropped: they come in any order.
	seq uint64
	// changes counts how often the session was set, so that an event that
	// was waited for before a change can be told from one after it.
	changes uint64
	cancel  context.CancelFunc // ends the question under way
}

// busy says what the root waits for.
type busy int

const (
	idle busy = iota
	refreshing
	signingOut
)

// begin begins a new question: the one before is cancelled and its answer will
// be dropped.
func (a *account) begin(b busy) (context.Context, uint64) {
	if a.cancel != nil {
		a.cancel()
	}
	var ctx context.Context
	ctx, a.cancel = context.WithCancel(a.env.Ctx)
	a.seq++
	a.busy = b
	return ctx, a.seq
}

// answered reports whether seq is the newest question, and ends it.
func (a *account) answered(seq uint64) bool {
	if seq != a.seq {
		return false
	}
	a.busy, a.asking = idle, false
	if a.cancel != nil {
		a.cancel()
		a.cancel = nil
	}
	return true
}

// set changes who is signed in and reports whether a session has ended by it:
// its time is over, or somebody else has signed in.
func (a *account) set(s session.Session) (ended bool) {
	was, now := a.session, a.env.Now()
	other := was.Sub != s.Sub || was.Issuer != s.Issuer
	ended = was.SignedIn() && (other || a.live && !s.Live(now))
	a.session, a.live = s, s.Live(now)
	a.changes++
	return ended
}

// signedIn reports whether somebody is signed in at this moment.
func (a *account) signedIn() bool { return a.session.Live(a.env.Now()) }

// state says what the program waits for, "" for nothing.
func (a *account) state() string {
	switch {
	case a.busy == refreshing:
		return "refreshing…"
	case a.busy == signingOut:
		return "logging out…"
	case a.asking:
		return "looking for your session…"
	}
	return ""
}

// expired is the message of the one timer that runs while somebody is signed
// in. All it has to do is to arrive: relock does the rest.
type expired struct{ changes uint64 }

func (a *account) armExpiry() tea.Cmd {
	if !a.live || a.env.Still || a.env.Tick == nil {
		return nil
	}
	left := a.session.ExpiresAt.Sub(a.env.Now())
	changes := a.changes
	return a.env.Tick(max(left, 0), func(time.Time) tea.Msg { return expired{changes} })
}

// restored answers: is there a stored session?
type restored struct {
	seq     uint64
	session session.Session
	err     error
}

func (a *account) restore() tea.Cmd {
	if a.auth == nil {
		return nil
	}
	ctx, seq := a.begin(idle)
	auth := a.auth
	return func() tea.Msg {
		s, err := auth.Restore(ctx)
		return restored{seq, s, err}
	}
}

// refreshed answers ctrl+r.
type refreshed struct {
	seq     uint64
	session session.Session
	err     error
}

func (a *account) refresh() tea.Cmd {
	ctx, seq := a.begin(refreshing)
	auth := a.auth
	return func() tea.Msg {
		s, err := auth.Refresh(ctx)
		return refreshed{seq, s, err}
	}
}

// signedOut answers l of somebody who is signed in.
type signedOut struct {
	seq   uint64
	steps []session.Step
}

func (a *account) signOut() tea.Cmd {
	ctx, seq := a.begin(signingOut)
	auth := a.auth
	return func() tea.Msg { return signedOut{seq, auth.SignOut(ctx)} }
}

// happened is one event, or the end of events.
type happened struct {
	changes uint64
	event   session.Event
	open    bool
	from    <-chan session.Event
}

// subscribe listens to Auth's events with one command that is issued again
// after each.
func (a *account) subscribe() tea.Cmd {
	if a.auth == nil || a.env.Still {
		return nil
	}
	auth, ctx, changes := a.auth, a.env.Ctx, a.changes
	return func() tea.Msg { return next(ctx, auth.Events(ctx), changes) }
}

// listen waits for the event after one.
func (a *account) listen(from <-chan session.Event) tea.Cmd {
	ctx, changes := a.env.Ctx, a.changes
	return func() tea.Msg { return next(ctx, from, changes) }
}

func next(ctx context.Context, events <-chan session.Event, changes uint64) tea.Msg {
	select {
	case e, open := <-events:
		return happened{changes, e, open, events}
	case <-ctx.Done():
		return happened{}
	}
}

// persona is somebody as whom the pages are shown.
type persona struct {
	name    string
	session session.Session
}

// asMember is a member of groups, who has the stable id of who is signed in.
func (a *account) asMember(groups []string) *persona {
	if len(groups) == 0 {
		return &persona{name: "signed out"}
	}
	return &persona{box.List(groups), session.Session{
		Sub: cmp.Or(a.session.Sub, "somebody"), Username: "a member of " + box.List(groups), Groups: groups,
		ExpiresAt: a.env.Now().Add(100 * 365 * 24 * time.Hour),
	}}
}

// seen is the session that the pages are shown by.
func (a *account) seen() session.Session {
	if a.as != nil {
		return a.as.session
	}
	return a.session
}

// seenAs is as whom the pages are shown, "" for who is signed in.
func (a *account) seenAs() string {
	if a.as == nil {
		return ""
	}
	return a.as.name
}
