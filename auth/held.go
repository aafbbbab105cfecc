package auth

import (
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// early is how long before its end a session is refreshed at the latest.
const early = 60 * time.Second

// held is the session this process works with. The zero held is nobody.
type held struct {
	saved  store.Saved
	claims token.Claims
	kept   bool      // it is in Options.Store; else it lives in memory alone
	why    string    // a sentence that says why it is not kept
	renew  time.Time // when to refresh
	told   bool      // that it has ended
}

func (h held) signedIn() bool { return h.claims.Subject != "" }

// ends is when the first of the two tokens ends.
func (h held) ends() time.Time {
	if h.claims.AccessExpiry.Before(h.claims.Expiry) {
		return h.claims.AccessExpiry
	}
	return h.claims.Expiry
}

// fresh reports whether both tokens last for a while yet.
func (h held) fresh(now time.Time) bool { return now.Before(h.ends().Add(-h.lead())) }

// lead is how long before the end a refresh begins: a minute, but no more
// than half of the tokens' life, or tokens of emulators that live for seconds
// would be refreshed without end. Cognito's live for five minutes or more.
func (h held) lead() time.Duration {
	return min(early, h.ends().Sub(h.claims.IssuedAt)/2)
}

// session is what the rest of the program sees of h.
func (s *Service) session(h held) session.Session {
	if !h.signedIn() {
		return session.Session{}
	}
	kind := s.o.Store.Kind()
	if !h.kept {
		kind = store.Memory().Kind()
	}
	return session.Session{
		Username: h.claims.Username, Email: h.claims.Email, Sub: h.claims.Subject, Groups: h.claims.Groups,
		Issuer: h.claims.Issuer, ExpiresAt: h.claims.Expiry, TokenStore: kind, Profile: s.o.Profile,
		LocalPool: s.o.LocalPool || neterr.Loopback(s.o.Cognito.Domain.Hostname()), Note: h.note(),
	}
}

// note is what a person should know of the session.
func (h held) note() string {
	return session.Clean(strings.Join(slices.Concat(slices.DeleteFunc([]string{h.why}, empty), h.claims.Warnings), " "), 600)
}

func empty(s string) bool { return s == "" }

// now is the session held just now.
func (s *Service) now() held {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held
}

// hold takes a verified set that the store has as the session; see take.
func (s *Service) hold(saved store.Saved, claims token.Claims) held {
	return s.take(held{saved: saved, claims: claims, kept: true})
}

// take makes h the session, unless a younger one is held or it was signed out
// meanwhile: a slow restore must not undo a sign-in, nor a slow refresh a
// sign-out. It returns what is held afterwards.
func (s *Service) take(h held) held {
	h.renew = h.ends().Add(-h.lead())
	if h.lead() == early {
		h.renew = h.renew.Add(-s.jitter())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.saved.Generation <= s.ended || s.held.signedIn() && s.held.saved.Generation > h.saved.Generation {
		return s.held
	}
	s.held = h
	s.poke()
	return h
}

// next is a generation for a new sign-in, above all that any store, any
// process or this one knows of, even where the marks were removed.
func (s *Service) next(m store.Mark, stored store.Saved) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(m.Next(stored), m.Next(s.held.saved), s.ended+1)
}

// drop forgets every set up to generation.
func (s *Service) drop(generation uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = max(s.ended, generation)
	if s.held.saved.Generation <= generation {
		s.held = held{}
		s.poke()
	}
}
