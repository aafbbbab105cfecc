// Package lifecycle decides what becomes of a session: which token set is the
// current one, when it is refreshed, when it has ended, and in which order it
// is stored, announced, revoked and deleted.
//
// It is one pure function. [Step] takes a [State] and an [Input], something
// that happened, and returns the next State with the [Effect]s to perform, in
// their order. It reads no clock, file or network and starts nothing, so every
// rule is a row of the table in its test. Package auth holds the one State,
// changes it through Step alone and performs the effects.
package lifecycle

import (
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// After a refresh that failed, the next is tried after FirstWait, then after
// twice as long, up to LastWait.
const (
	FirstWait = 15 * time.Second
	LastWait  = 5 * time.Minute
)

// early is how long before its end a session is refreshed at the latest.
const early = 60 * time.Second

// Session is a verified token set. The zero Session is nobody.
type Session struct {
	Saved     store.Saved
	Claims    token.Claims
	Persisted bool      // it is in the store; else it lives in memory alone
	Why       string    // a sentence that says why it is not persisted, or ""
	RefreshAt time.Time // when to refresh

	expiryAnnounced bool
}

// New is a session of a verified set that the store has. It is refreshed a
// minute before its end, and earlier by spread, so that processes that start
// together do not all refresh in the same second.
func New(saved store.Saved, claims token.Claims, spread time.Duration) Session {
	s := Session{Saved: saved, Claims: claims, Persisted: true}
	s.RefreshAt = s.Ends().Add(-s.lead())
	if s.lead() == early {
		s.RefreshAt = s.RefreshAt.Add(-spread)
	}
	return s
}

// InMemory is the session where it is not persisted, for the reason why gives.
func (s Session) InMemory(why string) Session {
	s.Persisted, s.Why = false, why
	return s
}

// SignedIn reports whether the session is somebody's, expired or not.
func (s Session) SignedIn() bool { return s.Claims.Subject != "" }

// Refreshable reports whether there is a refresh token.
func (s Session) Refreshable() bool { return !s.Saved.Refresh.Empty() }

// Ends is when the first of the two tokens ends.
func (s Session) Ends() time.Time {
	if s.Claims.AccessExpiry.Before(s.Claims.Expiry) {
		return s.Claims.AccessExpiry
	}
	return s.Claims.Expiry
}

// Fresh reports whether both tokens last for a while yet.
func (s Session) Fresh(now time.Time) bool { return now.Before(s.Ends().Add(-s.lead())) }

// lead is how long before the end a refresh begins: a minute, but no more than
// half of the tokens' life, or tokens of emulators that live for seconds would
// be refreshed without end. Cognito's live for five minutes or more.
func (s Session) lead() time.Duration { return min(early, s.Ends().Sub(s.Claims.IssuedAt)/2) }

// Over reports whether the session has ended for good.
func (s Session) Over(now time.Time) bool { return !s.Refreshable() && !now.Before(s.Claims.Expiry) }

// Superseded reports whether a refresh that was asked for when generation seen
// was the last one needs no request any more, because another process was
// faster. With force only tokens that came after seen will do.
func (s Session) Superseded(force bool, seen uint64, now time.Time) bool {
	if force {
		return s.Saved.Generation > seen
	}
	return now.Before(s.RefreshAt)
}

// Note is what a person should know of the session.
func (s Session) Note() string {
	return session.Clean(strings.TrimSpace(strings.Join(slices.Concat([]string{s.Why}, s.Claims.Warnings), " ")), 600)
}

// State is everything that the decisions depend on. The zero State is that of
// a process that has read nothing yet.
type State struct {
	Current     Session
	KeysMissing bool // a stored session waits for public keys

	ended   uint64        // sets up to this generation are nobody's, as far as this process knows
	seen    uint64        // the last generation when this process began to listen
	wait    time.Duration // before the next refresh, after failures
	retryAt time.Time     // no refresh before this
}

// Step is the whole lifecycle: what follows from in while the state is s.
func Step(s State, in Input) (State, []Effect) { return in.apply(s) }

// NextGeneration is a generation above all that any store, any process or this
// one knows of, even where the marks were removed.
func (s State) NextGeneration(m store.Mark, stored store.Saved) uint64 {
	return max(m.Next(stored), m.Next(s.Current.Saved), s.ended+1)
}

// Another reports whether whoever waits for the next thing to do has to look
// again: s has another session than before, or waits for keys since.
func (s State) Another(before State) bool {
	a, b := s.Current, before.Current
	return a.Saved.Generation != b.Saved.Generation || !a.RefreshAt.Equal(b.RefreshAt) || s.KeysMissing != before.KeysMissing
}

// adopt makes n the current session, unless a younger one is current or it was
// signed out meanwhile: a slow restore must not undo a sign-in, nor a slow
// refresh a sign-out.
func (s State) adopt(n Session) (_ State, adopted bool) {
	if n.Saved.Generation <= s.ended || s.Current.SignedIn() && s.Current.Saved.Generation > n.Saved.Generation {
		return s, false
	}
	s.Current, s.KeysMissing = n, false
	return s, true
}

// end forgets every set up to generation.
func (s State) end(generation uint64) State {
	s.ended = max(s.ended, generation)
	if s.Current.Saved.Generation <= generation {
		s.Current = Session{}
	}
	return s
}

// takeBack undoes the storing of n, which a sign-out overtook.
func (s State) takeBack(n Session, ended uint64) (State, []Effect) {
	return s.end(max(ended, n.Saved.Generation)), []Effect{Delete{}, Revoke{n.Saved}, SignedOutElsewhere{}}
}

// next is when something is to be done: a refresh, or telling that the session
// has ended. Zero means never.
func (s State) next() time.Time {
	c := s.Current
	switch {
	case !c.SignedIn() && s.KeysMissing:
		return s.retryAt
	case !c.SignedIn():
		return time.Time{}
	case !c.Refreshable():
		return c.Claims.Expiry
	}
	at := c.RefreshAt
	if s.retryAt.After(at) {
		at = s.retryAt
	}
	if !c.expiryAnnounced && c.Claims.Expiry.Before(at) {
		return c.Claims.Expiry
	}
	return at
}

// noWait lets the next refresh begin when it is due.
func (s State) noWait() State {
	s.wait, s.retryAt = 0, time.Time{}
	return s
}
