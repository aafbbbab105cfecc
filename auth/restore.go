package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// cleaning bounds the removal of a session that cannot be used.
const cleaning = 2 * time.Second

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
		h, _ := r.Val.(held)
		return s.session(h), r.Err
	case <-ctx.Done():
		return session.Session{}, ctx.Err()
	}
}

func (s *Service) restore(ctx context.Context) (held, error) {
	saved, err := s.stored(ctx)
	switch {
	case storeReason(err) == store.Damaged:
		s.cleanLater()
		return held{}, mark(ErrNotSignedIn, err)
	case errors.Is(err, errSignedOut):
		s.cleanLater()
		return held{}, nil
	case errors.Is(err, store.ErrNotFound):
		return held{}, nil
	case err != nil:
		return held{}, err
	}
	claims, err := s.check(ctx, saved, true)
	switch {
	case tokenReason(err) == token.Unreachable:
		s.pending.Store(true)
		s.poke()
		return held{}, mark(ErrNetwork, fmt.Errorf("the stored session cannot be checked yet: %w", err))
	case errors.Is(err, ErrConfig):
		return held{}, err
	case tokenReason(err) == token.ClockBehind:
		return held{}, mark(ErrNotSignedIn, err) // a clock can be set right; keep the session
	case err != nil:
		s.cleanLater()
		return held{}, refusedStored(err)
	case saved.Refresh.Empty() && !s.o.Now().Before(claims.Expiry):
		s.cleanLater()
		return held{}, mark(ErrNotSignedIn, errors.New("the session has ended; sign in again"))
	}
	return s.hold(saved, claims), nil
}

// forged reports whether a stored session that failed its checks is nobody's
// for good. Keys out of reach, a clock and the configuration can be set right.
func forged(err error) bool {
	reason := tokenReason(err)
	return reason != 0 && reason != token.Unreachable && reason != token.ClockBehind && !errors.Is(err, ErrConfig)
}

func refusedStored(err error) error {
	return mark(ErrNotSignedIn, fmt.Errorf("the stored session was refused and removed: %w", err))
}

// errSignedOut is a stored session that was signed out: then its deletion
// failed, or a process wrote back what another had deleted.
var errSignedOut = fmt.Errorf("the stored session was signed out: %w", store.ErrNotFound)

// stored reads the store. A session that any process has signed out since is
// errSignedOut.
func (s *Service) stored(ctx context.Context) (store.Saved, error) {
	saved, err := s.o.Store.Load(ctx, s.account)
	if err != nil {
		return store.Saved{}, err
	}
	m, err := store.ReadMark(s.dir, s.account)
	if err != nil {
		return store.Saved{}, err
	}
	if saved.Generation <= m.Ended {
		return store.Saved{}, errSignedOut
	}
	return saved, nil
}

// cleanLater removes a stored session that cannot be used, without holding
// up whoever found it. What cannot be removed is refused again at the next
// start.
func (s *Service) cleanLater() {
	s.work.run(func() {
		ctx, cancel := context.WithTimeout(s.life, cleaning)
		defer cancel()
		unlock, err := store.Lock(ctx, s.dir, s.account)
		if err != nil {
			return
		}
		defer unlock()
		s.clean(ctx)
	})
}

// clean looks again, now that it has the lock, for another process may have
// stored a session that is good.
func (s *Service) clean(ctx context.Context) {
	saved, err := s.stored(ctx)
	if err == nil {
		claims, err := s.check(ctx, saved, true)
		lasting := !saved.Refresh.Empty() || s.o.Now().Before(claims.Expiry)
		if err == nil && lasting || tokenReason(err) == token.Unreachable {
			return
		}
	}
	if err == nil || errors.Is(err, store.ErrNotFound) { // damaged and signed out count as not found
		_ = s.o.Store.Delete(ctx, s.account)
	}
}
