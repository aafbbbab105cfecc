package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
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
	c, err := s.refresh(ctx, true)
	return s.session(c), err
}

// refresh refreshes once for all callers that wait at the same time. With force
// only tokens that came after the call will do, without it any that last.
func (s *Service) refresh(ctx context.Context, force bool) (lifecycle.Session, error) {
	seen := s.current().Saved.Generation
	if m, err := s.storage.mark(); err == nil {
		seen = max(seen, m.Generation)
	}
	kind := map[bool]string{true: "now", false: "due"}[force]
	done := s.flight.DoChan(kind, fault.Guarded(func() (any, error) {
		s.work.begin()
		defer s.work.end()
		bounded, cancel := context.WithTimeout(s.life, renewal)
		defer cancel()
		return nil, s.refreshOnce(bounded, force, seen)
	}))
	select {
	case r := <-done:
		return s.current(), r.Err
	case <-ctx.Done():
		return s.current(), ctx.Err()
	}
}

func (s *Service) refreshOnce(ctx context.Context, force bool, seen uint64) error {
	unlock, shared, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	before, err := s.reread(ctx)
	if err != nil || before.Superseded(force, seen, s.opts.Now()) {
		return err
	}
	tokens, err := s.client.Refresh(ctx, before.Saved.Refresh)
	if poolKind(err) == cognito.Refused {
		_ = s.perform(ctx, s.state.step(lifecycle.Refused{Generation: before.Saved.Generation}))
	}
	if err != nil {
		return outside(err)
	}
	saved, claims, err := s.verifier.refreshed(ctx, before, tokens)
	if claims.Subject == "" {
		return fmt.Errorf("the session could not be refreshed: %w", err)
	}
	// Storing has a limit of its own: a slow answer must not take its time.
	storing, cancel := context.WithTimeout(s.life, keeping)
	defer cancel()
	m, _ := s.storage.mark() // what could be read of it
	if err := s.perform(storing, s.state.step(lifecycle.Refreshed{
		Before: before, Session: lifecycle.New(saved, claims, s.jitter()), Mark: m, Shared: shared,
	})); err != nil {
		return err
	}
	return outside(err)
}

// lock is for whoever refreshes. A session that lives in this process alone
// is refreshed even where no lock can be had, in a state directory that cannot
// be written; then shared is false and nothing may be stored.
func (s *Service) lock(ctx context.Context) (unlock func(), shared bool, err error) {
	unlock, err = s.storage.lock(ctx)
	c := s.current()
	if err == nil || ctx.Err() != nil || storeReason(err) == store.Busy || !c.SignedIn() || c.Persisted {
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
func (s *Service) reread(ctx context.Context) (lifecycle.Session, error) {
	c := s.current()
	memoryOnly := c.SignedIn() && !c.Persisted
	m, err := s.storage.mark()
	if err != nil && !memoryOnly {
		return c, err
	}
	if err := s.perform(ctx, s.state.step(lifecycle.MarkRead{Mark: m})); err != nil {
		return lifecycle.Session{}, err
	}
	if memoryOnly {
		return c, nil // the store has nothing of it
	}
	saved, err := s.storage.load(ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
		_ = s.perform(ctx, s.state.step(lifecycle.Missing{}))
		return lifecycle.Session{}, mark(ErrNotSignedIn, errors.New("no session is stored; sign in again"))
	case err != nil && c.SignedIn() && c.Saved.Generation >= m.Generation:
		return c, nil // the store fails, but this is the last set there was
	case err != nil:
		return c, err
	case c.SignedIn() && saved.Generation == c.Saved.Generation:
		return c, nil
	}
	claims, err := s.verifier.checkAnyhow(ctx, saved)
	switch {
	case err == nil:
		return s.adopt(saved, claims), nil
	case !forged(err):
		return c, outside(err)
	}
	_ = s.perform(ctx, s.state.step(lifecycle.Forged{Generation: saved.Generation}))
	return lifecycle.Session{}, refusedStored(err)
}
