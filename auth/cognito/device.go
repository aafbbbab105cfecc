package cognito

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"golang.org/x/oauth2"
)

// DeviceCode is a device sign-in under way (RFC 8628): the person opens the
// address on any device and enters the code there. Texts are clean and fit
// for a screen.
type DeviceCode struct {
	UserCode string
	Address  string // where to enter it
	Complete string // the same with the code in it, for a QR code; may be empty
	Expiry   time.Time
	device   secret.Text
	interval time.Duration
}

// HasDevice reports whether a device grant is configured.
func (c *Client) HasDevice() bool { return c.cfg.DeviceAuthURL != "" }

// StartDevice asks for a code to enter on another device.
func (c *Client) StartDevice(ctx context.Context) (DeviceCode, error) {
	if !c.HasDevice() {
		return DeviceCode{}, misconfigured("set DEVICE_AUTHORIZATION_URL and DEVICE_TOKEN_URL to sign in by device code")
	}
	var said deviceAnswer
	w := &deviceWire{wire: &c.wire, ctx: ctx, read: func(a *answer) []byte {
		said = readDevice(a)
		return said.canonical()
	}}
	got, err := c.oauth("").DeviceAuth(context.WithValue(ctx, oauth2.HTTPClient, w.client()))
	rec := w.last
	switch {
	case rec == nil:
		return DeviceCode{}, c.noAnswer(ctx, opDevice, errNotSent)
	case rec.got == nil || rec.got.status != http.StatusOK || said.Error != "":
		return DeviceCode{}, c.deviceFail(ctx, rec, said.Error, said.Description)
	case said.problem != nil || err != nil:
		failed := c.deviceFail(ctx, rec, "", "")
		failed.Help = "the answer is not one of a device sign-in: " + firstError(said.problem, errNotDevice).Error() + "; check DEVICE_AUTHORIZATION_URL"
		return DeviceCode{}, failed
	}
	return DeviceCode{
		UserCode: session.Clean(got.UserCode, 40), Address: got.VerificationURI, Complete: got.VerificationURIComplete,
		Expiry: time.Now().Add(said.lifetime), device: secret.New(got.DeviceCode), interval: said.interval,
	}, nil
}

var errNotDevice = errors.New("it cannot be read")

// PollDevice asks for tokens in the rhythm that the provider set until the
// person is done, refuses, or the code has run out. Providers that give no ID
// token here, as AWS's published sample does by default, are asked for one
// with the refresh token. There is no nonce in a device grant.
func (c *Client) PollDevice(ctx context.Context, d DeviceCode) (Tokens, error) {
	bounded, cancel := context.WithDeadline(ctx, d.Expiry)
	defer cancel()
	var said grantAnswer
	w := &deviceWire{wire: &c.wire, ctx: bounded, patient: true, read: func(a *answer) []byte {
		said = readGrant(a)
		if said.Type == "" {
			said.Type = "Bearer" // the sample leaves it out
		}
		if said.Error == "expired" {
			said.Error = "expired_token" // the sample's own name for it
		}
		said = said.check(a.status)
		return said.canonical()
	}}
	conf := c.oauth("")
	conf.Scopes, conf.Endpoint.TokenURL = nil, c.cfg.DeviceTokenURL
	got, err := conf.DeviceAccessToken(context.WithValue(bounded, oauth2.HTTPClient, w.client()),
		&oauth2.DeviceAuthResponse{DeviceCode: d.device.Reveal(), Interval: int64(d.interval / time.Second)})
	switch {
	case ctx.Err() != nil:
		return Tokens{}, c.noAnswer(ctx, opDevice, ctx.Err())
	case bounded.Err() != nil:
		return Tokens{}, deviceExpired()
	case w.last == nil:
		return Tokens{}, c.noAnswer(ctx, opDevice, errNotSent)
	case said.Error != "" || w.last.got == nil:
		return Tokens{}, c.deviceFail(ctx, w.last, said.Error, said.Description)
	}
	tokens, failed := c.judge(ctx, opDevice, "", w.last, said, got, err)
	if failed != nil {
		return Tokens{}, failed
	}
	return c.completed(ctx, tokens)
}

// completed gets the ID token that is missing, if there is a way.
func (c *Client) completed(ctx context.Context, tokens Tokens) (Tokens, error) {
	switch {
	case !tokens.ID.Empty():
		return tokens, nil
	case tokens.Refresh.Empty():
		return Tokens{}, &Error{Kind: Malformed, Op: opDevice, Help: "the answer has neither an ID token nor a refresh token to ask for one with; " +
			"let the device endpoint give all tokens (RESULT_TOKEN_SET in AWS's sample) and allow the scope openid"}
	}
	return c.Refresh(ctx, tokens.Refresh)
}

func deviceExpired() *Error {
	return &Error{Kind: Refused, Op: opDevice, Code: "expired_token", Help: "the code has run out before it was entered; start again"}
}

// deviceFail words what only device sign-ins can meet; the rest is as for any
// request.
func (c *Client) deviceFail(ctx context.Context, rec *recorder, code, description string) *Error {
	e := c.fail(ctx, opDevice, rec, code, description, "")
	switch code {
	case "expired_token":
		e.Kind, e.Help = Refused, deviceExpired().Help
	case "access_denied":
		e.Kind, e.Help = Refused, "the sign-in was refused on the other device; start again"
	}
	return e
}
