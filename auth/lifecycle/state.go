package lifecycle

import (
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

// After a refresh that failed, the next is tried after FirstWait, then after
// twice as long, up to LastWait.
const (
	FirstWait = 15 * time.Second
	LastWait  = 5 * time.Minute
)

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
