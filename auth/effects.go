package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// cleaning bounds the removal of a session that cannot be used.
const cleaning = 2 * time.Second

// current is the session just now.
func (s *Service) current() lifecycle.Session { return s.state.get().Current }

// adopt takes up a verified set that the store has, unless a younger one is
// current or it was signed out meanwhile, and returns what is current then.
func (s *Service) adopt(saved store.Saved, claims token.Claims) lifecycle.Session {
	s.state.step(lifecycle.Restored{Session: lifecycle.New(saved, claims, s.jitter())})
	return s.current()
}

// session is what the rest of the program sees of c.
func (s *Service) session(c lifecycle.Session) session.Session {
	if !c.SignedIn() {
		return session.Session{}
	}
	kind := s.opts.Store.Kind()
	if !c.Persisted {
		kind = store.Memory().Kind()
	}
	return session.Session{
		Username: c.Claims.Username, Email: c.Claims.Email, Sub: c.Claims.Subject, Groups: c.Claims.Groups,
		Issuer: c.Claims.Issuer, ExpiresAt: c.Claims.Expiry, TokenStore: kind, Profile: s.opts.Profile,
		LocalPool: s.opts.LocalPool || neterr.Loopback(s.opts.Cognito.Domain.Hostname()), Note: c.Note(),
	}
}

// perform does what a step asks for, in its order. Who refreshes or signs in
// has the lock. The error is for whoever asked: a session that another process
// ended, or one that could not be stored.
func (s *Service) perform(ctx context.Context, effects []lifecycle.Effect) (err error) {
	for _, effect := range effects {
		switch e := effect.(type) {
		case lifecycle.Save:
			in := lifecycle.Stored{Session: e.Session, Err: s.storage.save(ctx, e.Session.Saved)}
			if in.Err != nil {
				in.Session = in.Session.InMemory(inMemory("This session stays in memory", in.Err))
			}
			in.Mark, _ = s.storage.mark() // what could be read of it
			err = s.perform(ctx, s.state.step(in))
		case lifecycle.Announce:
			if failed := s.storage.announce(e.Generation); failed != nil {
				err = fmt.Errorf("other tabgates could not be told of the refresh: %w", failed)
			}
		case lifecycle.MarkEnded:
			_ = s.storage.markEnded(e.Generation)
		case lifecycle.Delete:
			_ = s.storage.delete(ctx)
		case lifecycle.Revoke:
			_ = s.client.Revoke(ctx, e.Saved.Refresh)
		case lifecycle.Clean:
			s.cleanLater()
		case lifecycle.SignedOutElsewhere:
			err = errSignedOutElsewhere
		case lifecycle.NotPersisted:
			err = fmt.Errorf("%w: %w", errNotPersisted, e.Err)
		}
	}
	return err
}

// cleanLater removes a stored session that cannot be used, without holding up
// whoever found it. What cannot be removed is refused again at the next start.
// Once it has the lock it looks again, for another process may have stored a
// session that is good.
func (s *Service) cleanLater() {
	s.work.run(func() {
		ctx, cancel := context.WithTimeout(s.life, cleaning)
		defer cancel()
		unlock, err := s.storage.lock(ctx)
		if err != nil {
			return
		}
		defer unlock()
		saved, err := s.storage.load(ctx)
		if err == nil {
			claims, err := s.verifier.check(ctx, saved, true)
			over := lifecycle.New(saved, claims, 0).Over(s.opts.Now())
			if err == nil && !over || tokenReason(err) == token.Unreachable {
				return
			}
		}
		if err == nil || errors.Is(err, store.ErrNotFound) { // damaged and signed out count as not found
			_ = s.storage.delete(ctx)
		}
	})
}
