package token

import (
	"context"
	"crypto/rsa"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

const (
	penalty = 10 * time.Second // between two fetches, however many tokens ask
	stale   = 24 * time.Hour   // after that, fresh keys are tried for
	patient = 2 * deadline     // for the discovery document and the keys
	hurried = 3 * time.Second  // for the same when the keys at hand would do
)

// Keys are the public keys of one issuer. They are fetched when a token names
// a key that is not there, at most once in ten seconds, and when they are a
// day old; while the issuer cannot be reached the ones at hand are used.
// Keys may be used by several goroutines.
type Keys struct {
	hc     *http.Client
	issuer string
	now    func() time.Time
	turn   chan struct{} // holds one element: whose turn it is to fetch

	mu      sync.Mutex
	keys    map[string]jose.JSONWebKey
	jwks    string    // from discovery; "" before
	fetched time.Time // when keys last came from the issuer
	tried   time.Time // when they were last asked for
	failed  *Error    // how that went
	changes uint64    // how often the keys were replaced by others
}

var _ oidc.KeySet = (*Keys)(nil)

// NewKeys makes an empty set for issuer; it fetches nothing yet. The client
// should have limits of its own (cognito.HTTPClient); the ones needed here are
// set here as well.
func NewKeys(hc *http.Client, issuer string, now func() time.Time) *Keys {
	return &Keys{hc: hc, issuer: issuer, now: now, turn: make(chan struct{}, 1)}
}

// host is who has the keys, for messages.
func (k *Keys) host() string {
	if u, err := url.Parse(k.issuer); err == nil {
		return u.Host
	}
	return "the issuer"
}

// Ready reports whether there are keys to verify with, fetched or restored.
func (k *Keys) Ready() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.keys) > 0
}

// Refresh fetches the discovery document and the keys now, unless that was
// done less than ten seconds ago; then it answers as it did then.
func (k *Keys) Refresh(ctx context.Context) error {
	if failed := k.update(ctx, patient, k.load); failed != nil {
		return failed
	}
	return nil
}

// RefreshFrom is Refresh for who has the issuer's discovery document already.
func (k *Keys) RefreshFrom(ctx context.Context, found Discovery) error {
	failed := k.update(ctx, patient, func(ctx context.Context) (map[string]jose.JSONWebKey, string, *Error) {
		return k.loadFrom(ctx, found)
	})
	if failed != nil {
		return failed
	}
	return nil
}

// key finds the key of an id, fetching the set if that may help.
func (k *Keys) key(ctx context.Context, kid string, offline bool) (jose.JSONWebKey, *Error) {
	key, known, old := k.look(kid)
	if offline && !known {
		return key, refuse(Unreachable, "keys", "no public key kept here fits the session; connect to the network")
	}
	if offline || known && !old {
		return key, nil
	}
	limit := patient
	if known {
		limit = hurried
	}
	failed := k.update(ctx, limit, k.load)
	if key, known, _ = k.look(kid); known {
		return key, nil // an old key is used while the issuer cannot be reached
	}
	if failed != nil {
		return key, failed
	}
	return key, refuse(UnknownKey, "token", "the user pool has no key by the name that it gives; sign in again")
}

func (k *Keys) look(kid string) (key jose.JSONWebKey, known, old bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, known = k.keys[kid]
	age := k.now().Sub(k.fetched)
	return key, known, age > stale || age < -stale
}

// version is another one whenever the keys are others.
func (k *Keys) version() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.changes
}

// sameKeys reports whether two sets hold the same keys.
func sameKeys(a, b map[string]jose.JSONWebKey) bool {
	return maps.EqualFunc(a, b, func(x, y jose.JSONWebKey) bool {
		p, ok := x.Key.(*rsa.PublicKey)
		return ok && p.Equal(y.Key)
	})
}

// loader fetches keys and says where they came from.
type loader func(context.Context) (keys map[string]jose.JSONWebKey, jwks string, failed *Error)

// update fetches once for all who ask at the same time. Somebody who waits
// for another's fetch finds it done and does not repeat it; a fetch that its
// own caller gave up does not count as one.
func (k *Keys) update(ctx context.Context, limit time.Duration, load loader) *Error {
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return unreachable("keys", k.host(), ctx.Err())
	}
	k.mu.Lock()
	tried, failed := k.tried, k.failed
	k.mu.Unlock()
	if age := k.now().Sub(tried); !tried.IsZero() && age >= 0 && age < penalty {
		return failed
	}
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	keys, jwks, failed := load(bounded)
	if ctx.Err() != nil {
		return failed
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tried, k.failed = k.now(), failed
	if failed == nil {
		if !sameKeys(k.keys, keys) {
			k.changes++
		}
		k.keys, k.jwks, k.fetched = keys, jwks, k.tried
	}
	return failed
}

func (k *Keys) load(ctx context.Context) (map[string]jose.JSONWebKey, string, *Error) {
	found, err := Discover(ctx, k.hc, k.issuer)
	if err != nil {
		return nil, "", asError(err)
	}
	return k.loadFrom(ctx, found)
}

func (k *Keys) loadFrom(ctx context.Context, found Discovery) (map[string]jose.JSONWebKey, string, *Error) {
	body, failed := fetch(ctx, k.hc, found.JWKS, "keys")
	if failed != nil {
		return nil, "", failed
	}
	keys, err := parseSet(body)
	if err != nil {
		return nil, "", refuse(Malformed, "keys", "%v", err)
	}
	return keys, found.JWKS, nil
}
