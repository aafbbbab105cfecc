package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

const (
	// chunkSize keeps every item under the smallest limit of the platforms:
	// 2560 bytes a password on Windows, about 2970 on macOS, where the item's
	// names count too.
	chunkSize = 1900
	// maxToken bounds what a manifest can make us read.
	maxToken = 256 << 10
	version  = 1
)

// part describes one token: its length in bytes and its SHA-256. A token of
// length 0 has no items.
type part struct {
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256,omitempty"`
}

func (p part) chunks() int { return (p.Bytes + chunkSize - 1) / chunkSize }

// about is what sets of this version say besides, in every store.
type about struct {
	Owner *Account  `json:"owner,omitempty"`
	Since time.Time `json:"since,omitzero"`
}

// check refuses a set that says that it is another account's.
func (b about) check(a Account) error {
	if b.Owner != nil && b.Owner.Key() != a.Key() {
		return errors.New("it names another account as its owner")
	}
	return nil
}

// tell passes it on to s.
func (b about) tell(s *Saved) {
	s.Since = b.Since
	if b.Owner != nil {
		s.Owner = *b.Owner
	}
}

// manifest is the item that makes a set of chunks a session. It is written
// last and names the slot that the chunks are in, so that until the moment it
// is replaced the old set stays whole.
type manifest struct {
	Version    int    `json:"version"`
	Account    string `json:"account"`
	Issuer     string `json:"issuer"`
	Generation uint64 `json:"generation"`
	about
	Slot    string `json:"slot"`
	ID      part   `json:"id"`
	Access  part   `json:"access"`
	Refresh part   `json:"refresh"`
}

var slots = [2]string{"a", "b"}

// tokens are the names of the parts in the order they are written.
var tokens = [3]string{"id", "access", "refresh"}

func (m manifest) part(token string) part {
	return map[string]part{"id": m.ID, "access": m.Access, "refresh": m.Refresh}[token]
}

// items names the chunks of all tokens, in the order of tokens.
func (m manifest) items(a Account) []string {
	var all []string
	for _, token := range tokens {
		for n := range m.part(token).chunks() {
			all = append(all, chunkItem(a, m.Slot, token, n))
		}
	}
	return all
}

func (m manifest) other() string {
	if m.Slot == slots[0] {
		return slots[1]
	}
	return slots[0]
}

func describe(t secret.Text) part {
	if t.Empty() {
		return part{}
	}
	return part{Bytes: t.Len(), SHA256: digest(t.Reveal())}
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// compose describes s as it will lie in slot.
func compose(a Account, s Saved, slot string) (manifest, error) {
	m := manifest{
		Version: version, Account: a.Key(), Issuer: s.Issuer, Generation: s.Generation,
		about: about{&a, s.Since},
		Slot:  slot, ID: describe(s.ID), Access: describe(s.Access), Refresh: describe(s.Refresh),
	}
	for _, token := range tokens {
		if n := m.part(token).Bytes; n > maxToken {
			return m, fail(TooBig, fmt.Sprintf("the %s token has %d bytes", token, n), nil)
		}
	}
	return m, nil
}

// parse reads a manifest that may be anything at all.
func parse(a Account, text string) (manifest, error) {
	var m manifest
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, errors.New("its manifest is not readable")
	}
	switch {
	case m.Version != version:
		return m, fmt.Errorf("its manifest has version %d", m.Version)
	case m.Account != a.Key():
		return m, errors.New("it belongs to another account")
	case m.Generation > maxGeneration:
		return m, errors.New("its generation is beyond all counting")
	case m.Slot != slots[0] && m.Slot != slots[1]:
		return m, errors.New("its manifest names no slot")
	}
	if err := m.check(a); err != nil {
		return m, err
	}
	for _, token := range tokens {
		if p := m.part(token); p.Bytes < 0 || p.Bytes > maxToken {
			return m, fmt.Errorf("its manifest gives the %s token %d bytes", token, p.Bytes)
		}
	}
	return m, nil
}

// split cuts a token into chunks of chunkSize bytes, the last shorter.
func split(text string) []string {
	var chunks []string
	for len(text) > chunkSize {
		chunks, text = append(chunks, text[:chunkSize]), text[chunkSize:]
	}
	if text != "" {
		chunks = append(chunks, text)
	}
	return chunks
}
