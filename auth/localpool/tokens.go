package localpool

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// mint makes the tokens of a sign-in as they are now: groups are those of
// this moment. nonce is "" on a refresh. Without the scope openid id is "".
func (p *Pool) mint(g grant, nonce string) (id, access string, err error) {
	u, ok := p.directory.bySub(g.sub)
	if !ok {
		return "", "", ErrNoSuchUser
	}
	now := p.now()
	common := func(use string) JSON {
		claims := JSON{
			"iss": p.Issuer(), "sub": u.sub, "token_use": use, "origin_jti": g.origin, "event_id": uuid(),
			"jti": uuid(), "auth_time": g.authTime.Unix(), "iat": now.Unix(), "exp": now.Add(p.o.AccessTTL).Unix(),
		}
		if len(u.groups) > 0 {
			claims["cognito:groups"] = u.groups
		}
		return claims
	}
	claims := common("access")
	claims["client_id"], claims["username"], claims["version"] = p.o.ClientID, u.email, 2
	claims["scope"] = strings.Join(g.scopes, " ")
	if access, err = p.sign("access", claims); err != nil || !slices.Contains(g.scopes, "openid") {
		return "", access, err
	}
	claims = common("id")
	claims["aud"], claims["cognito:username"], claims["at_hash"] = p.o.ClientID, u.email, atHash(access)
	if nonce != "" {
		claims["nonce"] = nonce
	}
	if showsEmail(g.scopes) {
		claims["email"], claims["email_verified"] = u.email, true
	}
	id, err = p.sign("id", claims)
	return id, access, err
}

// showsEmail: openid alone shows all readable attributes, beside others only
// email shows the address.
func showsEmail(scopes []string) bool {
	return slices.Contains(scopes, "email") || len(scopes) == 1 && scopes[0] == "openid"
}

// atHash is at_hash of OpenID Connect Core 3.1.3.6 for RS256.
func atHash(access string) string {
	sum := sha256.Sum256([]byte(access))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

var errBadToken = errors.New("access token is expired, disabled, or deleted")

// opens gives the person and the scopes that an access token stands for.
func (p *Pool) opens(access string) (person, []string, error) {
	parsed, err := jose.ParseSignedCompact(access, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return person{}, nil, errBadToken
	}
	key, err := p.keys.signing("access")
	if err != nil {
		return person{}, nil, err
	}
	payload, err := parsed.Verify(&key.PublicKey)
	if err != nil {
		return person{}, nil, errBadToken
	}
	var claims struct {
		Sub    string `json:"sub"`
		Exp    int64  `json:"exp"`
		Origin string `json:"origin_jti"`
		Scope  string `json:"scope"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return person{}, nil, errBadToken
	}
	now := p.now()
	u, ok := p.directory.bySub(claims.Sub)
	if !ok || !now.Before(time.Unix(claims.Exp, 0)) || !p.grants.alive(now, claims.Origin) {
		return person{}, nil, errBadToken
	}
	return u, strings.Fields(claims.Scope), nil
}
