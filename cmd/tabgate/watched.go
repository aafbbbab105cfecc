package main

import (
	"context"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/signin"
)

// watchedEvents are events, each of which is told before it is handed on.
func watchedEvents(ctx context.Context, in <-chan session.Event, changed func()) <-chan session.Event {
	out := make(chan session.Event)
	fault.Go(func() {
		defer close(out)
		for e := range in {
			changed()
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

// watchedDevice tells when somebody has signed in by a code.
type watchedDevice struct {
	signin.Device
	changed func()
}

// Wait implements signin.SignIn.
func (w watchedDevice) Wait(ctx context.Context) (session.Session, error) {
	defer w.changed()
	return w.Device.Wait(ctx)
}

// Accept implements signin.SignIn.
func (w watchedDevice) Accept(ctx context.Context) (session.Session, error) {
	defer w.changed()
	return w.Device.Accept(ctx)
}
