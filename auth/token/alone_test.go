package token

import (
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"github.com/go-jose/go-jose/v4"
)

// Each layer refuses by itself, so that a mistake in one is no hole.

func TestJ20EveryNameThatDecidesIsGuarded(t *testing.T) {
	claims := []string{
		"iss", "sub", "aud", "azp", "exp", "nbf", "iat", "auth_time", "nonce", "at_hash",
		"token_use", "client_id", "cognito:groups",
	}
	header := []string{"alg", "kid", "crit", "jwk", "jku", "x5u", "x5c", "b64", "zip", "enc"}
	for _, name := range slices.Concat(claims, header) {
		first := []rune(name)
		first[0] = unicode.ToUpper(first[0])
		for _, look := range []string{strings.ToUpper(name), string(first)} {
			raw := b64([]byte(`{"alg":"RS256","kid":"k"}`)) + "." + b64([]byte(`{"`+look+`":1}`)) + ".AA"
			if slices.Contains(header, name) {
				raw = b64([]byte(`{"alg":"RS256","kid":"k","`+look+`":1}`)) + "." + b64([]byte(`{}`)) + ".AA"
			}
			if _, refused := decode(raw, "ID token"); refused == nil || !strings.Contains(refused.Text, "can be taken for") {
				t.Errorf("J-20 %q for %q: got %v", look, name, refused)
			}
		}
	}
}

func TestJ22TheLargestTokenThatIsRead(t *testing.T) {
	fits := strings.Repeat("A", MaxToken)
	if _, refused := decode(fits, "ID token"); refused == nil || !strings.Contains(refused.Text, "three parts") {
		t.Errorf("J-22 at the limit: %v", refused)
	}
	if _, refused := decode(fits+"A", "ID token"); refused == nil || !strings.Contains(refused.Text, "larger") {
		t.Errorf("J-22 one byte over the limit: %v", refused)
	}
}

func TestJ3TheKeysVerifyNothingButRS256(t *testing.T) {
	p := newPool(t)
	k := p.keys()
	id, _ := p.pair().finish()
	if _, err := k.VerifySignature(t.Context(), id.Reveal()); err != nil {
		t.Fatalf("a good token: %v", err)
	}
	for _, alg := range []jose.SignatureAlgorithm{jose.PS256, jose.RS384, jose.RS512} {
		odd := p.pair()
		joseSigned(t, odd, alg, idKey)
		if _, err := k.VerifySignature(t.Context(), odd.idToken); reasonOf(err) != Malformed {
			t.Errorf("J-3 %s: %v", alg, err)
		}
	}
	shared := p.pair()
	hs256(shared, idKey.N.Bytes())
	if _, err := k.VerifySignature(t.Context(), shared.idToken); reasonOf(err) != Malformed {
		t.Errorf("J-2 HS256: %v", err)
	}
	nameless := p.pair()
	nameless.idHeader = nameless.idHeader.with(object{"kid": gone})
	id, _ = nameless.finish()
	if _, err := k.VerifySignature(t.Context(), id.Reveal()); reasonOf(err) != Malformed {
		t.Errorf("J-6 no key id: %v", err)
	}
}

func TestJ8AModulusOverTheLimitIsIgnored(t *testing.T) {
	n := new(big.Int).Lsh(big.NewInt(1), 8192) // 8193 bits
	set := encode(object{"keys": []any{jwk("big", &idKey.PublicKey).with(object{"n": b64(n.SetBit(n, 0, 1).Bytes())}), jwk("id-key", &idKey.PublicKey)}})
	keys, err := parseSet(set)
	if got := slices.Sorted(maps.Keys(keys)); err != nil || !slices.Equal(got, []string{"id-key"}) {
		t.Errorf("J-8: kept %q, %v", got, err)
	}
}

// A clock that jumps back must not stop keys from being fetched until it has
// caught up again.
func TestJ6J7AClockThatJumpsBackStopsNoFetch(t *testing.T) {
	p := newPool(t)
	k := p.keys()
	v := p.verifier(k)
	if err := p.verify(t, v, "id-key", idKey, Want{}); err != nil {
		t.Fatal(err)
	}
	p.publish(jwk("new-key", &otherKey.PublicKey), jwk("access-key", &accessKey.PublicKey))
	p.clock.Store(-30)
	if err := p.verify(t, v, "new-key", otherKey, Want{}); err != nil {
		t.Errorf("J-6: a new key after a jump of 30 s: %v", err)
	}
	k.mu.Lock()
	k.fetched, k.tried = noon.Add(48*time.Hour), time.Time{} // kept by a run whose clock was ahead
	k.mu.Unlock()
	p.publish(jwk("access-key", &accessKey.PublicKey))
	if err := p.verify(t, v, "new-key", otherKey, Want{}); reasonOf(err) != UnknownKey {
		t.Errorf("J-7: keys from two days ahead still serve: %v", err)
	}
}

func TestT3AnEndlessKeySetIsCutOff(t *testing.T) {
	var sent atomic.Int64
	p := newPool(t)
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for {
			n, err := w.Write([]byte(strings.Repeat(" ", 64<<10)))
			if sent.Add(int64(n)); err != nil || sent.Load() > 1<<30 {
				return
			}
		}
	}))
	p.discovery["jwks_uri"] = endless.URL + "/jwks.json"
	err := p.keys().Refresh(t.Context())
	endless.Close() // waits for the handler
	if reasonOf(err) != Unreachable || !strings.Contains(err.Error(), "1 MiB") || sent.Load() > 32<<20 {
		t.Errorf("T-3: %d bytes were sent, %v", sent.Load(), err)
	}
}
