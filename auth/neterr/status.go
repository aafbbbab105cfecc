package neterr

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Kind is what a failed request means, and so what may be shown instead of
// its answer:
//
//	kind         | status       | a copy of an earlier answer
//	-------------|--------------|----------------------------
//	Unauthorized | 401          | must not be shown, and goes
//	Forbidden    | 403          | must not be shown, and goes
//	NotFound     | 404          | must not be shown
//	Gone         | 410          | must not be shown
//	Unexpected   | any other    | must not be shown
//	Throttled    | 429          | may be shown with its age
//	Server       | 5xx          | may be shown with its age
//	NoAnswer     | none, or cut | may be shown with its age
//	Cancelled    | none         | nobody waits for it
type Kind int

// The kinds, see Kind for what each means.
const (
	NoAnswer Kind = iota
	Unauthorized
	Forbidden
	NotFound
	Gone
	Throttled
	Server
	Unexpected
	Cancelled
)

// KindOf classifies the error of a request. Any error that is not of this
// package is one because there was no answer.
func KindOf(err error) Kind {
	var status *StatusError
	var moved *RedirectError
	switch {
	case errors.As(err, &status):
		return status.Kind()
	case errors.As(err, &moved):
		return Unexpected
	case errors.Is(err, context.Canceled):
		return Cancelled
	}
	return NoAnswer
}

// Refused reports whether whoever asked may not have the answer.
func (k Kind) Refused() bool { return k == Unauthorized || k == Forbidden }

// Passing reports whether the same request may well succeed later, so that a
// copy of an earlier answer may stand in.
func (k Kind) Passing() bool { return k == NoAnswer || k == Throttled || k == Server }

// ErrOffline is a request that was not made because the network is switched
// off.
var ErrOffline = errors.New("offline")

// StatusError is an answer whose status is not the one that was hoped for.
type StatusError struct {
	Host   string // with its port, if it has one
	Status int
}

// Kind is what the status means.
func (e *StatusError) Kind() Kind {
	switch {
	case e.Status == http.StatusUnauthorized:
		return Unauthorized
	case e.Status == http.StatusForbidden:
		return Forbidden
	case e.Status == http.StatusNotFound:
		return NotFound
	case e.Status == http.StatusGone:
		return Gone
	case e.Status == http.StatusTooManyRequests:
		return Throttled
	case e.Status >= 500 && e.Status <= 599:
		return Server
	}
	return Unexpected
}

// Error is one line: what the host said.
func (e *StatusError) Error() string {
	what, _ := e.why(e.Host, "")
	return what
}

func (e *StatusError) why(host, setting string) (what, todo string) {
	code := fmt.Sprintf(" (HTTP %d)", e.Status)
	switch e.Kind() {
	case Unauthorized:
		return host + " wants to know who asks" + code, "check the name and password in " + setting
	case Forbidden:
		return host + " refuses access" + code, "ask whoever runs it for access, or check " + setting
	case NotFound:
		return host + " has nothing at this address" + code, "check " + setting
	case Gone:
		return host + " no longer has anything at this address" + code, "check " + setting
	case Throttled:
		return host + " has too many requests just now" + code, "try again in a minute"
	case Server:
		return host + " has trouble of its own" + code, "try again in a minute"
	}
	return host + " answered with " + fmt.Sprintf("HTTP %d", e.Status), "check " + setting + " and any proxy on the way"
}

// RedirectError is a redirect that is not followed.
type RedirectError struct {
	To    string // scheme and host that it leads to
	Times int    // how many were followed before it, where that is the reason; else 0
}

// Error is one line without what may be secret in an address.
func (e *RedirectError) Error() string {
	what, _ := e.why("the address", "")
	return what
}

func (e *RedirectError) why(host, setting string) (what, todo string) {
	if e.Times > 0 {
		return fmt.Sprintf("%s redirects more than %d times", host, e.Times), "check " + setting
	}
	return host + " redirects to " + e.To + ", which is not followed",
		"if it is meant, put the address that it leads to into " + setting
}
