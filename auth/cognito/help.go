package cognito

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
)

// What can fail, as errors name it.
const (
	opAuthorize = "the sign-in failed"
	opExchange  = "the sign-in could not be completed"
	opRefresh   = "the session could not be refreshed"
	opRevoke    = "the session could not be revoked"
	opUserInfo  = "the user pool did not say who is signed in"
	opDevice    = "the sign-in by device code failed"
)

// redirectHelp says how to register a redirect address. Cognito compares the
// whole string, and tells the browser alone when it differs.
func redirectHelp(redirectURI string) string {
	return session.Clean(redirectURI, 200) + " is not registered; add it to the app client's allowed callback URLs, to the letter (scheme, host, port, slash at the end)"
}

// explain gives the kind and the help for a provider's error code:
//
//	code                    | where     | kind
//	------------------------|-----------|--------------
//	invalid_grant           | anywhere  | Refused
//	invalid_client          | anywhere  | Misconfigured
//	unauthorized_client     | anywhere  | Misconfigured; invalid_redirect names the address
//	redirect_mismatch       | anywhere  | Misconfigured
//	invalid_scope           | anywhere  | Misconfigured
//	unsupported_grant_type  | anywhere  | Misconfigured
//	unsupported_token_type  | revoke    | Misconfigured
//	invalid_request         | revoke    | Misconfigured: revocation is off
//	invalid_request         | elsewhere | Misconfigured
//	invalid_token           | userInfo  | Refused
//	insufficient_scope      | userInfo  | Misconfigured
//	access_denied, login_…  | authorize | Refused
//	server_error, temporar… | anywhere  | Unreachable
//	anything else           |           | Malformed
func (c *Client) explain(op, code, description, redirectURI string) (Kind, string) {
	switch code {
	case "invalid_grant":
		return Refused, grantHelp(op)
	case "invalid_client":
		return Misconfigured, c.clientHelp()
	case "redirect_mismatch":
		return Misconfigured, redirectHelp(redirectURI)
	case "unauthorized_client":
		if strings.Contains(description, "invalid_redirect") {
			return Misconfigured, redirectHelp(redirectURI)
		}
		return Misconfigured, "the app client may not use the authorization code grant; allow it, and refresh tokens, in the Cognito console"
	case "invalid_scope":
		return Misconfigured, "the app client may not ask for all of the scopes " + session.Clean(strings.Join(c.cfg.Scopes, " "), 120) + "; allow them in the Cognito console, or change COGNITO_SCOPES"
	case "unsupported_grant_type", "unsupported_response_type":
		return Misconfigured, "the address is not a Cognito token endpoint or the grant is off; check COGNITO_DOMAIN and the app client's grants"
	}
	return explainRare(op, code)
}

func explainRare(op, code string) (Kind, string) {
	switch code {
	case "unsupported_token_type":
		return Misconfigured, "the stored token is no refresh token; delete the session with tabgate logout --local and sign in again"
	case "invalid_request":
		if op == opRevoke {
			return Misconfigured, "token revocation is off for the app client; turn it on in the Cognito console; until then the session ends by itself when its refresh token does"
		}
		return Misconfigured, "the user pool did not accept the request; check CLIENT_ID, CLIENT_SECRET and COGNITO_DOMAIN, then run tabgate doctor"
	case "invalid_token":
		return Refused, "the session was ended or has expired; sign in again"
	case "insufficient_scope":
		return Misconfigured, "the access token lacks the scope openid; add it to COGNITO_SCOPES and sign in again"
	case "access_denied", "login_required", "interaction_required", "consent_required":
		return Refused, "the sign-in was not finished in the browser; try again"
	case "server_error", "temporarily_unavailable":
		return Unreachable, "the user pool has trouble of its own; try again in a minute"
	}
	return Malformed, "the user pool gave a reason that tabgate does not know; run tabgate doctor"
}

// grantHelp names every known cause of invalid_grant, most likely first.
func grantHelp(op string) string {
	if op == opExchange {
		return "the code was used already or is older than five minutes; sign in again. " +
			"If this happens each time, give the app client read access to the attributes of its scopes (for email: email and email_verified)"
	}
	return "it was signed out or revoked, has expired, or newer sign-ins reached the pool's limit of sessions; sign in again"
}

// clientHelp tells a public client from one with a secret, the usual mix-up.
func (c *Client) clientHelp() string {
	if c.cfg.ClientSecret.Empty() {
		return "the user pool does not know this app client, or wants its secret; check CLIENT_ID, and if the app client has a secret, set CLIENT_SECRET too"
	}
	return "the user pool refuses this app client or its secret; check CLIENT_ID and CLIENT_SECRET, and if the app client has no secret, unset CLIENT_SECRET"
}

// AuthorizeError is the error for an answer that came on the redirect with the
// right state: error and error_description as the provider sent them.
func (c *Client) AuthorizeError(code, description, redirectURI string) *Error {
	kind, help := c.explain(opAuthorize, code, description, redirectURI)
	if code == "invalid_request" && description != "" {
		kind, help = Refused, "the user pool or the identity provider behind it did not answer as it should; try again"
	}
	return &Error{Kind: kind, Op: opAuthorize, Code: name(code), Description: describe(description), Help: help}
}
