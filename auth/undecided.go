package auth

import (
	"context"
	"errors"
	"sync"

	"github.com/authtabs/tabgate/auth/session"
)

// undecided is a verified sign-in that waits for the person's word. Until then
// nothing of it is stored or announced. It is decided once; when its context
// ends first, that is a no.
type undecided struct {
	s      *Service
	v      verified
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	decided bool
}

var errDecided = errors.New("the question is no longer open; sign in again")

// decideLater makes v wait for an answer as long as a sign-in may take in the
// browser. A program that ends before waits for the revocation.
func (s *Service) decideLater(ctx context.Context, v verified) *undecided {
	u := &undecided{s: s, v: v}
	u.ctx, u.cancel = context.WithTimeout(ctx, s.opts.Timeout)
	s.work.begin()
	context.AfterFunc(u.ctx, func() { u.refuse() })
	return u
}

// decide reports whether the caller is the one who decides.
func (u *undecided) decide() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	first := !u.decided
	u.decided = true
	return first
}

func (u *undecided) accept(ctx context.Context) (session.Session, error) {
	if !u.decide() {
		return session.Session{}, errDecided
	}
	defer u.s.work.end()
	defer u.cancel()
	got, err := u.s.keep(u.v, func() bool { return ctx.Err() != nil || u.ctx.Err() != nil })
	if err != nil {
		return session.Session{}, err
	}
	return got, nil
}

// refuse revokes what the sign-in brought; there is nothing to delete.
func (u *undecided) refuse() session.Step {
	if !u.decide() {
		return session.Step{Name: "revoke", Text: errDecided.Error(), Err: errDecided}
	}
	defer u.s.work.end()
	defer u.cancel()
	return u.s.revoke(context.WithoutCancel(u.ctx), u.v.saved)
}
