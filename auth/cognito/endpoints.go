package cognito

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/authtabs/tabgate/auth/aws"
	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/token"
)

// endpoints are the addresses that a client asks; "" where there is none.
type endpoints struct {
	authorize, token, userInfo, revoke string
	logout                             string
}

// locator says where to ask.
type locator struct {
	wire
	discovers bool // the endpoints are the issuer's to say
	found     atomic.Pointer[endpoints]
}

// endpoint gives an address on the domain.
func (l *locator) endpoint(path string) string { return l.cfg.Domain.String() + path }

// cognitos are the endpoints of every user pool domain.
func (l *locator) cognitos() endpoints {
	return endpoints{
		authorize: l.endpoint("/oauth2/authorize"), token: l.endpoint("/oauth2/token"), userInfo: l.endpoint("/oauth2/userInfo"),
		revoke: l.endpoint("/oauth2/revoke"), logout: l.endpoint("/logout"),
	}
}

// discovers reports whether the endpoints have to be looked up:
//
//	issuer                    | domain           | endpoints
//	--------------------------|------------------|---------------------------
//	not known                 | any              | Cognito's, below the domain
//	a form of AWS's           | any              | Cognito's
//	on this machine, named    | any              | Cognito's: an emulator of it
//	as a pool is              |                  |
//	any other                 | Cognito's own    | Cognito's
//	any other                 | any other        | those of its discovery document
func discovers(cfg Config) bool {
	issuer, err := url.Parse(cfg.Issuer)
	if cfg.Issuer == "" || err != nil || aws.DomainRegion(cfg.Domain.Hostname()) != "" {
		return false
	}
	_, cognito := aws.ParseIssuer(cfg.Issuer)
	emulated := neterr.Loopback(issuer.Hostname()) && aws.IsPoolID(strings.TrimPrefix(issuer.Path, "/"))
	return !cognito && !emulated
}

// Resolve looks the endpoints up where they are the issuer's to say; what asks
// one of them does so by itself. It is to be called before AuthorizeURL and
// LogoutURL, which ask nobody. What was found is used from then on.
func (l *locator) Resolve(ctx context.Context) error {
	if failed := l.resolve(ctx, opAuthorize); failed != nil {
		return failed
	}
	return nil
}

func (l *locator) resolve(ctx context.Context, op string) *Error {
	if !l.discovers || l.found.Load() != nil {
		return nil
	}
	bounded, cancel := context.WithTimeout(ctx, l.limit)
	defer cancel()
	said, err := token.Discover(bounded, l.hc, l.cfg.Issuer)
	if err == nil {
		err = said.CheckDomain(l.cfg.Domain)
	}
	if err != nil {
		return unresolved(ctx, op, err)
	}
	l.found.Store(&endpoints{
		authorize: said.Authorization, token: said.Token,
		userInfo: l.ours(said.UserInfo), revoke: l.ours(said.Revocation), logout: l.ours(said.EndSession),
	})
	return nil
}

// ours is an endpoint that has to be on the domain, like those that codes go
// to, and counts as missing elsewhere: it gets tokens.
func (l *locator) ours(address string) string {
	u, err := url.Parse(address)
	if err != nil || !usable(address) || !token.On(u, l.cfg.Domain) {
		return ""
	}
	return address
}

// at are the endpoints as far as they are known.
func (l *locator) at() endpoints {
	if found := l.found.Load(); found != nil {
		return *found
	}
	return l.cognitos()
}

// unresolved is why an issuer's endpoints cannot be used.
func unresolved(ctx context.Context, op string, err error) *Error {
	e := &Error{Kind: Misconfigured, Op: op, Help: err.Error()}
	var refused *token.Error
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e.Kind, e.err, e.Help = Cancelled, context.Canceled, "cancelled"
	case errors.As(err, &refused) && refused.Reason == token.Unreachable:
		e.Kind = Unreachable
	}
	return e
}
