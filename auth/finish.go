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
		d.ask(asking, s, v)
		return session.Session{}, change
	}
	return s.startSession(v, gaveUp)
}

// decision is the part of a sign-in that may wait for the person's word. Until
// then nothing of it is stored or announced. It is decided once; when its
// context ends first, that is a no.
type decision struct {
	mu     sync.Mutex
	open   bool
	s      *Service
	v      verified
	ctx    context.Context
	cancel context.CancelFunc // nil where nothing was asked
}

var errDecided = errors.New("the question is no longer open; sign in again")

// ask makes v wait for an answer as long as a sign-in may take in the browser.
// A program that ends before waits for the revocation.
func (d *decision) ask(ctx context.Context, s *Service, v verified) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open, d.s, d.v = true, s, v
	d.ctx, d.cancel = context.WithTimeout(ctx, s.opts.Timeout)
	s.work.begin()
	context.AfterFunc(d.ctx, func() { d.Refuse() })
}

// decide reports whether the caller is the one who decides.
func (d *decision) decide() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	first := d.open
	d.open = false
	return first
}

// giveUp is a no where the question is still open, and takes back a yes that is
// being carried out.
func (d *decision) giveUp() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cancel != nil {
		d.cancel()
	}
}

// Accept goes on with a sign-in for which Wait returned a *session.Changed: it
// is stored, and the session returned.
func (d *decision) Accept(ctx context.Context) (session.Session, error) {
	if !d.decide() {
		return session.Session{}, errDecided
	}
	defer d.s.work.end()
	defer d.cancel()
	return d.s.startSession(d.v, func() bool { return ctx.Err() != nil || d.ctx.Err() != nil })
}

// Refuse ends a sign-in for which Wait returned a *session.Changed, and says
// how revoking it went; there is nothing to delete. So does the end of the
// context that the sign-in began with, and Cancel.
func (d *decision) Refuse() session.Step {
	if !d.decide() {
		return session.Step{Name: "revoke", Text: errDecided.Error(), Err: errDecided}
	}
	defer d.s.work.end()
	defer d.cancel()
	return d.s.revoke(context.WithoutCancel(d.ctx), d.v.saved)
}
