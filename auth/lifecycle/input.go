package lifecycle

import (
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

// Input is something that happened. Its fields are all that Step needs to know
// of it.
type Input interface {
	apply(State) (State, []Effect)
}

// SignedIn is a new sign-in whose tokens are verified and not stored yet. With
// Persist it is stored before anybody hears of it.
type SignedIn struct {
	Session  Session
	Mark     store.Mark
	Unmarked bool        // the mark cannot be read; it would refuse the new session too
	Stored   store.Saved // what is in the store until then
	Persist  bool
}

func (in SignedIn) apply(s State) (State, []Effect) {
	n := in.Session
	n.Saved.Generation = s.NextGeneration(in.Mark, in.Stored)
	var effects []Effect
	if in.Unmarked {
		effects = append(effects, MarkEnded{n.Saved.Generation - 1})
	}
	if in.Persist {
		return s, append(effects, Save{n})
	}
	s, _ = s.adopt(n)
	return s, append(effects, Announce{n.Saved.Generation})
}

// Stored says how a Save went. Session is what was saved, not persisted where
// Err is set, and Mark was read afterwards.
type Stored struct {
	Session Session
	Err     error
	Mark    store.Mark
}

func (in Stored) apply(s State) (State, []Effect) {
	generation, persisted := in.Session.Saved.Generation, s.Current.Persisted
	if generation <= max(in.Mark.Ended, s.ended) {
		return s.takeBack(in.Session, in.Mark.Ended)
	}
	s, _ = s.adopt(in.Session)
	effects := []Effect{Announce{generation}}
	if in.Err != nil && persisted {
		effects = append(effects, NotPersisted{in.Err})
	}
	return s, effects
}

// Restored is a stored set that was verified: at the start, or because another
// process refreshed it.
type Restored struct{ Session Session }

func (in Restored) apply(s State) (State, []Effect) {
	s, _ = s.adopt(in.Session)
	return s, nil
}

// KeysMissing says that the stored session cannot be verified before its
// issuer's public keys are fetched.
type KeysMissing struct{}

func (KeysMissing) apply(s State) (State, []Effect) {
	s.KeysMissing = !s.Current.SignedIn()
	return s, nil
}

// Listening says that this process begins to listen to others.
type Listening struct{ Mark store.Mark }

func (in Listening) apply(s State) (State, []Effect) {
	s.seen = in.Mark.Generation
	return s, nil
}

// MarkRead is what all processes left, as it is read when one of them changed
// it and before a session is used.
type MarkRead struct{ Mark store.Mark }

func (in MarkRead) apply(s State) (State, []Effect) {
	var effects []Effect
	known := s.seen // a session from before is Restore's to take up
	if s.Current.SignedIn() {
		known = s.Current.Saved.Generation
		if known <= in.Mark.Ended {
			s, effects = s.end(in.Mark.Ended), []Effect{SignedOutElsewhere{}}
		}
	}
	if in.Mark.Generation > max(known, in.Mark.Ended) {
		effects = append(effects, Load{})
	}
	return s, effects
}

// Found is the younger set that a Load brought.
type Found struct{ Session Session }

func (in Found) apply(s State) (State, []Effect) {
	before := s.Current
	if in.Session.Saved.Generation <= before.Saved.Generation {
		return s, nil
	}
	s, adopted := s.adopt(in.Session)
	switch {
	case !adopted:
		return s, nil // this process signed in or out meanwhile
	case before.Claims.Subject != in.Session.Claims.Subject:
		return s, []Effect{Tell{Text: "Signed in by another tabgate."}}
	}
	return s, []Effect{Tell{}}
}

// Tick says what time it is: an alarm rang, the clock was set, the machine
// woke from sleep, or the state changed.
type Tick struct{ Now time.Time }

func (in Tick) apply(s State) (State, []Effect) {
	if s.retryAt.Sub(in.Now) > LastWait { // the clock was set back
		s.retryAt = in.Now.Add(s.wait)
	}
	c := s.Current
	switch due := !in.Now.Before(s.retryAt); {
	case !c.SignedIn() && !s.KeysMissing:
		s = s.noWait()
	case !c.SignedIn() && due:
		return s, []Effect{Refresh{}}
	case !c.SignedIn():
	case c.Over(in.Now):
		return s.end(c.Saved.Generation), []Effect{Clean{}, Tell{Text: "Your session has ended; sign in again."}}
	case c.Refreshable() && due && !in.Now.Before(c.RefreshAt):
		return s, []Effect{Refresh{}}
	case !c.expiryAnnounced && !in.Now.Before(c.Claims.Expiry):
		s.Current.expiryAnnounced = true
		return s, []Effect{Tell{Text: "Your session has ended and will be refreshed when the user pool can be reached."}}
	}
	return s, []Effect{WakeAt{s.next()}}
}

// Missing says that the session to refresh is no longer stored.
type Missing struct{}

func (Missing) apply(s State) (State, []Effect) {
	return s.end(s.Current.Saved.Generation), []Effect{Delete{}}
}

// Forged says that the stored set of a generation is nobody's for good.
type Forged struct{ Generation uint64 }

func (in Forged) apply(s State) (State, []Effect) {
	s.KeysMissing = false
	return s.end(max(in.Generation, s.Current.Saved.Generation)), []Effect{Delete{}}
}

// Refused says that the user pool refused the set's refresh token: no process
// can use it any more.
type Refused struct{ Generation uint64 }

func (in Refused) apply(s State) (State, []Effect) {
	return s.end(in.Generation), []Effect{MarkEnded(in), Delete{}}
}

// Refreshed is the verified answer of the user pool to the set Before. With
// Shared it is stored before anybody hears of it; without, no other process
// can know of the session.
type Refreshed struct {
	Before  Session
	Session Session
	Mark    store.Mark
	Shared  bool
}

func (in Refreshed) apply(s State) (State, []Effect) {
	n := in.Session
	if in.Before.Saved.Generation <= max(in.Mark.Ended, s.ended) {
		return s.takeBack(n, in.Mark.Ended)
	}
	n.Saved.Generation = in.Mark.Next(in.Before.Saved)
	if in.Shared {
		return s, []Effect{Save{n}}
	}
	s, _ = s.adopt(n.InMemory(in.Before.Why))
	return s, nil
}

// Result is how a Refresh effect ended.
type Result int

const (
	Renewed    Result = iota // there is a session
	MemoryOnly               // there is one, and it could not be stored
	Ended                    // there is none, for good
	Failed                   // as before; try again later
)

// RefreshEnded says how a Refresh effect ended.
type RefreshEnded struct {
	Now        time.Time
	Result     Result
	Restored   bool          // nobody was signed in when it began
	Reason     string        // of Ended and MemoryOnly
	Err        error         // nil where Renewed
	RetryAfter time.Duration // the user pool's own; 0 is none
}

func (in RefreshEnded) apply(s State) (State, []Effect) {
	switch {
	case in.Result == MemoryOnly:
		return s.noWait(), []Effect{Tell{Text: in.Reason}}
	case in.Result == Ended:
		s.KeysMissing = false
		return s.noWait(), []Effect{Tell{"Your session has ended: " + in.Reason, in.Err}}
	case in.Result == Renewed && in.Now.Before(s.Current.RefreshAt):
		text := ""
		if in.Restored {
			text = "Your session was restored."
		}
		return s.noWait(), []Effect{Tell{Text: text}}
	}
	// Also when new tokens seem old, for a clock here that is ahead. The next
	// try is never at once, not past LastWait, and not before the pool's own
	// Retry-After.
	s.wait = min(max(2*s.wait, FirstWait, in.RetryAfter), LastWait)
	s.retryAt = in.Now.Add(s.wait)
	return s, []Effect{Tell{Err: in.Err}}
}

// SignedOut says that the person signs out. A session in memory is revoked
// beside the one that is stored, which is somebody's from before.
type SignedOut struct {
	Mark     store.Mark
	Stored   store.Saved
	Unloaded bool // the store could not be read
}

func (in SignedOut) apply(s State) (State, []Effect) {
	c, generation := s.Current, s.NextGeneration(in.Mark, in.Stored) // above anything that another process may be saving
	s = s.end(generation)
	s.KeysMissing = false
	effects := []Effect{MarkEnded{generation}}
	own := in.Stored
	if in.Unloaded || c.SignedIn() && !c.Persisted {
		if !in.Stored.Refresh.Empty() {
			effects = append(effects, Revoke{in.Stored})
		}
		own = c.Saved
	}
	return s, append(effects, Revoke{own}, Delete{})
}
