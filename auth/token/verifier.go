// Package token decides whether tokens are genuine and what they say: a strict
// decoder in front of go-oidc, the keys of the issuer, and the claim checks of
// Cognito. It does not know where tokens come from or where they are kept.
package token

import (
	"context"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/coreos/go-oidc/v3/oidc"
)

// Leeway is how far a token's times may be off from this machine's clock.
const Leeway = 60 * time.Second

// Verifier checks pairs of ID and access tokens of one issuer for one client.
type Verifier struct {
	keys     *Keys
	issuer   string
	clientID string
	now      func() time.Time
	id       *oidc.IDTokenVerifier
	access   *oidc.IDTokenVerifier
}

// NewVerifier checks tokens of issuer for clientID with keys.
func NewVerifier(keys *Keys, issuer, clientID string, now func() time.Time) *Verifier {
	config := func(skipClient bool) *oidc.Config {
		return &oidc.Config{
			ClientID: clientID, SkipClientIDCheck: skipClient, Now: now,
			SupportedSigningAlgs: []string{oidc.RS256}, // never from discovery
			SkipExpiryCheck:      true,                 // checkTimes has one leeway for all times
		}
	}
	return &Verifier{
		keys: keys, issuer: issuer, clientID: clientID, now: now,
		id:     oidc.NewVerifier(issuer, keys, config(false)),
		access: oidc.NewVerifier(issuer, keys, config(true)), // no aud; client_id is checked instead
	}
}

// Want says what the tokens must answer to. The zero Want fits tokens from a
// store.
type Want struct {
	Nonce    secret.Text // of the sign-in
	Fresh    bool        // code grant: the nonce must be there
	Previous *Claims     // refresh: same person, same sign-in
	Resource string      // the resource asked for, which aud of the access token must then be
	// Identifier is the resource's in the user pool: an access token without aud
	// is for the resource when a scope begins with it and a slash. "" = none does.
	Identifier string
	Skew       time.Duration // how far the provider's clock is ahead of ours, if known; for messages alone
	Offline    bool          // use the keys at hand, ask nobody
}

// Verify checks both tokens and returns what they say. The error is an
// *Error. With the reason Expired the claims are returned as well: everything
// else about the tokens was right, so they say who to refresh.
func (v *Verifier) Verify(ctx context.Context, id, access secret.Text, w Want) (Claims, error) {
	idToken, verified, refused := v.one(ctx, v.id, id, "ID token", "cognito:username", w)
	if refused != nil {
		return Claims{}, refused
	}
	accessToken, _, refused := v.one(ctx, v.access, access, "access token", "username", w)
	if refused != nil {
		return Claims{}, refused
	}
	if verified.AccessTokenHash != "" && verified.VerifyAccessToken(access.Reveal()) != nil {
		return Claims{}, refuse(WrongPerson, "access token", "it is not the one that the ID token was made with; sign in again")
	}
	claims, refused := join(idToken, accessToken, w)
	if refused != nil {
		return Claims{}, refused
	}
	if refused := v.checkTimes(idToken, accessToken, w); refused != nil {
		if refused.Reason != Expired {
			claims = Claims{}
		}
		return claims, refused
	}
	return claims, nil
}

// one checks a single token: its form and claims first, so that a token for
// somebody else costs no fetch of keys, then the signature.
func (v *Verifier) one(ctx context.Context, verifier *oidc.IDTokenVerifier, raw secret.Text, what, user string, w Want) (payload, *oidc.IDToken, *Error) {
	claims, refused := decode(raw.Reveal(), what)
	if refused != nil {
		return payload{}, nil, refused
	}
	p, refused := claims.readPayload(user)
	if refused == nil {
		refused = v.checkClaims(p, what, w)
	}
	if refused != nil {
		return payload{}, nil, refused
	}
	a := &ask{offline: w.Offline}
	verified, err := verifier.Verify(context.WithValue(ctx, askKey{}, a), raw.Reveal())
	switch {
	case a.refused != nil:
		said := *a.refused
		if said.What == "token" {
			said.What = what
		}
		return payload{}, nil, &said
	case err != nil:
		return payload{}, nil, refuse(Malformed, what, "%v", err)
	}
	return p, verified, nil
}
