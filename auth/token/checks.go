package token

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
)

// checkClaims checks the claims that say who made a token and for whom:
//
//	claim     | ID token                         | access token
//	----------|----------------------------------|--------------------------------
//	iss       | exactly the issuer               | exactly the issuer
//	token_use | "id"                             | "access"
//	aud       | the client alone, or with azp    | the resource, if one was asked for: see forResource
//	client_id | not looked at                    | the client
//	azp       | the client, if there             | not looked at
//	nonce     | see checkNonce                   | not looked at
//	groups    | say what opens                   | grant nothing, see groupsOfAccessAlone
func (v *Verifier) checkClaims(p payload, what string, w Want) *Error {
	if p.iss != v.issuer {
		return refuse(WrongIssuer, what, "it is from %q, not from %q; sign in again, and check COGNITO_USER_POOL_ID",
			session.Clean(p.iss, 120), session.Clean(v.issuer, 120))
	}
	if what == "access token" {
		return v.checkAccess(p, what, w)
	}
	switch {
	case p.use != "id":
		return refuse(WrongUse, what, "it is not an ID token but of use %q", session.Clean(p.use, 40))
	case !slices.Contains(p.aud, v.clientID), len(p.aud) > 1 && p.azp == "", p.azp != "" && p.azp != v.clientID:
		return refuse(WrongClient, what, "it was made for another app client; check CLIENT_ID and sign in again")
	}
	return checkNonce(p, what, w)
}

func (v *Verifier) checkAccess(p payload, what string, w Want) *Error {
	switch {
	case p.use != "access":
		return refuse(WrongUse, what, "it is not an access token but of use %q", session.Clean(p.use, 40))
	case p.clientID != v.clientID:
		return refuse(WrongClient, what, "it was made for another app client; check CLIENT_ID and sign in again")
	case w.Resource != "" && !forResource(p, w):
		return refuse(WrongClient, what, "it is not for the resource that was asked for; allow the resource server in the user pool")
	}
	return nil
}

// forResource reports whether an access token is for the resource that was asked
// for. User pools that cannot bind a token to a resource say it by a scope.
func forResource(p payload, w Want) bool {
	if p.aud != nil || w.Identifier == "" {
		return slices.Equal(p.aud, []string{w.Resource})
	}
	return slices.ContainsFunc(strings.Fields(p.scope), func(scope string) bool {
		return strings.HasPrefix(scope, w.Identifier+"/")
	})
}

// checkNonce binds the ID token to the sign-in that asked for it:
//
//	tokens from    | nonce absent | equal | different
//	---------------|--------------|-------|----------
//	a code grant   | refused      | fine  | refused
//	a refresh      | fine         | fine  | refused   (OpenID Connect Core 1.0 section 12.2)
//	a store        | fine         | fine  | fine, nothing to compare with
func checkNonce(p payload, what string, w Want) *Error {
	want := w.Nonce
	if want.Empty() && w.Previous != nil {
		want = w.Previous.Nonce
	}
	switch {
	case w.Fresh && (want.Empty() || p.nonce == ""),
		!want.Empty() && p.nonce != "" && !want.Equal(p.nonce):
		return refuse(WrongNonce, what, "it is not the answer to this sign-in; sign in again")
	}
	return nil
}

// join compares the two tokens with each other and, after a refresh, with the
// ones before.
func join(id, access payload, w Want) (Claims, *Error) {
	if id.sub != access.sub {
		return Claims{}, refuse(WrongPerson, "access token", "it is for another person than the ID token; sign in again")
	}
	if old := w.Previous; old != nil && (old.Subject != id.sub || old.Issuer != id.iss) {
		return Claims{}, refuse(WrongPerson, "ID token", "the refresh answered for another person; sign in again")
	}
	c := Claims{
		Issuer: id.iss, Subject: id.sub, Username: id.username, Email: id.email, EmailVerified: id.emailVerified,
		Groups: id.groups, Scopes: strings.Fields(access.scope), Nonce: secret.New(id.nonce), OriginID: id.origin,
		IssuedAt: id.iat, AuthTime: id.authTime, Expiry: id.exp, AccessExpiry: access.exp,
	}
	if c.Username == "" {
		c.Username = access.username
	}
	if text := groupsOfAccessAlone(id.groups, access.groups); text != "" {
		c.Warnings = append(c.Warnings, text)
	}
	c.Warnings = append(c.Warnings, slices.Concat(id.warnings, access.warnings)...)
	if c.Nonce.Empty() && w.Previous != nil {
		c.Nonce = w.Previous.Nonce
	}
	if id.origin != "" && access.origin != "" && id.origin != access.origin {
		c.Warnings = append(c.Warnings, "The ID token and the access token come from different sign-ins.")
	}
	if life := max(id.exp.Sub(id.iat), access.exp.Sub(access.iat)); life > 24*time.Hour+Leeway {
		c.Warnings = append(c.Warnings, "A token is valid for more than a day, longer than Cognito allows.")
	}
	return c, nil
}

// checkTimes compares the tokens' times with this machine's clock, Leeway
// either way. It comes last, so that Expired means nothing else is wrong.
func (v *Verifier) checkTimes(id, access payload, w Want) *Error {
	now := v.now()
	for _, token := range []struct {
		what string
		payload
	}{{"ID token", id}, {"access token", access}} {
		for _, start := range []time.Time{token.iat, token.nbf, token.authTime} {
			if ahead := start.Sub(now); ahead > Leeway {
				return refuse(ClockBehind, token.what, "it is from the future: %s", clockAdvice(w.Skew, ahead))
			}
		}
		if token.iat.After(token.exp) {
			return refuse(Malformed, token.what, "it ends before it begins")
		}
	}
	if late := now.Sub(id.exp); late >= Leeway {
		return expired(id, "ID token", late, w)
	}
	if late := now.Sub(access.exp); late >= Leeway {
		return expired(access, "access token", late, w)
	}
	return nil
}

// expired words the end of a token. One that was over on arrival means that
// the clock here is ahead.
func expired(p payload, what string, late time.Duration, w Want) *Error {
	if w.Fresh || w.Previous != nil {
		return refuse(Expired, what, "it is over already: %s", clockAdvice(w.Skew, -(p.exp.Sub(p.iat)+late)))
	}
	return refuse(Expired, what, "it ended at %s; refresh the session or sign in again", p.exp.UTC().Format(time.RFC3339))
}

// clockAdvice says how wrong the clock is. skew is how far the provider's
// clock is ahead of ours by its Date header; guess stands in when that is
// unknown.
func clockAdvice(skew, guess time.Duration) string {
	if skew == 0 {
		skew = guess
	}
	side := "behind"
	if skew < 0 {
		skew, side = -skew, "ahead"
	}
	return fmt.Sprintf("your clock is %d s %s; set it and try again", int64(skew.Round(time.Second)/time.Second), side)
}
