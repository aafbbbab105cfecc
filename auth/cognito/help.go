package cognito

import (
	"strings"

	"github.com/authtabs/tabgate/auth/session"
)

// redirectHelp says how to register a redirect address. Cognito compares the
// whole string, and tells the browser alone when it differs.
func redirectHelp(redirectURI string) string {
	return session.Clean(redirectURI, 200) + " is not registered; add it to the app client's allowed callback URLs, to the letter (scheme, host, port, slash at the end)"
}

// explain gives the kind and the help for what a provider says. A description
// that is understood decides (see described), else the code does:
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
//	invalid_request         | revoke    | Misconfigured: revocation may be off
//	invalid_request         | elsewhere | Misconfigured
//	invalid_token           | userInfo  | Refused
//	insufficient_scope      | userInfo  | Misconfigured
//	access_denied, login_…  | authorize | Refused
//	server_error, temporar… | anywhere  | Unreachable
//	anything else           |           | Malformed
//
// A code has several causes, and only the provider knows which: what it may be
// is offered, not asserted.
func (c Config) explain(op, code, description, redirectURI string) (Kind, string) {
	if kind, help := described(op, description); help != "" {
		return kind, help
	}
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
		return Misconfigured, "the authorization code grant may be off for the app client; allow it, and refresh tokens, in the Cognito console"
	case "invalid_scope":
		return Misconfigured, "one of the scopes " + session.Clean(strings.Join(c.Scopes, " "), 120) + " may not be allowed for the app client; allow them in the Cognito console, or change COGNITO_SCOPES"
	case "unsupported_grant_type", "unsupported_response_type":
		return Misconfigured, "the address may not be Cognito's, or the grant may be off; check COGNITO_DOMAIN and the app client's grants"
	}
	return explainRare(op, code)
}

func explainRare(op, code string) (Kind, string) {
	switch code {
	case "unsupported_token_type":
		return Misconfigured, "the stored token may be no refresh token; delete the session with tabgate logout --local and sign in again"
	case "invalid_request":
		if op == opRevoke {
			return Misconfigured, "token revocation may be off for the app client; turn it on in the Cognito console; until then the session ends by itself when its refresh token does"
		}
		return Misconfigured, "a setting may be wrong: check CLIENT_ID, CLIENT_SECRET and COGNITO_DOMAIN, then run tabgate doctor"
	case "invalid_token":
		return Refused, "the session may have been ended or have expired; sign in again"
	case "insufficient_scope":
		return Misconfigured, "the access token may lack the scope openid; add it to COGNITO_SCOPES and sign in again"
	case "access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required":
		return Refused, "the sign-in may have been given up in the browser; try again"
	case "server_error", "temporarily_unavailable":
		return Unreachable, "the user pool may have trouble of its own; try again in a minute"
	}
	return Malformed, "tabgate does not know this reason; try again, and run tabgate doctor if it lasts"
}

// grantHelp names every known cause of invalid_grant, most likely first.
func grantHelp(op string) string {
	if op == opExchange {
		return "the code may have been used already or be older than five minutes; sign in again. " +
			"If this happens each time, the app client may lack read access to the attributes of its scopes (for email: email and email_verified)"
	}
	return "it may have been signed out or revoked, have expired, or newer sign-ins may have reached the pool's limit of sessions; sign in again"
}

// clientHelp tells a public client from one with a secret, the usual mix-up.
func (c Config) clientHelp() string {
	if c.ClientSecret.Empty() {
		return "the app client may be unknown there, or need its secret; check CLIENT_ID, and if the app client has a secret, set CLIENT_SECRET too"
	}
	return "the app client may be unknown there, or the secret wrong; check CLIENT_ID and CLIENT_SECRET, and if the app client has no secret, unset CLIENT_SECRET"
}
