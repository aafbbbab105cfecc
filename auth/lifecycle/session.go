package lifecycle

import (
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
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
