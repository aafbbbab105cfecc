package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// granted is what a sign-in brought.
type granted struct {
	tokens    cognito.Tokens
	want      token.Want
	issuer    string // the answer's own word for it (RFC 9207), "" when it has none
	notStored string // why the session cannot be stored, as storage.probe said, or ""
}

// verified is a sign-in that passed every check and is not stored yet.
type verified struct {
	saved   store.Saved
	claims  token.Claims
	persist bool // the store was found to work before the browser opened
}

func (v verified) person() session.Person {
	return session.Session{
		Username: v.claims.Username, Email: v.claims.Email, Sub: v.claims.Subject, Issuer: v.claims.Issuer,
	}.Person()
}

// verifyNew verifies new tokens. The error says why they were refused.
func (s *Service) verifyNew(ctx context.Context, g granted) (verified, error) {
	tokens := g.tokens
	known, err := s.issuers.known()
	if err != nil {
		return verified{}, err
	}
	issuer, err := s.issuers.forTokens(tokens.ID)
	if err != nil {
		return verified{}, err
	}
	if g.issuer != "" && g.issuer != issuer {
		return verified{}, &loopback.IssuerError{Got: g.issuer, Want: issuer}
	}
	claims, err := s.verifier.verify(ctx, issuer, tokens.ID, tokens.Access, g.want)
	if err != nil {
		return verified{}, err
	}
	if len(known) == 0 { // the tokens said it first
		if _, err := s.domains.ask(ctx, []string{issuer}); err != nil {
			return verified{}, err
		}
	}
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: issuer, Since: s.opts.Now().UTC().Truncate(time.Second)}
	return verified{saved: saved, claims: claims, persist: g.notStored == ""}, nil
}

// startSession makes a verified sign-in the session: pinned, stored, announced. One
// that was given up meanwhile is taken back: who pressed esc must not find a
// session at the next start. A session that cannot be stored lives in memory,
// and its note says why.
func (s *Service) startSession(v verified, gaveUp func() bool) (session.Session, error) {
	err := s.storeNew(v)
	s.work.run(func() { s.clearFormer(s.life) })
	switch {
	case gaveUp():
		s.signOutHere(s.life)
		return session.Session{}, context.Canceled
	case errors.Is(err, ErrNotSignedIn):
		return session.Session{}, err
	}
	s.person.remember(v.person())
	return s.session(s.current()), nil
}

// storeNew stores the set of a new sign-in, and then announces it. The person
// has signed in by now: a store, a lock or a pin that fails leaves the session
// in memory, and its note says why unless v.persist is false, which was said
// before the browser opened.
func (s *Service) storeNew(v verified) error {
	// Without its pin a stored session would trust whoever signs the next.
	pinErr := s.issuers.writePin(v.saved.Issuer)
	ctx, cancel := context.WithTimeout(s.life, renewal)
	defer cancel()
	unlock, err := s.storage.lock(ctx)
	if err == nil {
		defer unlock()
		err = pinErr
	}
	in := lifecycle.SignedIn{Session: lifecycle.New(v.saved, v.claims, s.jitter()), Persist: v.persist && err == nil}
	switch {
	case in.Persist:
	case v.persist:
		in.Session = in.Session.InMemory(inMemory("This session stays in memory", err))
	default:
		in.Session = in.Session.InMemory("")
	}
	var markErr error
	in.Mark, markErr = s.storage.mark()
	in.Unmarked = markErr != nil
	in.Stored, _ = s.storage.loadAny(ctx)
	return s.perform(ctx, s.state.step(in))
}
