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

// issuer makes the tokens of a sign-in, and reads its own.
type issuer struct {
	domain    string
	url       string // iss
	client    string // client_id and aud
	ttl       time.Duration
	now       func() time.Time
	directory *directory
	grants    *grants
	signer    signer
}

// mint makes the tokens of a sign-in as they are now: groups are those of
// this moment. nonce is "" on a refresh. Without the scope openid id is "".
func (i issuer) mint(g grant, nonce string) (id, access string, err error) {
	u, ok := i.directory.bySub(g.sub)
	if !ok {
		return "", "", ErrNoSuchUser
	}
	now := i.now()
	common := func(use string) JSON {
		claims := JSON{
			"iss": i.url, "sub": u.sub, "token_use": use, "origin_jti": g.origin, "event_id": uuid(),
			"jti": uuid(), "auth_time": g.authTime.Unix(), "iat": now.Unix(), "exp": now.Add(i.ttl).Unix(),
		}
		if len(u.groups) > 0 {
			claims["cognito:groups"] = u.groups
		}
		return claims
	}
	claims := common("access")
	claims["client_id"], claims["username"], claims["version"] = i.client, u.email, 2
	claims["scope"] = strings.Join(g.scopes, " ")
	if g.resource != "" {
		claims["aud"] = g.resource
	}
	if access, err = i.signer.sign("access", claims); err != nil || !slices.Contains(g.scopes, "openid") {
		return "", access, err
	}
	claims = common("id")
	claims["aud"], claims["cognito:username"], claims["at_hash"] = i.client, u.email, atHash(access)
	if nonce != "" {
		claims["nonce"] = nonce
	}
	if showsEmail(g.scopes) {
		claims["email"], claims["email_verified"] = u.email, true
	}
	id, err = i.signer.sign("id", claims)
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

// opens returns the person and the scopes that an access token stands for.
func (i issuer) opens(access string) (account, []string, error) {
	parsed, err := jose.ParseSignedCompact(access, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return account{}, nil, errBadToken
	}
	key, _, err := i.signer.keys.Signing("access")
	if err != nil {
		return account{}, nil, err
	}
	payload, err := parsed.Verify(&key.PublicKey)
	if err != nil {
		return account{}, nil, errBadToken
	}
	var claims struct {
		Sub    string `json:"sub"`
		Exp    int64  `json:"exp"`
		Origin string `json:"origin_jti"`
		Scope  string `json:"scope"`
	}
	if json.Unmarshal(payload, &claims) != nil {
		return account{}, nil, errBadToken
	}
	now := i.now()
	u, ok := i.directory.bySub(claims.Sub)
	if !ok || !now.Before(time.Unix(claims.Exp, 0)) || !i.grants.alive(now, claims.Origin) {
		return account{}, nil, errBadToken
	}
	return u, strings.Fields(claims.Scope), nil
}
