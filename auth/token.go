package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

// Token gives the "access" or the "id" token, refreshed when it ends within a
// minute. When a refresh fails for want of a network, a token that still
// lasts is given all the same. Errors: ErrNotSignedIn, ErrNetwork, and those
// of Restore.
func (s *Service) Token(ctx context.Context, kind string) (secret.Text, error) {
	if kind != "access" && kind != "id" {
		return secret.Text{}, fmt.Errorf("there is no %q token; ask for access or id", kind)
	}
	h, err := s.latest(ctx)
	if err != nil {
		return secret.Text{}, err
	}
	if !h.fresh(s.o.Now()) {
		renewed, err := s.renew(ctx, false)
		lasting := renewed.signedIn() && s.o.Now().Before(renewed.ends())
		if err != nil && (!lasting || ctx.Err() != nil) {
			return secret.Text{}, err
		}
		h = renewed
	}
	if kind == "id" {
		return h.saved.ID, nil
	}
	return h.saved.Access, nil
}

// latest is the session as all processes together left it.
func (s *Service) latest(ctx context.Context) (held, error) {
	h := s.now()
	if !h.signedIn() {
		restored, err := s.restore(ctx)
		if err == nil && !restored.signedIn() {
			err = mark(ErrNotSignedIn, errors.New("you are not signed in; run tabgate login"))
		}
		if !s.pending.Load() {
			return restored, err
		}
		return s.renew(ctx, false) // fetches the keys that restore lacked
	}
	m, err := store.ReadMark(s.dir, s.account)
	if err != nil {
		return held{}, err
	}
	if h.saved.Generation <= m.Ended {
		s.drop(m.Ended)
		return held{}, mark(ErrNotSignedIn, errors.New("you were signed out by another tabgate; run tabgate login"))
	}
	if m.Generation > h.saved.Generation {
		if saved, err := s.stored(ctx); err == nil {
			if claims, err := s.checkAnyhow(ctx, saved); err == nil {
				return s.hold(saved, claims), nil
			}
		}
	}
	return h, nil
}

// UserInfo asks the user pool who the session's person is right now. What it
// says opens nothing.
func (s *Service) UserInfo(ctx context.Context) (cognito.UserInfo, error) {
	access, err := s.Token(ctx, "access")
	if err != nil {
		return cognito.UserInfo{}, err
	}
	info, err := s.client.UserInfo(ctx, access, s.now().claims.Subject)
	return info, outside(err)
}
