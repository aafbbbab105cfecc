package auth

import (
	"context"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// granted is what a sign-in brought.
type granted struct {
	tokens cognito.Tokens
	want   token.Want
	issuer string // the answer's own word for it (RFC 9207), "" when it has none
	unkept string // why the session cannot be kept, as unkept said, or ""
}

// unkept tries the store and the state directory before the browser opens and
// says in one sentence why they cannot keep a session, or "".
func (s *Service) unkept(ctx context.Context) string {
	if s.note != "" {
		return s.note
	}
	err := s.o.Store.Probe(ctx)
	if err == nil {
		err = store.TryDir(s.dir)
	}
	return inMemory("This session will stay in memory", err)
}

func inMemory(what string, err error) string {
	if err == nil {
		return ""
	}
	return session.Clean(what+": "+err.Error(), 400) + "."
}

// verified is a sign-in that passed every check and is not stored yet.
type verified struct {
	saved  store.Saved
	claims token.Claims
	keeps  bool // the store was found to work before the browser opened
}

func (v verified) person() session.Person {
	return session.Session{
		Username: v.claims.Username, Email: v.claims.Email, Sub: v.claims.Subject, Issuer: v.claims.Issuer,
	}.Person()
}

// admit verifies new tokens. The error says why they were refused.
func (s *Service) admit(ctx context.Context, g granted) (verified, error) {
	tokens := g.tokens
	known, err := s.knownIssuers()
	if err != nil {
		return verified{}, err
	}
	issuer, err := s.issuerFor(tokens.ID)
	if err != nil {
		return verified{}, err
	}
	if g.issuer != "" && g.issuer != issuer {
		return verified{}, &loopback.IssuerError{Got: g.issuer, Want: issuer}
	}
	claims, err := s.verify(ctx, issuer, tokens.ID, tokens.Access, g.want)
	if err != nil {
		return verified{}, err
	}
	if len(known) == 0 { // the tokens said it first
		if _, err := s.askDomain(ctx, []string{issuer}); err != nil {
			return verified{}, err
		}
	}
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: issuer, Since: s.o.Now().UTC().Truncate(time.Second)}
	return verified{saved: saved, claims: claims, keeps: g.unkept == ""}, nil
}

// keep makes a verified sign-in the session: pinned, stored, announced. One
// that was given up meanwhile is taken back: who pressed esc must not find a
// session at the next start. A session that cannot be kept lives in memory,
// and its note says why.
func (s *Service) keep(v verified, gaveUp func() bool) (held, error) {
	// Without its pin a stored session would trust whoever signs the next.
	pinErr := s.keepPin(v.saved.Issuer)
	h := s.keepNew(v.saved, v.claims, v.keeps, pinErr)
	if gaveUp() {
		s.signOutHere(s.life)
		return held{}, context.Canceled
	}
	s.rememberPerson(v.person())
	return h, nil
}

// keepNew stores the set of a new sign-in, and then announces it. The person
// has signed in by now: a store, a lock or a pin that fails leaves the session
// in memory, and its note says why unless keeps was false, which was told
// before the browser opened.
func (s *Service) keepNew(saved store.Saved, claims token.Claims, keeps bool, pinErr error) held {
	ctx, cancel := context.WithTimeout(s.life, renewal)
	defer cancel()
	unlock, err := store.Lock(ctx, s.dir, s.account)
	if err == nil {
		defer unlock()
		err = pinErr
	}
	m, markErr := store.ReadMark(s.dir, s.account)
	old, _ := s.o.Store.Load(ctx, s.account)
	saved.Generation = s.next(m, old)
	if markErr != nil { // a mark that cannot be read would refuse the new session too
		_ = store.End(s.dir, s.account, saved.Generation-1)
	}
	h := held{saved: saved, claims: claims}
	if keeps && err == nil {
		err = s.o.Store.Save(ctx, s.account, saved)
	}
	if keeps {
		h.kept, h.why = err == nil, inMemory("This session stays in memory", err)
	}
	h = s.take(h)
	s.work.run(func() { s.clearFormer(s.life) })
	_ = store.Announce(s.dir, s.account, saved.Generation) // without it others see the session at their next start
	return h
}
