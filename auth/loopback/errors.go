package loopback

import (
	"context"
	"errors"

	"github.com/authtabs/tabgate/auth/session"
)

// ErrClosed is Wait's answer once the listener has been closed.
var ErrClosed = errors.New("the sign-in was cancelled")

// ProviderError is an error that the provider sent with this attempt's own
// state. Both texts are as they came: show Error() or clean them.
type ProviderError struct {
	Code, Description string
}

// providerHelp says what to do about the errors that the authorize endpoint
// redirects with (RFC 6749 section 4.1.2.1, OpenID Connect section 3.1.2.6).
// Descriptions change without notice, so only the code is looked at.
var providerHelp = map[string]string{
	"access_denied":             "the sign-in was refused or given up in the browser; try again",
	"invalid_request":           "the provider could not use the request; check the app client's settings with: tabgate doctor",
	"unauthorized_client":       "the app client does not allow the authorization code grant; enable it in the app client's login pages settings",
	"unsupported_response_type": "the provider does not know the authorization code grant; check the domain",
	"invalid_scope":             "a scope is unknown or not allowed for the app client; check COGNITO_SCOPES",
	"server_error":              "the provider had an error of its own; try again in a moment",
	"temporarily_unavailable":   "the provider is busy; try again in a moment",
	"login_required":            "the provider wants a sign-in in the browser; try again",
}

// Error is one cleaned line: what to do, and what the provider said.
func (e *ProviderError) Error() string {
	help, known := providerHelp[e.Code]
	if !known {
		help = "the provider ended the sign-in; try again, and see: tabgate doctor"
	}
	said := session.Clean(e.Code, 64)
	if e.Description != "" {
		said += ": " + session.Clean(e.Description, maxShown)
	}
	return help + " (" + said + ")"
}

// IssuerError is an answer with the right state that names another issuer:
// the sign-in was mixed up with another provider's (RFC 9207).
type IssuerError struct {
	Got, Want string
}

// Error names both issuers, cleaned.
func (e *IssuerError) Error() string {
	return "the answer comes from the issuer " + session.Clean(e.Got, maxShown) +
		", not from " + session.Clean(e.Want, maxShown) + ", and was refused; check COGNITO_ISSUER"
}

// NoAnswerError ends a wait at its deadline. Cognito shows a wrong client id
// and an unregistered redirect URI in the browser only, so this is all that
// the terminal can know of them.
type NoAnswerError struct {
	RedirectURI string
}

// Error asks about the usual cause, which only the browser shows.
func (e *NoAnswerError) Error() string {
	return "no answer came in time; if the browser shows an error, is exactly " +
		session.Clean(e.RedirectURI, maxShown) + " registered as a callback URL of the app client?"
}

// Unwrap lets errors.Is find the deadline.
func (e *NoAnswerError) Unwrap() error { return context.DeadlineExceeded }
