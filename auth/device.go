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
	decision
	s         *Service
	code      cognito.DeviceCode
	notStored string // a sentence that says why the session cannot be stored, or ""
}

// HasDevice reports whether signing in by device code is configured.
func (s *Service) HasDevice() bool { return s.client.HasDevice() }

// BeginDevice tries the store and asks for a code. Without a configured device
// endpoint the error is ErrConfig.
func (s *Service) BeginDevice(ctx context.Context) (*DeviceAttempt, error) {
	d := &DeviceAttempt{s: s, notStored: s.storage.probe(ctx)}
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
func (d *DeviceAttempt) Note() string { return d.notStored }

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
	g := granted{tokens: tokens, want: token.Want{Skew: tokens.Skew}, notStored: d.notStored}
	got, err := d.s.finish(ctx, ctx, g, &d.decision, func() bool { return errors.Is(ctx.Err(), context.Canceled) })
	return got, outside(err)
}
