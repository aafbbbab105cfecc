package main

import (
	"context"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/signin"
)

// watchedAuth tells when the session may be another.
type watchedAuth struct {
	gatekeeper
	changed func()
}

// Begin implements signin.Auth.
func (w watchedAuth) Begin(ctx context.Context) (signin.Attempt, error) {
	a, err := w.gatekeeper.Begin(ctx)
	if err != nil {
		return nil, err
	}
	return watchedAttempt{a, w.changed}, nil
}

// Refresh implements tui.Auth.
func (w watchedAuth) Refresh(ctx context.Context) (session.Session, error) {
	defer w.changed()
	return w.gatekeeper.Refresh(ctx)
}

// SignOut implements tui.Auth.
func (w watchedAuth) SignOut(ctx context.Context) []session.Step {
	defer w.changed()
	return w.gatekeeper.SignOut(ctx)
}

// Events implements tui.Auth.
func (w watchedAuth) Events(ctx context.Context) <-chan session.Event {
	out := make(chan session.Event)
	in := w.gatekeeper.Events(ctx)
	fault.Go(func() {
		defer close(out)
		for e := range in {
			w.changed()
			select {
			case out <- e:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

// watchedAttempt tells when somebody has signed in.
type watchedAttempt struct {
	signin.Attempt
	changed func()
}

// Wait implements signin.SignIn.
func (w watchedAttempt) Wait(ctx context.Context) (session.Session, error) {
	defer w.changed()
	return w.Attempt.Wait(ctx)
}

// Accept implements signin.SignIn.
func (w watchedAttempt) Accept(ctx context.Context) (session.Session, error) {
	defer w.changed()
	return w.Attempt.Accept(ctx)
}
