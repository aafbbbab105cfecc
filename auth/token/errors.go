package token

import (
	"fmt"

	"github.com/authtabs/tabgate/auth/session"
)

// Reason says why a token, or the keys to check it with, were refused.
type Reason int

const (
	Malformed    Reason = iota + 1 // not a token as Cognito makes them
	Forged                         // the signature does not fit the key
	UnknownKey                     // no key of the pool has the token's key id
	Unreachable                    // the pool's keys could not be fetched
	WrongIssuer                    // another pool, or discovery names another issuer
	WrongClient                    // made for another app client
	WrongUse                       // an access token for an ID token or the reverse
	WrongNonce                     // not the answer to this sign-in
	WrongPerson                    // the two tokens, or the tokens before and after a refresh, differ
	Expired                        // was good, is over
	ClockBehind                    // from the future: this machine's clock is behind
	WeakProvider                   // discovery offers plain PKCE alone, or plain http
	WrongDomain                    // the issuer does not name the configured domain
)

// Error is a refusal. Text is one line fit for a screen that says what to do
// where something can be done; it never holds a token.
type Error struct {
	Reason Reason
	What   string // "ID token", "access token", "token", "issuer", "keys", "kept keys", "discovery", "domain"
	Text   string
	// Silent says of what is Unreachable that nobody answered at all; else
	// somebody did, but not with what was asked for.
	Silent bool
	// Status is the HTTP status of what answered with anything but a document,
	// else 0.
	Status int
	err    error
}

// begins is how the sentence about a thing begins.
var begins = map[string]string{
	"issuer":    "",
	"domain":    "",
	"keys":      "the user pool's public keys cannot be used: ",
	"kept keys": "the public keys kept here cannot be used: ",
	"discovery": "what the issuer says of itself cannot be used: ",
}

// Error gives the refusal as one clean line.
func (e *Error) Error() string {
	begin, ok := begins[e.What]
	switch {
	case e.Reason == Unreachable:
		begin = "" // the text names the host
	case !ok:
		begin = "the " + e.What + " was refused: "
	}
	return session.Clean(begin+e.Text, 400)
}

// Unwrap gives a context's error, if that was the cause.
func (e *Error) Unwrap() error { return e.err }

func refuse(reason Reason, what, format string, args ...any) *Error {
	return &Error{Reason: reason, What: what, Text: fmt.Sprintf(format, args...)}
}
