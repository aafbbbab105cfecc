// Package gate serves a dashboard to people who may see parts of it: an HTTP
// server that checks who asks before it gives anything, and gives only what the
// pages that open to them show.
//
// It knows no sign-in. It is handed a function that says who a token stands for,
// and one that opens sources. A request goes through these files: server.go
// (connections and their limits), gate.go (which path it is), host.go (from where
// and by which name), caller.go and limit.go (who asks, and how often), access.go
// (what opens to them), then page.go or frames.go. What a page gives is decided
// when its folder is read: plan.go (which frames), named.go (which columns),
// definition.go and spec.go (what is told of its panels). audit.go writes down
// each request.
package gate

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Caller is who asks, as a verified token says it. A nil Caller is somebody
// without a token.
type Caller struct {
	Issuer, Sub, ID string // ID is that of the token (jti), may be ""
	Groups          []string
	Expiry          time.Time
	Claims          []byte // those that may be handed on to a database, JSON
	// Token is the access token, for sources that are asked as the reader. It is
	// never written down.
	Token Secret
}

// leeway is how long a token may have ended when it is taken, as clocks differ.
const leeway = time.Minute

// ends is when answers to the caller end: with the token or, where it was taken
// although it has ended, a minute after.
func (c *Caller) ends(now time.Time) time.Time {
	if now.Before(c.Expiry) {
		return c.Expiry
	}
	return c.Expiry.Add(leeway)
}

// Secret is a text that must not be printed.
type Secret interface{ Reveal() string }

// Refused says that a token is bad. Its text says why, in one line for the
// caller.
type Refused struct{ Text string }

// Error implements error.
func (r *Refused) Error() string { return r.Text }

// ErrUnavailable says that it is not known whether a token is good: whoever can
// say it does not answer.
var ErrUnavailable = errors.New("the keys of the user pool cannot be had")

// Verify says who a token stands for. Its errors are *Refused, or wrap
// ErrUnavailable.
type Verify func(ctx context.Context, token string) (*Caller, error)

// errTwoTokens and errToken are requests that no client of good faith makes.
var (
	errTwoTokens = errors.New("the request has two Authorization headers")
	errToken     = errors.New("the Authorization header is no bearer token")
)

// maxToken bounds what is looked at: the greatest headers have room for it.
const maxToken = 32 << 10

// bearer is the token of a request, "" if it has none.
func bearer(r *http.Request) (string, error) {
	headers := r.Header.Values("Authorization")
	switch {
	case len(headers) == 0:
		return "", nil
	case len(headers) > 1:
		return "", errTwoTokens
	}
	scheme, token, ok := strings.Cut(headers[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > maxToken || strings.ContainsFunc(token, notToken) {
		return "", errToken
	}
	return token, nil
}

// notToken reports whether a token (RFC 6750 section 2.1) has no such character.
func notToken(c rune) bool {
	return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("-._~+/=", c)
}

// identity is which readers see the same figures of a source: "" is all of
// them.
//
//	identity of the source | those who share
//	-----------------------|-------------------------------------------
//	none, service          | all readers
//	claims                 | those of one issuer, sub and claims
//	token                  | those who hold the very token
//
// A source whose identity is another is nobody's but the token's.
func identity(of string, c *Caller) string {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			var n [8]byte
			binary.BigEndian.PutUint64(n[:], uint64(len(p)))
			h.Write(n[:])
			h.Write([]byte(p))
		}
	}
	switch {
	case of == "" || of == "none" || of == "service":
		return ""
	case c == nil:
		return "nobody"
	case of == "claims":
		write("claims", c.Issuer, c.Sub, string(c.Claims))
	case c.Token == nil:
		write("token", c.Issuer, c.Sub, c.ID, c.Expiry.String())
	default:
		write("token", c.Token.Reveal())
	}
	return string(h.Sum(nil))
}
