package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
)

// Reader is the person that figures are read for, as far as sources with an
// identity of claims or token have to know. The zero Reader is nobody.
type Reader struct {
	// Claims is a JSON object of verified claims, which a database is told: iss,
	// sub, cognito:groups and what else is to be known there. What differs from
	// one token to the next, such as exp, belongs not into it: readers with the
	// same claims share what was read.
	Claims string
	// Token is the reader's access token. It goes to servers that decide by it,
	// and into nothing else.
	Token Token
	// Until is when the token ends; zero for nobody. Nothing is read later.
	Until time.Time
}

// Token is a secret text.
type Token struct{ reveal func() string }

// NewToken keeps a token, which reveal gives.
func NewToken(reveal func() string) Token { return Token{reveal} }

func (t Token) text() string {
	if t.reveal == nil {
		return ""
	}
	return t.reveal()
}

// Format hides the token, however it is printed.
func (t Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "[redacted]") }

// What an engine's refusal means for a reader: the sentences of a lock.
var (
	// ErrSignIn says that a source is for people who are signed in.
	ErrSignIn error = sentence("Please login!")
	// ErrNoAccess says that a source is not for this reader.
	ErrNoAccess error = sentence("You do not have access. Please contact the administrator.")
)

// sentence is an error that people read as it is.
type sentence string

// Error is the sentence.
func (s sentence) Error() string { return string(s) }

// key tells readers apart for whom a source may give something else: by what
// it decides by.
func (r Reader) key(src dashboard.Source) string {
	switch src.Identity {
	case "claims":
		return "claims " + r.Claims
	case "token":
		sum := sha256.Sum256([]byte(r.Token.text()))
		return "token " + hex.EncodeToString(sum[:])
	}
	return ""
}

// over reports whether the time of the reader's token is over.
func (r Reader) over(now time.Time) bool { return !r.Until.IsZero() && now.After(r.Until) }

// asking is what a source is asked with.
type asking struct {
	params map[string][]string // what the inputs of its page hold
	reader Reader
	now    func(context.Context) Reader // in the place of reader, each time that it is read; nil = always reader
}

// key is Reader.key; whoever reads now is one and the same.
func (a asking) key(src dashboard.Source) string {
	if a.now != nil && forReader(src) {
		return "now"
	}
	return a.reader.key(src)
}

// forReader reports whether a source may give readers different figures.
func forReader(src dashboard.Source) bool { return src.Identity == "claims" || src.Identity == "token" }

// askedAs is a kind that asks in a reader's name.
type askedAs interface {
	kind
	as(Reader)
}

// ownKind reads a source for whoever is the reader at that time. What was read
// for somebody else is not shown any more, whatever becomes of the next try.
type ownKind struct {
	askedAs
	now    func(context.Context) Reader
	begun  bool
	claims string // of the last reader
}

// owned is k for whoever is the reader when it is read, where that makes a
// difference.
func owned(k kind, src dashboard.Source, a asking) kind {
	if as, ok := k.(askedAs); ok && a.now != nil && forReader(src) {
		return &ownKind{askedAs: as, now: a.now}
	}
	return k
}

// read implements kind.
func (k *ownKind) read(ctx context.Context, p *publisher, why reason) (Snapshot, error) {
	who := k.now(ctx)
	other := k.begun && who.Claims != k.claims
	if other {
		k.close()
	}
	k.begun, k.claims = true, who.Claims
	k.as(who)
	s, err := k.askedAs.read(ctx, p, why)
	if err != nil && other {
		err = &withdrawn{err}
	}
	return s, err
}
