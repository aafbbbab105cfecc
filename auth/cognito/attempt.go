package cognito

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"github.com/authtabs/tabgate/auth/secret"
	"golang.org/x/oauth2"
)

// Attempt is what binds one sign-in together: the state ties the redirect to
// it, the nonce the ID token, the verifier the code (RFC 7636). Each is 256
// random bits as 43 characters of base64url and is used once. Ask is whom the
// sign-in asks for.
type Attempt struct {
	State, Nonce, Verifier secret.Text

	Ask Ask
}

// NewAttempt draws the three at random.
func NewAttempt() (Attempt, error) {
	var texts [3]secret.Text
	for i := range texts {
		var b [32]byte
		if _, err := rand.Read(b[:]); err != nil {
			return Attempt{}, fmt.Errorf("draw random numbers for the sign-in: %w", err)
		}
		texts[i] = secret.New(base64.RawURLEncoding.EncodeToString(b[:]))
	}
	return Attempt{State: texts[0], Nonce: texts[1], Verifier: texts[2]}, nil
}

// AuthorizeURL is where the browser begins the sign-in. It always carries a
// PKCE challenge by S256, whatever discovery says: Cognito supports it without
// announcing it.
func (c *Client) AuthorizeURL(redirectURI string, a Attempt) string {
	options := []oauth2.AuthCodeOption{
		oauth2.S256ChallengeOption(a.Verifier.Reveal()),
		oauth2.SetAuthURLParam("nonce", a.Nonce.Reveal()),
	}
	if c.cfg.Resource != "" {
		options = append(options, oauth2.SetAuthURLParam("resource", c.cfg.Resource))
	}
	options = append(options, a.Ask.params()...)
	return c.oauth(redirectURI).AuthCodeURL(a.State.Reveal(), options...)
}

// AuthorizeError is the error for an answer that came on the redirect with the
// right state: error and error_description as the provider sent them.
func (c *Client) AuthorizeError(code, description, redirectURI string) *Error {
	kind, help := c.cfg.explain(opAuthorize, code, description, redirectURI)
	if _, known := described(opAuthorize, description); known == "" && code == "invalid_request" && description != "" {
		kind, help = Refused, "the identity provider behind the user pool may not have answered as it should; try again"
	}
	return &Error{Kind: kind, Op: opAuthorize, Code: name(code), Description: describe(description), Help: help}
}
