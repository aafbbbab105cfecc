package client

import (
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
)

// Refusal is an answer of a server that is not the one hoped for. It is a
// [neterr.StatusError], too.
type Refusal struct {
	Host   string
	Status int
	Detail string   // the server's own words, cleaned; "" = none
	Needs  []string // the groups of which one opens the page
	After  time.Duration
}

// Error is one line.
func (e *Refusal) Error() string {
	switch e.Status {
	case 401:
		return "Please login! " + e.Host + " wants to know who asks."
	case 403:
		return "You do not have access. Please contact the administrator."
	}
	what, todo := neterr.Why(e.Host, "the address", e.Unwrap())
	if e.Detail != "" {
		what += ": " + e.Detail
	}
	return what + "; " + todo
}

// WantsSignIn reports whether the server does not know who asks.
func (e *Refusal) WantsSignIn() bool { return e.Status == 401 }

// WantsGroup reports whether it knows, and does not let the one who asks in.
func (e *Refusal) WantsGroup() bool { return e.Status == 403 }

// Unwrap returns what the status means.
func (e *Refusal) Unwrap() error { return &neterr.StatusError{Host: e.Host, Status: e.Status} }

// BadAnswerError is an answer that no honest server gives: it is not shown.
type BadAnswerError struct{ Host, Text string }

// Error is one line.
func (e *BadAnswerError) Error() string {
	return clean(fmt.Sprintf("%s sent something that is refused: %s", e.Host, e.Text), 600)
}

// TokenError is why a token was not sent to a server.
type TokenError struct{ Host, Text string }

// Error is one line.
func (e *TokenError) Error() string {
	return clean(fmt.Sprintf("your access token was not sent to %s: %s", e.Host, e.Text), 600)
}

// AwayError is a server that gave no answer.
type AwayError struct {
	Host string
	Err  error
}

// Error is one line, without what Err may repeat of an address.
func (e *AwayError) Error() string {
	what, todo := neterr.Why(e.Host, "the address", e.Err)
	return what + "; " + strings.Replace(todo, "tabgate pool serve", "tabgate serve", 1)
}

// Unwrap returns what the network said.
func (e *AwayError) Unwrap() error { return e.Err }
