package cognito

import (
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
)

// Kind says what an error means for the session:
//
//	kind          | the session      | then
//	--------------|------------------|---------------------------------
//	Refused       | is over          | sign in again
//	Unreachable   | stays            | try again later
//	Throttled     | stays            | try again after RetryAfter
//	Misconfigured | stays            | somebody must change a setting
//	Malformed     | stays            | the provider is not what we think
//	Cancelled     | stays            | nothing, it was asked for
type Kind int

const (
	Refused Kind = iota + 1
	Unreachable
	Throttled
	Misconfigured
	Malformed
	Cancelled
)

// String names the kind in one lower-case word.
func (k Kind) String() string {
	names := [...]string{"unknown", "refused", "unreachable", "throttled", "misconfigured", "malformed", "cancelled"}
	if k < 0 || int(k) >= len(names) {
		return names[0]
	}
	return names[k]
}

// Error is a failed request to the user pool domain. It holds no token, code,
// secret or body; every field is cleaned and short.
type Error struct {
	Kind        Kind
	Op          string // what was tried: "exchange the code", "refresh the session", …
	Code        string // the provider's error code, may be empty
	Description string // the provider's own words, may be empty; never branch on them
	Status      int    // HTTP status, 0 when there was no answer
	RequestID   string // x-amz-cognito-request-id, may be empty
	Help        string // what to do next
	RetryAfter  time.Duration
	err         error // a context's error, or nil
}

// Error gives one line: what failed, why, and what to do next.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.Code != "" {
		b.WriteString(": " + e.Code)
	}
	if e.Description != "" {
		b.WriteString(" (" + e.Description + ")")
	}
	b.WriteString(": " + e.Help)
	if e.Status != 0 {
		fmt.Fprintf(&b, " [HTTP %d", e.Status)
		if e.RequestID != "" {
			b.WriteString(", request " + e.RequestID)
		}
		b.WriteString("]")
	}
	return session.Clean(b.String(), 800)
}

// Unwrap gives context.Canceled or context.DeadlineExceeded where that was
// the cause, and nothing else: other causes repeat addresses and bodies.
func (e *Error) Unwrap() error { return e.err }

func misconfigured(format string, args ...any) error {
	return &Error{Kind: Misconfigured, Op: "read the configuration", Help: fmt.Sprintf(format, args...)}
}
