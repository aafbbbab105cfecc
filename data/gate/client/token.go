package client

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// adminScope lets whoever has a token change the account that it is of. A token
// that carries it goes to no server.
const adminScope = "aws.cognito.signin.user.admin"

// CheckToken reports why an access token must not be sent to the server of an
// offer: it is for somebody else, or could do more than show pages. Whether the
// token is genuine was checked by who got it.
func (o Offer) CheckToken(token string) error {
	refuse := func(text string) error { return &TokenError{hostOf(o.Server), text} }
	c, err := readClaims(token)
	if err != nil {
		return refuse(err.Error())
	}
	scopes := strings.Fields(c.scope)
	switch {
	case slices.Contains(scopes, adminScope):
		return refuse("it carries " + adminScope + ", with which your account can be changed; have that scope taken from the app client")
	case c.use != "access":
		return refuse("it is no access token")
	case c.issuer != o.Issuer || c.client != o.ClientID:
		return refuse("it is of another user pool or client than the server's")
	case o.AnyAudience:
		return nil
	case c.audience != nil && !slices.Contains(c.audience, o.Server):
		return refuse("it is for another server")
	case c.audience == nil && !slices.ContainsFunc(scopes, func(s string) bool { id, _ := cutScope(s); return id != "" && (id == o.Identifier() || id == o.Server) }):
		return refuse("it says nothing of that server; the user pool has to grant resource, or a scope of the server's own")
	}
	return nil
}

// claims are those that say whom a token is for.
type claims struct {
	issuer, client, use, scope string
	audience                   []string // nil = none
}

// readClaims reads the claims of a token without checking its signature.
func readClaims(token string) (claims, error) {
	errForm := errors.New("it is no token that can be read")
	parts := strings.Split(token, ".")
	if len(parts) != 3 || len(token) > 256<<10 {
		return claims{}, errForm
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return claims{}, errForm
	}
	o, err := readObject(payload)
	if err != nil {
		return claims{}, errForm
	}
	var c claims
	var errs [4]error
	c.issuer, errs[0] = o.text("iss")
	c.client, errs[1] = o.text("client_id")
	c.use, errs[2] = o.text("token_use")
	c.scope, errs[3] = o.text("scope")
	if err := errors.Join(errs[:]...); err != nil {
		return claims{}, errForm
	}
	raw, ok := o["aud"]
	var one string
	switch {
	case !ok:
	case json.Unmarshal(raw, &one) == nil && string(raw) != "null":
		c.audience = []string{one}
	default:
		if c.audience, err = o.list("aud", 100); err != nil {
			return claims{}, errForm
		}
	}
	return c, nil
}
