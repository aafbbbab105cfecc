package localpool

import (
	"crypto/rsa"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// signer signs tokens with the keys of the pool, or as a test wants it.
type signer struct {
	keys  *Keys
	hooks Hooks
}

// sign makes the token of the use with these claims.
func (s signer) sign(use string, claims JSON) (string, error) {
	if token, ok, err := s.hooks.Sign(use, claims, s.keys); ok {
		return token, err
	}
	key, _, err := s.keys.Signing(use)
	if err != nil {
		return "", fmt.Errorf("local pool: make keys: %w", err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("local pool: encode claims: %w", err)
	}
	return signRS256(payload, key)
}

// signRS256 is the way of every token that no test has changed.
func signRS256(payload []byte, key *rsa.PrivateKey) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{
		Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: keyID(key)},
	}, nil)
	if err != nil {
		return "", fmt.Errorf("local pool: sign: %w", err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("local pool: sign: %w", err)
	}
	return signed.CompactSerialize()
}
