// Package secret holds text that must not be seen: however it is printed,
// logged or encoded, it says "[redacted]". It does not know what it keeps.
package secret

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[redacted]"

// Text is a secret: a token, an authorization code, a code verifier, a state,
// a client secret. The zero Text is no secret at all.
//
// It holds a pointer because fmt cannot call methods of values in unexported
// fields: there it prints what it finds, which is then an address.
type Text struct{ p *string }

// New keeps s.
func New(s string) Text {
	if s == "" {
		return Text{}
	}
	return Text{&s}
}

// Reveal gives the secret itself. Every call is a place to look at in review:
// the result may go into a request body, a header or a store, nowhere else.
func (t Text) Reveal() string {
	if t.p == nil {
		return ""
	}
	return *t.p
}

// Empty reports whether there is no secret.
func (t Text) Empty() bool { return t.p == nil }

// Len is the secret's length in bytes.
func (t Text) Len() int { return len(t.Reveal()) }

// Equal compares in constant time for equal lengths.
func (t Text) Equal(other string) bool {
	return subtle.ConstantTimeCompare([]byte(t.Reveal()), []byte(other)) == 1
}

// String, GoString, Format, LogValue, MarshalText and MarshalJSON all hide
// the secret.
func (t Text) String() string               { return redacted }
func (t Text) GoString() string             { return redacted }
func (t Text) Format(f fmt.State, _ rune)   { io.WriteString(f, redacted) }
func (t Text) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (t Text) MarshalText() ([]byte, error) { return []byte(redacted), nil }
func (t Text) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
