package token

import (
	"encoding/base64"
	"strings"

	"github.com/authtabs/tabgate/auth/token/strict"
)

// MaxToken is the most bytes a token may have. Cognito's largest, an access
// token with 100 groups of 128 characters, has below 20 kB.
const MaxToken = 256 << 10

var (
	// guarded are the claims that decide something, here or in go-oidc.
	guarded = strict.NewGuard(
		"iss", "sub", "aud", "azp", "exp", "nbf", "iat", "auth_time", "nonce", "at_hash",
		"token_use", "client_id", "cognito:groups", "_claim_names", "_claim_sources",
	)
	// shown are those that are read for showing alone.
	shown = strict.NewGuard("email", "email_verified", "username", "cognito:username", "scope", "origin_jti")
)

var guardedHeader = strict.NewGuard("alg", "kid", "typ", "cty", "crit", "b64", "zip",
	"jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "enc")

// decode takes a compact JWS apart without trusting it: the only shape let
// through is three parts of unpadded base64url with {"alg":"RS256","kid":…}
// in front. Whatever it returns is still unverified. The reader holds no claim
// whose name is ambiguous, and a warning for each that was left out.
func decode(raw, what string) (*reader, *Error) {
	if len(raw) > MaxToken {
		return nil, refuse(Malformed, what, "it is larger than %d kB", MaxToken>>10)
	}
	parts := strings.SplitN(raw, ".", 4)
	if len(parts) != 3 {
		return nil, refuse(Malformed, what, "it is not three parts joined by dots")
	}
	var bytes [3][]byte
	for i, part := range parts {
		b, ok := base64url(part)
		if !ok {
			return nil, refuse(Malformed, what, "part %d is not base64url", i+1)
		}
		bytes[i] = b
	}
	if err := checkHeader(bytes[0], what); err != nil {
		return nil, err
	}
	claims, odd, err := guarded.ParseOpen(bytes[1], shown)
	if err != nil {
		return nil, refuse(Malformed, what, "its claims: %v", err)
	}
	r := &reader{obj: claims, what: what}
	for _, o := range odd {
		r.leftOut(o)
	}
	return r, nil
}

// checkHeader lets RS256 with a key id through. A key, or the address of one,
// in the header is an attack (RFC 8725 section 3.10), and what "crit" lists is
// nothing we understand (RFC 7515 section 4.1.11).
func checkHeader(data []byte, what string) *Error {
	header, err := guardedHeader.Parse(data)
	if err != nil {
		return refuse(Malformed, what, "its header: %v", err)
	}
	if alg, err := strict.Text(header["alg"]); err != nil || alg != "RS256" {
		return refuse(Malformed, what, "it is not signed with RS256")
	}
	if kid, err := strict.Text(header["kid"]); err != nil || kid == "" || len(kid) > 256 {
		return refuse(Malformed, what, "it names no key")
	}
	for _, name := range []string{"crit", "b64", "zip", "enc", "jwk", "jku", "x5u", "x5c"} {
		if _, there := header[name]; there {
			return refuse(Malformed, what, "its header holds %q", name)
		}
	}
	return nil
}

// base64url decodes unpadded base64url of at least one byte. The standard
// library skips line breaks, so the alphabet is checked first.
func base64url(s string) ([]byte, bool) {
	if s == "" || strings.ContainsAny(s, "\r\n") {
		return nil, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	return b, err == nil
}
