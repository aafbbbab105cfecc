package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// renewal bounds one refresh with its tries, its lock and its save. It goes on
// when the caller gives up: the answer may hold the only refresh token that
// still works.
const renewal = 40 * time.Second

// Refresh asks the user pool for new tokens now, for example to pick up a new
// group, unless another process does so at the same time; then its tokens are
// taken.
//
//	outcome                             | session  | error
//	------------------------------------|----------|---------------
//	refreshed, here or by another       | the new  | none
//	no network, throttled, pool down    | as it is | ErrNetwork
//	refresh token refused               | nobody   | ErrNotSignedIn
//	signed out in another process       | nobody   | ErrNotSignedIn
//	the new tokens fail their checks    | as it is | a *token.Error
//	another process holds the lock      | as it is | a *store.Error
//	ctx ends                            | as it is | ctx's
func (s *Service) Refresh(ctx context.Context) (session.Session, error) {
	h, err := s.renew(ctx, true)
	return s.session(h), err
}

// renew refreshes once for all callers that wait at the same time. With force
// only tokens that came after the call will do, without it any that last.
func (s *Service) renew(ctx context.Context, force bool) (held, error) {
	seen := s.now().saved.Generation
	if m, err := store.ReadMark(s.dir, s.account); err == nil {
		seen = max(seen, m.Generation)
	}
	kind := map[bool]string{true: "now", false: "due"}[force]
	done := s.flight.DoChan(kind, func() (any, error) {
		s.work.begin()
		defer s.work.end()
		bounded, cancel := context.WithTimeout(s.life, renewal)
		defer cancel()
		return nil, s.renewLocked(bounded, force, seen)
	})
	select {
	case r := <-done:
		return s.now(), r.Err
	case <-ctx.Done():
		return s.now(), ctx.Err()
	}
}

func (s *Service) renewLocked(ctx context.Context, force bool, seen uint64) error {
	unlock, err := store.Lock(ctx, s.dir, s.account)
	if err != nil {
		return err
	}
	defer unlock()
	h, err := s.reread(ctx)
	if err != nil {
		return err
	}
	if force && h.saved.Generation > seen || !force && s.o.Now().Before(h.renew) {
		return nil // another process was faster
	}
	tokens, err := s.client.Refresh(ctx, h.saved.Refresh)
	if poolKind(err) == cognito.Refused {
		s.endLocked(ctx, h.saved)
		return outside(err)
	}
	if err != nil {
		return outside(err)
	}
	previous := h.claims
	previous.Issuer = s.followed(h.claims, tokens.ID)
	claims, err := s.verify(ctx, previous.Issuer, tokens.ID, tokens.Access, token.Want{Previous: &previous, Skew: tokens.Skew})
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: previous.Issuer}
	switch {
	case tokenReason(err) == token.Unreachable:
		// The pool's keys changed and cannot be fetched just now. The new
		// refresh token may be the only one left, so it is kept with the
		// tokens that could be verified.
		claims, saved.ID, saved.Access, saved.Issuer = h.claims, h.saved.ID, h.saved.Access, h.claims.Issuer
	case err != nil:
		return fmt.Errorf("refresh the session: %w", err)
	}
	keepErr := s.keepLocked(ctx, h, saved, claims)
	if keepErr != nil {
		return keepErr
	}
	return outside(err)
}

// reread gives the session to refresh: what the store holds by now, which
// another process may have refreshed since.
func (s *Service) reread(ctx context.Context) (held, error) {
	h := s.now()
	m, err := store.ReadMark(s.dir, s.account)
	if err != nil {
		return h, err
	}
	if h.signedIn() && h.saved.Generation <= m.Ended {
		s.drop(m.Ended)
		return held{}, mark(ErrNotSignedIn, errors.New("you were signed out by another tabgate; sign in again"))
	}
	if h.signedIn() && !h.kept {
		return h, nil // the store has nothing of it
	}
	saved, err := s.stored(ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
		s.clean(ctx)
		s.drop(h.saved.Generation)
		return held{}, mark(ErrNotSignedIn, errors.New("no session is stored; sign in again"))
	case err != nil && h.signedIn() && h.saved.Generation >= m.Generation:
		return h, nil // the store fails, but what is held is the last there was
	case err != nil:
		return h, err
	case h.signedIn() && saved.Generation == h.saved.Generation:
		return h, nil
	}
	claims, err := s.checkAnyhow(ctx, saved)
	if err != nil {
		return h, outside(err)
	}
	s.pending.Store(false)
	return s.hold(saved, claims, true), nil
}

// errUnkept is a session that was refreshed and could not be stored.
var errUnkept = errors.New("the session is refreshed but stays in memory")

// keepLocked stores what before was refreshed to, under the lock, and then
// announces it, so that whoever hears of it finds it. A store that fails
// leaves the session in memory. When somebody signed out without waiting for
// the lock, the set is not written, or taken back.
func (s *Service) keepLocked(ctx context.Context, before held, saved store.Saved, claims token.Claims) error {
	m, err := store.ReadMark(s.dir, s.account)
	if err == nil && before.saved.Generation <= m.Ended {
		return s.takeBack(ctx, saved, m)
	}
	saved.Generation = m.Next(before.saved)
	saveErr := s.o.Store.Save(ctx, s.account, saved)
	if after, err := store.ReadMark(s.dir, s.account); err == nil && saved.Generation <= after.Ended {
		return s.takeBack(ctx, saved, after)
	}
	s.hold(saved, claims, saveErr == nil)
	announceErr := store.Announce(s.dir, s.account, saved.Generation)
	switch {
	case saveErr != nil && before.kept:
		return fmt.Errorf("%w: %w", errUnkept, saveErr)
	case announceErr != nil:
		return fmt.Errorf("tell other tabgates of the refresh: %w", announceErr)
	}
	return nil
}

// takeBack undoes a save that a sign-out elsewhere overtook.
func (s *Service) takeBack(ctx context.Context, saved store.Saved, m store.Mark) error {
	_ = s.o.Store.Delete(ctx, s.account)
	_ = s.client.Revoke(ctx, saved.Refresh)
	s.drop(max(m.Ended, saved.Generation))
	return mark(ErrNotSignedIn, errors.New("you were signed out by another tabgate; sign in again"))
}

// endLocked ends a session whose refresh token is refused: no process can use
// it any more.
func (s *Service) endLocked(ctx context.Context, saved store.Saved) {
	_ = store.End(s.dir, s.account, saved.Generation)
	_ = s.o.Store.Delete(ctx, s.account)
	s.drop(saved.Generation)
}
