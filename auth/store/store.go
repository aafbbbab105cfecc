// Package store keeps a signed-in session between runs: in the keyring of the
// operating system, in a file when the user chose that, or in memory. It knows
// neither what the tokens say nor the provider that gave them.
package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// Saved is what one signed-in person leaves for the next start. The zero Saved
// is nobody.
type Saved struct {
	ID, Access, Refresh secret.Text
	Issuer              string // who signed the tokens, as it was verified
	// Generation grows with every save and every sign-out of the account, in
	// whichever process. A set that is not younger than the last sign-out is
	// nobody's.
	Generation uint64
	Since      time.Time // when the person signed in; zero in sets of earlier versions
	// Owner is whose the set is, as the set itself says. Load sets it, Save
	// takes it from the account. It fits the key of the account that was asked
	// for, so no other process can have named another domain in its place. Sets
	// of earlier versions do not say it.
	Owner Account
}

// maxGeneration is more than honest counting reaches: a save each second for
// 34,000 years. What lies beyond is damage, or somebody who wants the counter
// to begin again from 0, below every sign-out.
const maxGeneration = 1 << 40

// Account says whose items these are. Two user pools, two app clients and two
// profiles never share an item.
type Account struct {
	Issuer   string `json:"issuer,omitempty"` // as configured; empty while trust on first use decides
	Domain   string `json:"domain"`           // the user pool domain, scheme and host
	ClientID string `json:"client_id"`
	Profile  string `json:"profile"`

	key string // in the place of all fields where they are not known
}

// Keyed is an account of which only the key is known: its session can be
// loaded and deleted, and its marks and its lock are those of the account. It
// reports whether key is one.
func Keyed(key string) (a Account, ok bool) {
	if len(key) != keyLength || strings.Trim(key, "0123456789abcdef") != "" {
		return Account{}, false
	}
	return Account{key: key}, true
}

const keyLength = 32

// Key is a name for the account that fits into item and file names: 32
// hexadecimal digits that depend on every field and say nothing.
func (a Account) Key() string {
	if a.key != "" {
		return a.key
	}
	h := sha256.New()
	for _, field := range []string{a.Issuer, a.Domain, a.ClientID, a.Profile} {
		fmt.Fprintf(h, "%d:%s", len(field), field) // lengths keep "ab","c" apart from "a","bc"
	}
	return hex.EncodeToString(h.Sum(nil)[:keyLength/2])
}

// Store keeps at most one Saved for an account. Errors are ErrNotFound, an
// *Error whose Reason says what is wrong, or the error of the context.
type Store interface {
	// Kind is "keyring", "file" or "memory".
	Kind() string
	// Probe writes, reads and removes a canary, so that a store that cannot
	// keep a session says so before the browser opens.
	Probe(ctx context.Context) error
	// Load gives ErrNotFound when there is nothing, and an *Error that is also
	// ErrNotFound when what is there cannot be trusted.
	Load(ctx context.Context, a Account) (Saved, error)
	// Save replaces the whole set or leaves the old one readable. Whoever
	// saves or deletes holds the account's Lock.
	Save(ctx context.Context, a Account, s Saved) error
	// Delete removes everything of the account; nothing there is no error.
	Delete(ctx context.Context, a Account) error
}
