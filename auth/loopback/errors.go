package loopback

import (
	"context"
	"errors"

	"github.com/authtabs/tabgate/auth/session"
)

// ErrClosed is Wait's answer once the listener has been closed.
var ErrClosed = errors.New("the sign-in was cancelled")

// ErrNoPort is why a listener with Options.NoPort has no port open.
var ErrNoPort = errors.New("no port is opened for the answer")

// ErrUndecided, given to Finish, says that the tokens were verified and that
// the person has to answer a question where the sign-in was started.
var ErrUndecided = errors.New("the sign-in waits for an answer")

// ProviderError is an error that the provider sent with this attempt's own
// state. Both texts are as they came: show Error() or clean them.
type ProviderError struct {
	Code, Description string
}

// Error is one cleaned line with what the provider said. What to do about it is
// for whoever knows the provider to say.
func (e *ProviderError) Error() string {
	if e.Description == "" {
		return "the provider ended the sign-in: " + session.Clean(e.Code, 64)
	}
	return "the provider ended the sign-in: " + session.Clean(e.Description, maxShown) + " (" + session.Clean(e.Code, 64) + ")"
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
