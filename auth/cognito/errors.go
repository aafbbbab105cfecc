package cognito

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/authtabs/tabgate/auth/session"
)

// Kind says what an error means for the session:
//
//	kind          | the session      | then
//	--------------|------------------|---------------------------------
//	Refused       | is over          | sign in again
//	Unreachable   | stays            | try again later
//	Failing       | stays            | try again later: the pool's own code fails
//	Throttled     | stays            | try again after RetryAfter
//	Misconfigured | stays            | somebody must change a setting
//	Malformed     | stays            | the provider is not what we think
//	Cancelled     | stays            | nothing, it was asked for
type Kind int

// The kinds, see Kind for what each means.
const (
	Refused Kind = iota + 1
	Unreachable
	Throttled
	Misconfigured
	Malformed
	Cancelled
	Failing
)

// String names the kind in one lower-case word.
func (k Kind) String() string {
	names := [...]string{"unknown", "refused", "unreachable", "throttled", "misconfigured", "malformed", "cancelled", "failing"}
	if k < 0 || int(k) >= len(names) {
		return names[0]
	}
	return names[k]
}

// What can fail, as errors name it.
const (
	opAuthorize = "the sign-in failed"
	opExchange  = "the sign-in could not be completed"
	opRefresh   = "the session could not be refreshed"
	opRevoke    = "the session could not be revoked"
	opUserInfo  = "the user pool did not say who is signed in"
	opDevice    = "the sign-in by device code failed"
)

// Error is a failed request to the user pool domain. It holds no token, code,
// secret or body; every field is cleaned and short.
type Error struct {
	Kind        Kind
	Op          string // what failed, as a sentence: "the sign-in failed", …; "" for the configuration
	Code        string // the provider's error code, may be empty
	Description string // the provider's own words, may be empty; never branch on them
	Status      int    // HTTP status, 0 when there was no answer
	RequestID   string // x-amz-cognito-request-id, may be empty
	Help        string // what to do next
	RetryAfter  time.Duration
	err         error // a context's error, or nil
}

// Error gives one line: what failed, what the provider says of it, what to do
// next.
func (e *Error) Error() string {
	text := e.Reason()
	if e.Op != "" {
		text = e.Op + ": " + text
	}
	return session.Clean(text, 800)
}

// Reason is Error without what failed, for who has said so already. The
// provider's own words come first, for they know the cause; ours name what it
// may be. In parentheses is what an administrator may ask for.
func (e *Error) Reason() string {
	var details []string
	if e.Description != "" && e.Code != "" {
		details = append(details, e.Code)
	}
	if e.Status != 0 {
		details = append(details, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.RequestID != "" {
		details = append(details, "request "+e.RequestID)
	}
	asked := ""
	if len(details) > 0 {
		asked = " (" + strings.Join(details, ", ") + ")"
	}
	switch {
	case e.Description != "":
		return session.Clean(`the provider says "`+e.Description+`"`+asked+"; "+e.Help, 800)
	case e.Code != "":
		return session.Clean("the provider says "+e.Code+asked+"; "+e.Help, 800)
	}
	return session.Clean(e.Help+asked, 800)
}

// Unwrap gives context.Canceled or context.DeadlineExceeded where that was
// the cause, and nothing else: other causes repeat addresses and bodies.
func (e *Error) Unwrap() error { return e.err }

// longWord is how long a word of a description may be. The longest word that
// Cognito itself sends there is an attribute's or an endpoint's name.
const longWord = 16

// name gives an error code fit to show: letters and a few signs, as every
// registered code is; "" for anything else, which may repeat a secret.
func name(code string) string {
	for _, r := range code {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-' || r == '.') {
			return ""
		}
	}
	if len(code) > 60 {
		return ""
	}
	return code
}

// describe makes the provider's own words fit to show. A careless provider
// repeats what it was sent, or more: so long words with a digit in them,
// which is what codes, tokens and verifiers look like, are not shown. White
// space becomes single spaces, and none is left at the ends: Cognito passes on
// what a trigger's code wrote, line breaks and all.
func describe(description string) string {
	description = strings.Join(strings.Fields(description), " ")
	words := strings.FieldsFunc(description, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"'<>(),;&?|`, r) })
	for _, word := range words {
		if len(word) >= longWord && strings.ContainsAny(word, "0123456789") {
			description = strings.ReplaceAll(description, word, "[redacted]")
		}
	}
	for strings.Contains(description, "[redacted] [redacted]") {
		description = strings.ReplaceAll(description, "[redacted] [redacted]", "[redacted]")
	}
	return session.Clean(description, 200)
}

func misconfigured(format string, args ...any) error {
	return &Error{Kind: Misconfigured, Help: fmt.Sprintf(format, args...)}
}
