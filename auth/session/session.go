// Package session says who is signed in and what that opens. It knows neither
// tokens nor screens, and imports the standard library alone.
package session

import (
	"slices"
	"time"
)

// Session is one signed-in person as verified tokens describe them. The zero
// Session is nobody. It holds no secret.
type Session struct {
	Username   string    // cognito:username
	Email      string    // may be empty; never a key
	Sub        string    // the user's stable id; empty means nobody
	Groups     []string  // the verified cognito:groups, exact bytes
	Issuer     string    // the iss that signed the tokens
	ExpiresAt  time.Time // when the ID token ends
	TokenStore string    // "keyring", "file" or "memory"
	Profile    string    // profile of the configuration, may be empty
	LocalPool  bool      // true when the built-in user pool signed it
	Note       string    // plain sentences about it: why it stays in memory, what is odd; may be empty
}

// SignedIn reports whether somebody is signed in, expired or not.
func (s Session) SignedIn() bool { return s.Sub != "" }

// Live reports whether somebody is signed in and the session has not ended.
func (s Session) Live(now time.Time) bool {
	return s.SignedIn() && now.Before(s.ExpiresAt)
}

// In reports whether the session names the group. Group names are compared
// byte by byte: "Admin" is not "admin".
func (s Session) In(group string) bool { return slices.Contains(s.Groups, group) }

// Name is what a screen calls the person: the email, else the user name, else
// the sub. It is not cleaned; pass it through Clean before showing it.
func (s Session) Name() string {
	switch {
	case s.Email != "":
		return s.Email
	case s.Username != "":
		return s.Username
	}
	return s.Sub
}

// Step is one part of signing out and how it went.
type Step struct {
	Name string // "revoke", "delete", "browser"
	Text string // one plain sentence for a person
	Err  error  // nil when the step succeeded
}

// Event is a change of the session that nobody on this screen asked for: a
// refresh before expiry, another process that signed out, a refused refresh.
type Event struct {
	Session Session
	Text    string // one plain sentence, empty when nothing needs saying
	Err     error  // what failed; the session is still as given
}
