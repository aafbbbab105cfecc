package localpool

import (
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"
)

// grant is one sign-in: what its refresh tokens may get, and until when.
type grant struct {
	origin   string // origin_jti of its tokens
	sub      string
	scopes   []string
	authTime time.Time
	resource string // aud of its access tokens; "" = none
	until    time.Time
	used     time.Time
	tokens   map[[32]byte]time.Time // hash of a refresh token: when it stops to work
}

// grants are the living sign-ins.
type grants struct {
	rotation bool
	grace    time.Duration
	ttl      time.Duration
	most     int

	mu sync.Mutex
	m  map[string]*grant // by origin
}

func newGrants(o Options) *grants {
	return &grants{rotation: o.Rotation, grace: o.Grace, ttl: o.RefreshTTL, most: o.MaxSessions, m: map[string]*grant{}}
}

// open begins a sign-in and gives its first refresh token. When the person
// has too many, the one that was not used for the longest time ends.
func (g *grants) open(now time.Time, c code) (grant, string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.count(now, c.sub) >= g.most {
		g.evict(c.sub)
	}
	one := &grant{
		origin: uuid(), sub: c.sub, scopes: c.scopes, authTime: c.authTime, resource: c.resource,
		until: now.Add(g.ttl), used: now, tokens: map[[32]byte]time.Time{},
	}
	token := newRefreshToken()
	one.tokens[sha256.Sum256([]byte(token))] = one.until
	g.m[one.origin] = one
	return *one, token
}

// count needs mu. It forgets what has ended.
func (g *grants) count(now time.Time, sub string) int {
	n := 0
	for origin, one := range g.m {
		if !now.Before(one.until) {
			delete(g.m, origin)
		} else if one.sub == sub {
			n++
		}
	}
	return n
}

// evict needs mu.
func (g *grants) evict(sub string) {
	var oldest *grant
	for _, one := range g.m {
		if one.sub == sub && (oldest == nil || one.used.Before(oldest.used)) {
			oldest = one
		}
	}
	delete(g.m, oldest.origin)
}

// refresh uses a refresh token. With rotation it gives the next one, which
// lives as long as the first would have; the used one works for the grace
// period only. Without rotation next is "".
func (g *grants) refresh(now time.Time, token string) (one grant, next string, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	hash := sha256.Sum256([]byte(token))
	found := g.find(hash)
	if found == nil || !now.Before(found.tokens[hash]) {
		return grant{}, "", false
	}
	found.used = now
	if g.rotation {
		next = newRefreshToken()
		if end := now.Add(g.grace); end.Before(found.tokens[hash]) {
			found.tokens[hash] = end
		}
		found.tokens[sha256.Sum256([]byte(next))] = found.until
	}
	return *found, next, true
}

// find needs mu.
func (g *grants) find(hash [32]byte) *grant {
	for _, one := range g.m {
		if _, ok := one.tokens[hash]; ok {
			return one
		}
	}
	return nil
}

// revoke ends the sign-in that a refresh token belongs to, if there is one.
func (g *grants) revoke(token string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if one := g.find(sha256.Sum256([]byte(token))); one != nil {
		delete(g.m, one.origin)
	}
}

func (g *grants) dropUser(sub string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for origin, one := range g.m {
		if one.sub == sub {
			delete(g.m, origin)
		}
	}
}

func (g *grants) alive(now time.Time, origin string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	one := g.m[origin]
	return one != nil && now.Before(one.until)
}

// newRefreshToken gives random text in the shape and size of Cognito's: a JWE
// of five parts, about 1,800 bytes.
func newRefreshToken() string {
	part := func(n int) string { return base64.RawURLEncoding.EncodeToString(randomBytes(n)) }
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}`))
	return header + "." + part(256) + "." + part(12) + "." + part(980) + "." + part(16)
}
