package localpool

import (
	"sync"
	"time"
)

// codeTTL is how long a code waits, as Cognito's.
const codeTTL = 5 * time.Minute

// code is an authorization code that waits to be redeemed.
type code struct {
	redirect  string
	challenge string // "" = none was sent
	scopes    []string
	nonce     string
	sub       string
	authTime  time.Time
	resource  string // the server that its access tokens are for; "" = none was named
	until     time.Time
}

// codes are the authorization codes given out and not redeemed yet. There is
// one client, so a code is bound to it by living here.
type codes struct {
	mu sync.Mutex
	m  map[string]code
}

func newCodes() *codes { return &codes{m: map[string]code{}} }

func (c *codes) issue(now time.Time, one code) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for key, old := range c.m {
		if !now.Before(old.until) {
			delete(c.m, key)
		}
	}
	key := uuid()
	one.until = now.Add(codeTTL)
	c.m[key] = one
	return key
}

// take redeems a code: whatever comes of it, it is gone.
func (c *codes) take(now time.Time, key string) (code, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one, ok := c.m[key]
	delete(c.m, key)
	return one, ok && now.Before(one.until)
}
