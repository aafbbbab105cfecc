package token

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
)

// Pair is an issuer and one of its app clients. A resource server takes tokens
// of some pairs: either alone says nothing.
type Pair struct{ Issuer, ClientID string }

// AccessOptions say which access tokens a resource server takes.
type AccessOptions struct {
	Pairs []Pair
	// Keys are the keys of the issuers of Pairs.
	Keys map[string]*Keys
	// Resource is what aud must hold, where it is there at all. Without aud a
	// scope must begin with Identifier and a slash.
	Resource    string
	Identifiers []string // of the resource server in the user pool; Resource is always one
	AnyAudience bool     // take tokens whatever they were issued for
	MaxAge      time.Duration
	Now         func() time.Time
}

// Access checks access tokens for a resource server. It may be used by several
// goroutines.
type Access struct {
	o AccessOptions
	r *remembered
}

// Holder is whom a verified access token stands for.
type Holder struct {
	Issuer, ClientID, Subject, Username, ID string // ID is jti, may be ""
	Groups, Scopes                          []string
	IssuedAt, Expiry                        time.Time
}

// NewAccess checks access tokens. It asks nobody yet.
func NewAccess(o AccessOptions) *Access { return &Access{o: o, r: newRemembered()} }

// Verify says whom a token stands for. The error is an *Error; of the reason
// Unreachable, it is not known whether the token is good. What was verified is
// remembered until it ends or the keys of its issuer change.
func (a *Access) Verify(ctx context.Context, raw secret.Text) (Holder, error) {
	now := a.o.Now()
	sum := a.r.sum(raw)
	if h, version, ok := a.r.get(sum); ok && version == a.version(h.Issuer) {
		if refused := a.times(h, time.Time{}, now); refused != nil {
			return Holder{}, refused
		}
		return h, nil
	}
	h, version, refused := a.verify(ctx, raw, now)
	if refused != nil {
		return Holder{}, refused
	}
	a.r.put(sum, h, version, now)
	return h, nil
}

// ReadAccess says whom an access token names as its holder, without a look at
// who signed it: it is for whoever got the token from the user pool itself. The
// error is an *Error.
func ReadAccess(raw secret.Text) (Holder, error) {
	h, p, refused := holderOf(raw)
	switch {
	case refused != nil:
		return Holder{}, refused
	case p.use != "access":
		return Holder{}, refuse(WrongUse, accessToken, "it is not an access token but of use %q", session.Clean(p.use, 40))
	}
	return h, nil
}

// holderOf reads what a token says.
func holderOf(raw secret.Text) (h Holder, p payload, refused *Error) {
	r, refused := decode(raw.Reveal(), accessToken)
	if refused != nil {
		return Holder{}, payload{}, refused
	}
	if p, refused = r.readPayload("username"); refused != nil {
		return Holder{}, payload{}, refused
	}
	return Holder{
		Issuer: p.iss, ClientID: p.clientID, Subject: p.sub, Username: p.username, ID: r.shown("jti"),
		Groups: p.groups, Scopes: strings.Fields(p.scope), IssuedAt: p.iat, Expiry: p.exp,
	}, p, nil
}

func (a *Access) version(issuer string) uint64 {
	if k := a.o.Keys[issuer]; k != nil {
		return k.version()
	}
	return 0
}

const accessToken = "access token"

// verify returns the version of the keys too, as it was before they were used:
// a token is not remembered for keys that have not seen it.
func (a *Access) verify(ctx context.Context, raw secret.Text, now time.Time) (h Holder, version uint64, refused *Error) {
	h, p, refused := holderOf(raw)
	if refused != nil {
		return Holder{}, 0, refused
	}
	if refused := a.madeForUs(p, h); refused != nil {
		return Holder{}, 0, refused
	}
	keys := a.o.Keys[p.iss]
	if keys == nil {
		return Holder{}, 0, refuse(WrongIssuer, accessToken, "it is from another issuer")
	}
	version = keys.version()
	if _, refused := keys.verifySignature(ctx, raw.Reveal(), false); refused != nil {
		return Holder{}, 0, refused
	}
	return h, version, a.times(h, p.nbf, now)
}

// madeForUs checks what a token was made for, before its signature: one for
// somebody else costs no fetch of keys.
//
//	claim              | must be
//	-------------------|------------------------------------------------
//	token_use          | "access": an ID token opens nothing here
//	iss with client_id | one of the pairs
//	aud                | absent, or it holds the resource
//	scope              | where aud is absent: one of the resource server
//
// The last two are not looked at where any audience will do.
func (a *Access) madeForUs(p payload, h Holder) *Error {
	switch {
	case p.use != "access":
		return refuse(WrongUse, accessToken, "it is not an access token but of use %q", session.Clean(p.use, 40))
	case !slices.ContainsFunc(a.o.Pairs, func(pair Pair) bool { return pair.Issuer == p.iss }):
		return refuse(WrongIssuer, accessToken, "it is from another issuer")
	case !slices.Contains(a.o.Pairs, Pair{p.iss, p.clientID}):
		return refuse(WrongClient, accessToken, "it was made for another app client")
	case a.o.AnyAudience:
		return nil
	case len(p.aud) > 0 && !slices.Contains(p.aud, a.o.Resource):
		return refuse(WrongClient, accessToken, "it was issued for another server")
	case len(p.aud) == 0 && !slices.ContainsFunc(h.Scopes, a.ours):
		return refuse(WrongClient, accessToken, "it was issued for no server, and has no scope of this one")
	}
	return nil
}

// ours reports whether a scope is one of the resource server's own.
func (a *Access) ours(scope string) bool {
	of := func(identifier string) bool {
		rest, ok := strings.CutPrefix(scope, identifier+"/")
		return ok && identifier != "" && rest != "" && !strings.Contains(rest, "/")
	}
	return of(a.o.Resource) || slices.ContainsFunc(a.o.Identifiers, of)
}

// times compares a token's times with this machine's clock, Leeway either way.
func (a *Access) times(h Holder, notBefore, now time.Time) *Error {
	for _, start := range []time.Time{h.IssuedAt, notBefore} {
		if ahead := start.Sub(now); ahead > Leeway {
			return refuse(ClockBehind, accessToken, "it is from the future by %s: the server's clock may be behind", ahead.Round(time.Second))
		}
	}
	switch {
	case h.IssuedAt.After(h.Expiry):
		return refuse(Malformed, accessToken, "it ends before it begins")
	case now.Sub(h.Expiry) >= Leeway:
		return refuse(Expired, accessToken, "it ended %s ago%s", now.Sub(h.Expiry).Round(time.Second), clockAhead(now.Sub(h.Expiry), h))
	case a.o.MaxAge > 0 && now.Sub(h.IssuedAt) > a.o.MaxAge+Leeway:
		return refuse(Expired, accessToken, "it is older than this server takes (%s): refresh it", a.o.MaxAge)
	}
	return nil
}

// clockAhead says that the clock may be the reason for a token that ended so
// recently.
func clockAhead(late time.Duration, h Holder) string {
	if late > 5*time.Minute {
		return ""
	}
	return fmt.Sprintf(": refresh it, or the server's clock is ahead (it lived %s)", h.Expiry.Sub(h.IssuedAt))
}
