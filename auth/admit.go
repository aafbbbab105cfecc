package auth

import (
	"context"
	"fmt"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/loopback"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// granted is what a sign-in brought.
type granted struct {
	tokens cognito.Tokens
	want   token.Want
	issuer string // the answer's own word for it (RFC 9207), "" when it has none
	keeps  bool   // the store passed its probe
}

// admit turns new tokens into the session: verified, pinned, stored. With a
// session it returns the store's failure, if any, after which the session
// lives in memory; without one the reason why the tokens were refused.
func (s *Service) admit(ctx context.Context, g granted) (held, error) {
	tokens := g.tokens
	issuer, err := s.issuerFor(tokens.ID)
	if err != nil {
		return held{}, err
	}
	if g.issuer != "" && g.issuer != issuer {
		return held{}, &loopback.IssuerError{Got: g.issuer, Want: issuer}
	}
	claims, err := s.verify(ctx, issuer, tokens.ID, tokens.Access, g.want)
	if err != nil {
		return held{}, fmt.Errorf("sign in: %w", err)
	}
	if err := s.keepPin(issuer); err != nil {
		return held{}, fmt.Errorf("pin the issuer: %w", err)
	}
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: issuer}
	return s.keepNew(saved, claims, g.keeps)
}

// keepNew stores the set of a new sign-in, and then announces it. The person
// has signed in by now: a store or a lock that fails leaves the session in
// memory.
func (s *Service) keepNew(saved store.Saved, claims token.Claims, keeps bool) (held, error) {
	ctx, cancel := context.WithTimeout(s.life, renewal)
	defer cancel()
	unlock, err := store.Lock(ctx, s.dir, s.account)
	if err == nil {
		defer unlock()
	}
	m, _ := store.ReadMark(s.dir, s.account)
	old, _ := s.o.Store.Load(ctx, s.account)
	saved.Generation = s.next(m, old)
	kept := false
	if err == nil && keeps {
		err = s.o.Store.Save(ctx, s.account, saved)
		kept = err == nil
	}
	h := s.hold(saved, claims, kept)
	_ = store.Announce(s.dir, s.account, saved.Generation) // without it others see the session at their next start
	return h, err
}
