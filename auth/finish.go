package auth

import (
	"context"
	"errors"
	"sync"

	"github.com/authtabs/tabgate/auth/session"
)

// finish makes what a sign-in brought the session, once it is verified. Where
// it is somebody else than last time it is put to d, which waits for the
// person's word while asking lasts, and the error is a *session.Changed.
func (s *Service) finish(ctx, asking context.Context, g granted, d *decision, gaveUp func() bool) (session.Session, error) {
	v, err := s.verifyNew(ctx, g)
	if err != nil {
		return session.Session{}, err
	}
	if change := s.person.somebodyElse(v.person()); change != nil {
		d.ask(s.decideLater(asking, v))
		return session.Session{}, change
	}
	return s.startSession(v, gaveUp)
}

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

// decision is the part of a sign-in that may wait for the person's word.
type decision struct {
	mu   sync.Mutex
	open *undecided // nil unless somebody else signed in than last time
}

func (d *decision) ask(u *undecided) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open = u
}

func (d *decision) question() *undecided {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// Accept goes on with a sign-in for which Wait returned a *session.Changed: it
// is stored, and the session returned.
func (d *decision) Accept(ctx context.Context) (session.Session, error) {
	if u := d.question(); u != nil && u.decide() {
		return u.accept(ctx)
	}
	return session.Session{}, errDecided
}

// Refuse ends a sign-in for which Wait returned a *session.Changed, and says
// how revoking it went. So does the end of the context that the sign-in began
// with, and Cancel.
func (d *decision) Refuse() session.Step {
	if u := d.question(); u != nil && u.decide() {
		return u.refuse()
	}
	return session.Step{Name: "revoke", Text: errDecided.Error(), Err: errDecided}
}

var errDecided = errors.New("the question is no longer open; sign in again")

// decideLater makes v wait for an answer as long as a sign-in may take in the
// browser. A program that ends before waits for the revocation.
func (s *Service) decideLater(ctx context.Context, v verified) *undecided {
	u := &undecided{s: s, v: v}
	u.ctx, u.cancel = context.WithTimeout(ctx, s.opts.Timeout)
	s.work.begin()
	context.AfterFunc(u.ctx, func() {
		if u.decide() {
			u.refuse()
		}
	})
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
	defer u.s.work.end()
	defer u.cancel()
	return u.s.startSession(u.v, func() bool { return ctx.Err() != nil || u.ctx.Err() != nil })
}

// refuse revokes what the sign-in brought; there is nothing to delete.
func (u *undecided) refuse() session.Step {
	defer u.s.work.end()
	defer u.cancel()
	return u.s.revoke(context.WithoutCancel(u.ctx), u.v.saved)
}
