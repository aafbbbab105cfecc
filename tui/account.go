package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
)

// account is who is signed in and what has been asked about it.
type account struct {
	session session.Session
	live    bool // what the pages were last told
	asking  bool // the stored session is still being looked for
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

// ask begins a new question: the one before is cancelled and its answer will
// be dropped.
func (r *Root) ask(b busy) (context.Context, uint64) {
	if r.account.cancel != nil {
		r.account.cancel()
	}
	var ctx context.Context
	ctx, r.account.cancel = context.WithCancel(r.env.Ctx)
	r.account.seq++
	r.account.busy = b
	return ctx, r.account.seq
}

// answered reports whether seq is the newest question, and ends it.
func (r *Root) answered(seq uint64) bool {
	if seq != r.account.seq {
		return false
	}
	r.account.busy, r.account.asking = idle, false
	if r.account.cancel != nil {
		r.account.cancel()
		r.account.cancel = nil
	}
	return true
}

// setSession is the only place that changes who is signed in. When a session
// ends or another person signs in, every open page is dropped; otherwise
// those that the gate has closed.
func (r *Root) setSession(s session.Session) tea.Cmd {
	was, now := r.account.session, r.env.Now()
	other := was.Sub != s.Sub || was.Issuer != s.Issuer
	ended := was.SignedIn() && (other || r.account.live && !s.Live(now))
	r.account.session, r.account.live = s, s.Live(now)
	r.account.changes++
	r.drop(func(i int) bool { return ended || r.verdict(i) != session.Open })
	var told []tea.Cmd
	for _, t := range r.tabs {
		if t.page != nil {
			told = append(told, r.introduce(t.page))
		}
	}
	return tea.Batch(append(told, r.enter(), r.armExpiry())...)
}

// relock runs before every message: a session whose time is over has ended,
// whatever the timer thinks (a laptop may have slept).
func (r *Root) relock() tea.Cmd {
	if !r.account.live || r.account.session.Live(r.env.Now()) {
		return nil
	}
	r.complain("Your session has ended. Press ctrl+r to renew it, or l to log in again.")
	return r.setSession(r.account.session)
}

// expired is the message of the one timer that runs while somebody is signed
// in. All it has to do is to arrive: relock does the rest.
type expired struct{ changes uint64 }

func (expired) apply(*Root) tea.Cmd { return nil }

func (r *Root) armExpiry() tea.Cmd {
	if !r.account.live || r.env.Still || r.env.Tick == nil {
		return nil
	}
	left := r.account.session.ExpiresAt.Sub(r.env.Now())
	changes := r.account.changes
	return r.env.Tick(max(left, 0), func(time.Time) tea.Msg { return expired{changes} })
}
