package token

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const client = "1example23456789"

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// The keys of the fake pool: one signs ID tokens, one access tokens, one is
// an attacker's, as in Cognito's own two and a stranger.
var (
	idKey     = newKey()
	accessKey = newKey()
	otherKey  = newKey()
)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

// object is JSON in the making.
type object map[string]any

func (o object) with(more object) object {
	all := object{}
	for _, from := range []object{o, more} {
		for name, value := range from {
			if value == gone {
				delete(all, name)
			} else {
				all[name] = value
			}
		}
	}
	return all
}

// gone as a value in with removes the name.
var gone any = struct{ gone bool }{true}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func jwk(kid string, key *rsa.PublicKey) object {
	return object{
		"kid": kid, "alg": "RS256", "kty": "RSA", "use": "sig",
		"e": b64(big.NewInt(int64(key.E)).Bytes()), "n": b64(key.N.Bytes()),
	}
}

func encode(v any) []byte {
	if s, ok := v.(string); ok {
		return []byte(s)
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return data
}

// sign makes a token of any header and payload, objects or raw text.
func sign(header, payload any, key *rsa.PrivateKey) string {
	signed := b64(encode(header)) + "." + b64(encode(payload))
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		panic(err)
	}
	return signed + "." + b64(signature)
}

// pool is an issuer on a loopback address.
type pool struct {
	*httptest.Server
	issuer  string
	clock   atomic.Int64 // seconds after noon
	fetches atomic.Int32 // of the key set
	down    atomic.Bool

	mu        sync.Mutex
	set       []any
	discovery object
}

func newPool(t testing.TB) *pool {
	p := &pool{set: []any{jwk("id-key", &idKey.PublicKey), jwk("access-key", &accessKey.PublicKey)}}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	p.issuer = p.URL + "/pool"
	p.discovery = object{
		"issuer": p.issuer, "jwks_uri": p.issuer + "/.well-known/jwks.json",
		"authorization_endpoint": p.URL + "/oauth2/authorize", "token_endpoint": p.URL + "/oauth2/token",
		"id_token_signing_alg_values_supported": []string{"RS256"}, "something_new": object{"a": 1},
	}
	return p
}

func (p *pool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	switch {
	case p.down.Load():
		w.WriteHeader(http.StatusServiceUnavailable)
	case strings.HasSuffix(r.URL.Path, "/jwks.json"):
		p.fetches.Add(1)
		w.Write(encode(object{"keys": p.set}))
	default:
		w.Write(encode(p.discovery))
	}
}

func (p *pool) publish(set ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.set = set
}

func (p *pool) now() time.Time             { return noon.Add(time.Duration(p.clock.Load()) * time.Second) }
func (p *pool) keys() *Keys                { return NewKeys(p.Client(), p.issuer, p.now) }
func (p *pool) verifier(k *Keys) *Verifier { return NewVerifier(k, p.issuer, client, p.now) }

// pair is an ID and an access token to be signed; raw texts win over objects.
type pair struct {
	idHeader, id, accessHeader, access object
	rawIDHeader, rawID, rawAccess      string
	idSigner                           *rsa.PrivateKey
	idToken, accessToken               string // the finished tokens
	noIDToken                          bool
	want                               Want
}

func (p *pool) pair() *pair {
	at := noon.Add(-time.Minute).Unix()
	return &pair{
		idHeader: object{"kid": "id-key", "alg": "RS256"}, accessHeader: object{"kid": "access-key", "alg": "RS256"},
		id: object{
			"sub": "sub-1", "iss": p.issuer, "aud": client, "token_use": "id", "cognito:username": "ana",
			"email": "ana@example.com", "email_verified": true, "cognito:groups": []string{"Underwriters"},
			"nonce": "nonce-1", "origin_jti": "origin-1", "auth_time": at, "iat": at, "exp": at + 3600, "jti": "1",
			"identities": []object{{"userId": "x", "issuer": nil}},
		},
		access: object{
			"sub": "sub-1", "iss": p.issuer, "client_id": client, "token_use": "access", "username": "ana",
			"cognito:groups": []string{"Underwriters"}, "scope": "openid email", "version": 2,
			"origin_jti": "origin-1", "auth_time": at, "iat": at, "exp": at + 3600, "jti": "2",
		},
		idSigner: idKey,
		want:     Want{Nonce: secret.New("nonce-1"), Fresh: true},
	}
}

// finish signs what is not finished yet.
func (p *pair) finish() (id, access secret.Text) {
	pick := func(raw string, o object) any {
		if raw != "" {
			return raw
		}
		return o
	}
	if p.accessToken == "" {
		p.accessToken = sign(p.accessHeader, pick(p.rawAccess, p.access), accessKey)
	}
	if p.idToken == "" {
		p.idToken = sign(pick(p.rawIDHeader, p.idHeader), pick(p.rawID, p.id), p.idSigner)
	}
	if p.noIDToken {
		return secret.Text{}, secret.New(p.accessToken)
	}
	return secret.New(p.idToken), secret.New(p.accessToken)
}

// renamed gives the ID token's claims as text with one more member in front of
// or behind the real ones.
func (p *pair) member(name, value string, first bool) string {
	rest := strings.TrimSuffix(strings.TrimPrefix(string(encode(p.id)), "{"), "}")
	if first {
		return fmt.Sprintf(`{%s:%s,%s}`, name, value, rest)
	}
	return fmt.Sprintf(`{%s,%s:%s}`, rest, name, value)
}

func reasonOf(err error) Reason {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Reason
	}
	return 0
}
