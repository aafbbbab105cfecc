package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// renewal bounds one refresh with its tries, its lock and its save. It goes on
// when the caller gives up: the answer may hold the only refresh token that
// still works.
const renewal = 40 * time.Second

// keeping bounds how long a store may take for the answer of a refresh.
const keeping = 10 * time.Second

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
//	the clock here is wrong             | as it is | a *token.Error
//	the stored session is forged        | nobody   | ErrNotSignedIn
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
	done := s.flight.DoChan(kind, fault.Guarded(func() (any, error) {
		s.work.begin()
		defer s.work.end()
		bounded, cancel := context.WithTimeout(s.life, renewal)
		defer cancel()
		return nil, s.renewLocked(bounded, force, seen)
	}))
	select {
	case r := <-done:
		return s.now(), r.Err
	case <-ctx.Done():
		return s.now(), ctx.Err()
	}
}

func (s *Service) renewLocked(ctx context.Context, force bool, seen uint64) error {
	unlock, shared, err := s.lock(ctx)
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
	saved := store.Saved{ID: tokens.ID, Access: tokens.Access, Refresh: tokens.Refresh, Issuer: previous.Issuer, Since: h.saved.Since}
	switch reason := tokenReason(err); {
	case err == nil:
	case slices.Contains([]token.Reason{token.Unreachable, token.ClockBehind, token.Expired}, reason):
		// The pool's keys changed and cannot be fetched just now, or the clock
		// here is wrong. The new refresh token may be the only one left, so it
		// is kept with the tokens that could be verified.
		claims, saved.ID, saved.Access, saved.Issuer = h.claims, h.saved.ID, h.saved.Access, h.claims.Issuer
	default:
		return fmt.Errorf("the session could not be refreshed: %w", err)
	}
	if keepErr := s.keepLocked(h, saved, claims, shared); keepErr != nil {
		return keepErr
	}
	return outside(err)
}

// lock is for whoever refreshes. A session that lives in this process alone
// is refreshed even where no lock can be had, in a state directory that cannot
// be written; then shared is false and nothing may be stored.
func (s *Service) lock(ctx context.Context) (unlock func(), shared bool, err error) {
	unlock, err = store.Lock(ctx, s.dir, s.account)
	h := s.now()
	if err == nil || ctx.Err() != nil || storeReason(err) == store.Busy || !h.signedIn() || h.kept {
		return unlock, true, err
	}
	select {
	case s.alone <- struct{}{}:
		return func() { <-s.alone }, false, nil
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
}

// reread gives the session to refresh: what the store holds by now, which
// another process may have refreshed since.
func (s *Service) reread(ctx context.Context) (held, error) {
	h := s.now()
	m, err := store.ReadMark(s.dir, s.account)
	if err != nil && (!h.signedIn() || h.kept) {
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
	switch {
	case err == nil:
		s.pending.Store(false)
		return s.hold(saved, claims), nil
	case !forged(err):
		return h, outside(err)
	}
	s.pending.Store(false)
	_ = s.o.Store.Delete(ctx, s.account)
	s.drop(max(h.saved.Generation, saved.Generation))
	return held{}, refusedStored(err)
}

// errUnkept is a session that was refreshed and could not be stored.
var errUnkept = errors.New("the session is refreshed but stays in memory")

// keepLocked stores what before was refreshed to, under the lock, and then
// announces it, so that whoever hears of it finds it. A store that fails
// leaves the session in memory. When somebody signed out without waiting for
// the lock, the set is not written, or taken back. It has a limit of its own:
// a slow answer must not take the time that storing it needs.
func (s *Service) keepLocked(before held, saved store.Saved, claims token.Claims, shared bool) error {
	ctx, cancel := context.WithTimeout(s.life, keeping)
	defer cancel()
	m, err := store.ReadMark(s.dir, s.account)
	if err == nil && before.saved.Generation <= m.Ended {
		return s.takeBack(ctx, saved, m)
	}
	saved.Generation = m.Next(before.saved)
	if !shared {
		s.take(held{saved: saved, claims: claims, why: before.why})
		return nil
	}
	saveErr := s.o.Store.Save(ctx, s.account, saved)
	if after, err := store.ReadMark(s.dir, s.account); err == nil && saved.Generation <= after.Ended {
		return s.takeBack(ctx, saved, after)
	}
	s.take(held{saved: saved, claims: claims, kept: saveErr == nil, why: inMemory("This session stays in memory", saveErr)})
	announceErr := store.Announce(s.dir, s.account, saved.Generation)
	switch {
	case saveErr != nil && before.kept:
		return fmt.Errorf("%w: %w", errUnkept, saveErr)
	case announceErr != nil:
		return fmt.Errorf("other tabgates could not be told of the refresh: %w", announceErr)
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
