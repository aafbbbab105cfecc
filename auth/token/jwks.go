package token

import (
	"crypto/rsa"
	"encoding/json"
	"errors"
	"math"

	"github.com/authtabs/tabgate/auth/token/strict"
	"github.com/go-jose/go-jose/v4"
)

// maxKeys is the most keys of a set that are looked at; Cognito publishes two.
const maxKeys = 64

var (
	guardedSet = strict.NewGuard("keys")
	guardedKey = strict.NewGuard("kty", "use", "key_ops", "alg", "kid", "n", "e",
		"d", "p", "q", "dp", "dq", "qi", "k", "x5c", "x5u", "x5t", "x5t#S256")
)

// parseSet reads a JWK set (RFC 7517 section 5) and keeps the keys that can
// sign ID tokens: RSA of at least 2048 bits with a sane exponent, meant for
// signatures, with a key id that is unique in the set. Odd keys are left out;
// a set without a single good key is an error.
func parseSet(data []byte) (map[string]jose.JSONWebKey, error) {
	set, err := guardedSet.Parse(data)
	if err != nil {
		return nil, err
	}
	var raw []json.RawMessage
	if json.Unmarshal(set["keys"], &raw) != nil || len(raw) > maxKeys {
		return nil, errors.New("it is not a set of keys")
	}
	keys := make(map[string]jose.JSONWebKey, len(raw))
	seen := make(map[string]bool, len(raw))
	for _, item := range raw {
		key, kid, ok := parseKey(item)
		if seen[kid] {
			delete(keys, kid) // two keys of one name: neither can be meant
			continue
		}
		seen[kid] = true
		if ok {
			keys[kid] = key
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("it holds no usable key")
	}
	return keys, nil
}

// parseKey reads one key; ok is false for a key that we do not use. The key
// id is returned for odd keys too, for they make another key of the same id
// ambiguous.
func parseKey(data []byte) (key jose.JSONWebKey, kid string, ok bool) {
	obj, err := guardedKey.Parse(data)
	if err != nil {
		return key, "", false
	}
	kid, _ = strict.Text(obj["kid"])
	for _, name := range []string{"d", "p", "q", "dp", "dq", "qi", "k"} {
		if _, private := obj[name]; private {
			return key, kid, false
		}
	}
	if key.UnmarshalJSON(data) != nil {
		return key, kid, false
	}
	public, isRSA := key.Key.(*rsa.PublicKey)
	ok = isRSA && kid != "" && len(kid) <= 256 && key.Valid() &&
		(key.Use == "" || key.Use == "sig") && (key.Algorithm == "" || key.Algorithm == string(jose.RS256)) &&
		public.N.BitLen() >= 2048 && public.N.BitLen() <= 8192 && public.E >= 3 && public.E <= math.MaxInt32 && public.E%2 == 1
	return key, kid, ok
}
