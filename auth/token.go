package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/secret"
)

// Token gives the "access" or the "id" token, refreshed when it ends within a
// minute. When a refresh fails because the network is down, a token that still
// lasts is given all the same. Errors: ErrNotSignedIn, ErrNetwork, and those
// of Restore.
func (s *Service) Token(ctx context.Context, kind string) (secret.Text, error) {
	if kind != "access" && kind != "id" {
		return secret.Text{}, fmt.Errorf("there is no %q token; ask for access or id", kind)
	}
	c, err := s.latest(ctx)
	if err != nil {
		return secret.Text{}, err
	}
	if !c.Fresh(s.opts.Now()) {
		refreshed, err := s.refresh(ctx, false)
		lasting := refreshed.SignedIn() && s.opts.Now().Before(refreshed.Ends())
		if err != nil && (!lasting || ctx.Err() != nil) {
			return secret.Text{}, err
		}
		c = refreshed
	}
	if kind == "id" {
		return c.Saved.ID, nil
	}
	return c.Saved.Access, nil
}

// latest is the session as all processes together left it.
func (s *Service) latest(ctx context.Context) (lifecycle.Session, error) {
	c := s.current()
	if !c.SignedIn() {
		restored, err := s.restore(ctx)
		if err == nil && !restored.SignedIn() {
			err = mark(ErrNotSignedIn, errors.New("you are not signed in; run tabgate login"))
		}
		if !s.state.get().KeysMissing {
			return restored, err
		}
		return s.refresh(ctx, false) // fetches the keys that restore lacked
	}
	m, err := s.storage.mark()
	if err != nil {
		return lifecycle.Session{}, err
	}
	for _, effect := range s.state.step(lifecycle.MarkRead{Mark: m}) {
		switch effect.(type) {
		case lifecycle.SignedOutElsewhere:
			return lifecycle.Session{}, mark(ErrNotSignedIn, errors.New("you were signed out by another tabgate; run tabgate login"))
		case lifecycle.Load:
			if saved, err := s.storage.load(ctx); err == nil {
				if claims, err := s.verifier.checkAnyhow(ctx, saved); err == nil {
					return s.adopt(saved, claims), nil
				}
			}
		}
	}
	return c, nil
}

// UserInfo asks the user pool who the session's person is right now. What it
// says opens nothing.
func (s *Service) UserInfo(ctx context.Context) (cognito.UserInfo, error) {
	access, err := s.Token(ctx, "access")
	if err != nil {
		return cognito.UserInfo{}, err
	}
	info, err := s.client.UserInfo(ctx, access, s.current().Claims.Subject)
	return info, outside(err)
}
