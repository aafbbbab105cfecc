package localpool

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"sync"

	"github.com/go-jose/go-jose/v4"
)

// Keys are the signing keys of a pool: one for ID tokens and another for
// access tokens, as Cognito has it. They live in memory alone.
type Keys struct {
	mu   sync.Mutex
	pair keyPair
	old  []keyPair
}

type keyPair struct {
	id, access func() (*rsa.PrivateKey, error)
}

// NewKeys gives keys that are made when the first is needed, or by warm: two
// RSA-2048 keys keep two processors busy for some tenths of a second, which
// the first frame of an app should not have to wait for.
func NewKeys() *Keys { return &Keys{pair: newPair()} }

// warm starts making the current keys and does not wait for them.
func (k *Keys) warm() {
	k.mu.Lock()
	defer k.mu.Unlock()
	go k.pair.id()
	go k.pair.access()
}

func newPair() keyPair { return keyPair{makeKey(), makeKey()} }

func makeKey() func() (*rsa.PrivateKey, error) {
	return sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })
}

// Rotate signs with new keys from now on. The public halves of the old ones
// are still published, until Forget.
func (k *Keys) Rotate() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.old = append(k.old, k.pair)
	k.pair = newPair()
}

// Forget stops publishing the keys from before the last Rotate.
func (k *Keys) Forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.old = nil
}

// Signing returns the private key for tokens of the use ("id" or "access"),
// and the kid of its public half.
func (k *Keys) Signing(use string) (key *rsa.PrivateKey, id string, err error) {
	k.mu.Lock()
	make := k.pair.access
	if use == "id" {
		make = k.pair.id
	}
	k.mu.Unlock()
	if key, err = make(); err != nil {
		return nil, "", err
	}
	return key, keyID(key), nil
}

// public is what jwks.json shows: the current pair first.
func (k *Keys) public() (jose.JSONWebKeySet, error) {
	k.mu.Lock()
	pairs := append([]keyPair{k.pair}, k.old...)
	k.mu.Unlock()
	var set jose.JSONWebKeySet
	for _, pair := range pairs {
		for _, make := range []func() (*rsa.PrivateKey, error){pair.id, pair.access} {
			key, err := make()
			if err != nil {
				return set, fmt.Errorf("local pool: make keys: %w", err)
			}
			set.Keys = append(set.Keys, jose.JSONWebKey{
				Key: &key.PublicKey, KeyID: keyID(key), Algorithm: "RS256", Use: "sig",
			})
		}
	}
	return set, nil
}

// keyID names a key as Cognito does: 32 bytes in padded base64.
func keyID(key *rsa.PrivateKey) string {
	sum := sha256.Sum256(key.N.Bytes())
	return base64.StdEncoding.EncodeToString(sum[:])
}
