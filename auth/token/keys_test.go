package token

import (
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"sync"
	"testing"
	"time"
)

// verify checks one pair signed by the given key under the given id.
func (p *pool) verify(t *testing.T, v *Verifier, kid string, key *rsa.PrivateKey, w Want) error {
	t.Helper()
	tokens := p.pair()
	tokens.idHeader["kid"], tokens.idSigner = kid, key
	id, access := tokens.finish()
	_, err := v.Verify(t.Context(), id, access, w)
	return err
}

func TestJ6UnknownKeysAreAskedForOnceInTenSeconds(t *testing.T) {
	p := newPool(t)
	v := p.verifier(p.keys())
	for range 100 {
		if err := p.verify(t, v, "unknown", otherKey, Want{}); reasonOf(err) != UnknownKey {
			t.Fatalf("J-6: got %v", err)
		}
	}
	if got := p.fetches.Load(); got != 1 {
		t.Errorf("J-6: 100 bad tokens made %d fetches, want 1", got)
	}
	p.clock.Store(9)
	p.verify(t, v, "unknown", otherKey, Want{})
	if got := p.fetches.Load(); got != 1 {
		t.Errorf("J-6: %d fetches after 9 s, want 1", got)
	}
	p.clock.Store(10)
	p.verify(t, v, "unknown", otherKey, Want{})
	if got := p.fetches.Load(); got != 2 {
		t.Errorf("J-6: %d fetches after 10 s, want 2", got)
	}
	if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
		t.Errorf("a good token after all that: %v", err)
	}
}

func TestJ6ManyAtOnceShareOneFetch(t *testing.T) {
	p := newPool(t)
	v := p.verifier(p.keys())
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := p.fetches.Load(); got != 1 {
		t.Errorf("J-6: %d fetches, want 1", got)
	}
}

func TestJ7KeyRotation(t *testing.T) {
	p := newPool(t)
	k := p.keys()
	v := p.verifier(k)
	if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
		t.Fatal(err)
	}
	p.publish(jwk("new-key", &otherKey.PublicKey), jwk("access-key", &accessKey.PublicKey))
	p.clock.Store(30)
	if err := p.verify(t, v, "new-key", otherKey, Want{}); err != nil {
		t.Errorf("J-7: the new key is not accepted: %v", err)
	}
	if err := p.verify(t, v, "id-key", idKey, Want{}); reasonOf(err) != UnknownKey {
		t.Errorf("J-7: a token of the removed key: got %v", err)
	}
}

func TestJ7KeysAtHandServeWhileTheIssuerIsDown(t *testing.T) {
	p := newPool(t)
	v := p.verifier(p.keys())
	if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
		t.Fatal(err)
	}
	p.down.Store(true)
	p.clock.Store(60)
	if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
		t.Errorf("J-7: %v", err)
	}
	if err := p.verify(t, v, "new-key", otherKey, Want{}); reasonOf(err) != Unreachable {
		t.Errorf("J-7: an unknown key while the issuer is down: got %v", err)
	}
	p.down.Store(false)
	p.clock.Store(75)
	if err := p.verify(t, v, "new-key", otherKey, Want{}); reasonOf(err) != UnknownKey {
		t.Errorf("J-7: an unknown key when it is up again: got %v", err)
	}
}

func TestJ7DayOldKeysAreFetchedAgain(t *testing.T) {
	p := newPool(t)
	k := p.keys()
	if err := k.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.publish(jwk("access-key", &accessKey.PublicKey))
	p.clock.Store(25 * 3600)
	v := NewVerifier(k, p.issuer, client, func() time.Time { return noon })
	if err := p.verify(t, v, "id-key", idKey, Want{Offline: true}); err != nil {
		t.Errorf("offline, the old keys serve: %v", err)
	}
	if err := p.verify(t, v, "id-key", idKey, Want{}); reasonOf(err) != UnknownKey {
		t.Errorf("J-7: a removed key a day later: got %v", err)
	}
	if got := p.fetches.Load(); got != 2 {
		t.Errorf("%d fetches, want 2", got)
	}
}

func TestOfflineAsksNobody(t *testing.T) {
	p := newPool(t)
	v := p.verifier(p.keys())
	if err := p.verify(t, v, "id-key", idKey, Want{Offline: true}); reasonOf(err) != Unreachable {
		t.Errorf("got %v", err)
	}
	if got := p.fetches.Load(); got != 0 {
		t.Errorf("%d fetches, want none", got)
	}
}

func TestJ8OddKeysAreIgnored(t *testing.T) {
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	good := func(more object) object { return jwk("id-key", &idKey.PublicKey).with(more) }
	tests := map[string][]any{
		"J-8 for encryption":       {good(object{"use": "enc"})},
		"J-8 another algorithm":    {good(object{"alg": "RS512"})},
		"J-8 a shared secret":      {object{"kid": "id-key", "kty": "oct", "k": b64(idKey.N.Bytes()), "alg": "HS256"}},
		"J-8 below 2048 bits":      {jwk("id-key", &small.PublicKey)},
		"J-8 an exponent of one":   {good(object{"e": b64([]byte{1})})},
		"J-8 an even exponent":     {good(object{"e": b64([]byte{4})})},
		"J-8 a huge modulus":       {good(object{"n": b64(new(big.Int).Lsh(big.NewInt(3), 16384).Bytes())})},
		"J-8 no modulus":           {good(object{"n": gone})},
		"J-8 no key id":            {good(object{"kid": gone})},
		"J-8 one id for two keys":  {good(nil), jwk("id-key", &otherKey.PublicKey)},
		"J-8 one id, one odd key":  {good(nil), good(object{"use": "enc"})},
		"J-8 a private key":        {good(object{"d": b64(idKey.D.Bytes())})},
		"J-8 a name twice":         {`{"kid":"id-key","KID":"x","kty":"RSA"}`},
		"J-8 a kind of the future": {object{"kid": "id-key", "kty": "AKP2", "alg": "X"}},
		"J-8 not even an object":   {5},
	}
	for name, set := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			for i, key := range set {
				if s, ok := key.(string); ok {
					set[i] = rawJSON(s)
				}
			}
			p.publish(append(set, jwk("access-key", &accessKey.PublicKey))...)
			v := p.verifier(p.keys())
			if err := p.verify(t, v, "id-key", idKey, Want{}); reasonOf(err) != UnknownKey {
				t.Errorf("got %v", err)
			}
			if err := p.verify(t, v, "access-key", accessKey, Want{}); err != nil {
				t.Errorf("the good key of the same set: %v", err)
			}
		})
	}
}

// rawJSON goes into a document as it is.
type rawJSON string

func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }
