package faults

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"

	"github.com/authtabs/tabgate/auth/localpool"
)

// JSON is an answer's object, to be changed in place.
type JSON = localpool.JSON

// Draft is a token that is about to be signed, for Faults.Tokens to change.
type Draft struct {
	Use    string // "id" or "access"
	Claims JSON
	Header JSON // kid and alg; more may be put in

	// Sign is how the token gets its signature: "" = RS256 with the pool's
	// key, "none" = an empty one, "HS256" = with the public key as the shared
	// secret, "PS256" and "ES256" = those, "stranger" = RS256 with a key that
	// is not the pool's under the pool's kid, "swap" = with the pool's key for
	// the other use.
	Sign string
	// Payload replaces Claims by bytes as they are: for names given twice and
	// for what is no JSON at all.
	Payload []byte
	// Finish changes the signed text.
	Finish func(string) string
}

// forge puts a changed token together by hand, since no library would.
func (d *Draft) forge(keys *localpool.Keys, key *rsa.PrivateKey) (string, error) {
	if d.Payload == nil {
		payload, err := json.Marshal(d.Claims)
		if err != nil {
			return "", fmt.Errorf("local pool: encode claims: %w", err)
		}
		d.Payload = payload
	}
	switch d.Sign {
	case "none", "HS256", "PS256", "ES256":
		if d.Header["alg"] == "RS256" {
			d.Header["alg"] = d.Sign
		}
	case "stranger", "swap":
		other, err := d.otherKey(keys)
		if err != nil {
			return "", err
		}
		key = other
	}
	header, err := json.Marshal(d.Header)
	if err != nil {
		return "", fmt.Errorf("local pool: encode header: %w", err)
	}
	b64 := base64.RawURLEncoding.EncodeToString
	input := b64(header) + "." + b64(d.Payload)
	signature, err := signature(d.Sign, key, input)
	if err != nil {
		return "", err
	}
	token := input + "." + b64(signature)
	if d.Finish != nil {
		token = d.Finish(token)
	}
	return token, nil
}

func signature(how string, key *rsa.PrivateKey, input string) ([]byte, error) {
	sum := sha256.Sum256([]byte(input))
	switch how {
	case "none":
		return nil, nil
	case "HS256":
		der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
		if err != nil {
			return nil, err
		}
		mac := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
		mac.Write([]byte(input))
		return mac.Sum(nil), nil
	case "PS256":
		return rsa.SignPSS(rand.Reader, key, crypto.SHA256, sum[:], nil)
	case "ES256":
		return signES256(sum[:])
	}
	return rsa.SignPKCS1v15(nil, key, crypto.SHA256, sum[:])
}

// otherKey is the key for "stranger" and "swap"; the latter's kid goes with it.
func (d *Draft) otherKey(keys *localpool.Keys) (*rsa.PrivateKey, error) {
	if d.Sign == "stranger" {
		return rsa.GenerateKey(rand.Reader, 2048)
	}
	use := map[string]string{"id": "access", "access": "id"}[d.Use]
	key, id, err := keys.Signing(use)
	d.Header["kid"] = id
	return key, err
}

func signES256(sum []byte) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	r, s, err := ecdsa.Sign(rand.Reader, key, sum)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 64)
	r.FillBytes(out[:32])
	s.FillBytes(out[32:])
	return out, nil
}
