package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/token"
)

// DeviceAttempt is one sign-in by a code that the person enters on another
// device (RFC 8628). It needs no browser and no open port here.
type DeviceAttempt struct {
	s      *Service
	code   cognito.DeviceCode
	unkept string // a sentence that says why the session cannot be kept, or ""

	undecided *undecided // nil unless Wait found somebody else than last time
}

// HasDevice reports whether signing in by device code is configured.
func (s *Service) HasDevice() bool { return s.client.HasDevice() }

// BeginDevice tries the store and asks for a code. Without a configured device
// endpoint the error is ErrConfig.
func (s *Service) BeginDevice(ctx context.Context) (*DeviceAttempt, error) {
	d := &DeviceAttempt{s: s, unkept: s.storage.probe(ctx)}
	var err error
	if d.code, err = s.client.StartDevice(ctx); err != nil {
		return nil, outside(err)
	}
	return d, nil
}

// Code is what to enter on the other device.
func (d *DeviceAttempt) Code() string { return d.code.UserCode }

// Address is where to enter it.
func (d *DeviceAttempt) Address() string { return d.code.Address }

// Complete is the address with the code in it, for a QR code; it may be "".
func (d *DeviceAttempt) Complete() string { return d.code.Complete }

// Deadline is when the code runs out.
func (d *DeviceAttempt) Deadline() time.Time { return d.code.Expiry }

// Note says that the store cannot keep the session, or is "".
func (d *DeviceAttempt) Note() string { return d.unkept }

// Wait asks the provider, in the rhythm it wants, until the person is done or
// the code has run out, and returns the session once it is verified and
// stored. There is no nonce in this grant to bind the ID token to: the device
// code does that. An error that is a *session.Changed waits for Accept or
// Refuse; the end of ctx is a Refuse.
func (d *DeviceAttempt) Wait(ctx context.Context) (session.Session, error) {
	tokens, err := d.s.client.PollDevice(ctx, d.code)
	if err != nil {
		return session.Session{}, outside(err)
	}
	v, err := d.s.admit(ctx, granted{tokens: tokens, want: token.Want{Skew: tokens.Skew}, unkept: d.unkept})
	if err != nil {
		return session.Session{}, outside(err)
	}
	if change := d.s.person.somebodyElse(v.person()); change != nil {
		d.undecided = d.s.decideLater(ctx, v)
		return session.Session{}, change
	}
	return d.s.keep(v, func() bool { return errors.Is(ctx.Err(), context.Canceled) })
}

// Accept goes on with a sign-in for which Wait returned a *session.Changed.
func (d *DeviceAttempt) Accept(ctx context.Context) (session.Session, error) {
	if d.undecided == nil {
		return session.Session{}, errDecided
	}
	return d.undecided.accept(ctx)
}

// Refuse ends a sign-in for which Wait returned a *session.Changed, and says
// how revoking it went.
func (d *DeviceAttempt) Refuse() session.Step {
	if d.undecided == nil {
		return session.Step{Name: "revoke", Text: errDecided.Error(), Err: errDecided}
	}
	return d.undecided.refuse()
}
