package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// Restore takes up the stored session without the network:
//
//	stored                              | returned
//	------------------------------------|--------------------------------------------
//	nothing                             | nobody, no error
//	signed out by any process since     | nobody, no error; removed
//	damaged, forged or another pool's   | nobody, ErrNotSignedIn; removed
//	good                                | the session
//	good but ended, can be refreshed    | the session, not live; Events refreshes it
//	good but ended for ever             | nobody, ErrNotSignedIn; removed
//	good as far as can be told: no keys | nobody, ErrNetwork; Events fetches the keys
//	the store fails                     | nobody, a *store.Error
//	not read before ctx ends            | nobody, ctx's error; ask again
//
// ctx bounds how long a slow keyring or disk is waited for. Whoever asks while
// it is still being read waits for the same answer.
func (s *Service) Restore(ctx context.Context) (session.Session, error) {
	done := s.flight.DoChan("restore", fault.Guarded(func() (any, error) { return s.restore(s.life) }))
	select {
	case r := <-done:
		c, _ := r.Val.(lifecycle.Session)
		return s.session(c), r.Err
	case <-ctx.Done():
		return session.Session{}, ctx.Err()
	}
}

func (s *Service) restore(ctx context.Context) (lifecycle.Session, error) {
	nobody := lifecycle.Session{}
	unusable := func(err error) (lifecycle.Session, error) {
		s.cleanLater()
		return nobody, err
	}
	saved, err := s.storage.load(ctx)
	switch {
	case storeReason(err) == store.Damaged:
		return unusable(mark(ErrNotSignedIn, err))
	case errors.Is(err, errSignedOut):
		return unusable(nil)
	case errors.Is(err, store.ErrNotFound):
		return nobody, nil
	case err != nil:
		return nobody, err
	}
	claims, err := s.verifier.check(ctx, saved, true)
	found := lifecycle.New(saved, claims, s.jitter())
	switch {
	case tokenReason(err) == token.Unreachable:
		s.state.step(lifecycle.KeysMissing{})
		return nobody, mark(ErrNetwork, fmt.Errorf("the stored session cannot be checked yet: %w", err))
	case errors.Is(err, ErrConfig):
		return nobody, err
	case tokenReason(err) == token.ClockBehind:
		return nobody, mark(ErrNotSignedIn, err) // a clock can be set right; keep the session
	case err != nil:
		return unusable(refusedStored(err))
	case found.Over(s.opts.Now()):
		return unusable(mark(ErrNotSignedIn, errors.New("the session has ended; sign in again")))
	}
	s.state.step(lifecycle.Restored{Session: found})
	return s.current(), nil
}

// forged reports whether a stored session that failed its checks is nobody's
// for good. Keys that cannot be fetched, a clock and the configuration can be set right.
func forged(err error) bool {
	reason := tokenReason(err)
	return reason != 0 && reason != token.Unreachable && reason != token.ClockBehind && !errors.Is(err, ErrConfig)
}

func refusedStored(err error) error {
	return mark(ErrNotSignedIn, fmt.Errorf("the stored session was refused and removed: %w", err))
}
