package token

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/secret"
)

// maxRemembered bounds the verified tokens that are remembered.
const maxRemembered = 10_000

// remembered are tokens that were verified, by a hash whose key nobody has: what
// is in memory gives no token away.
type remembered struct {
	key [32]byte

	mu sync.Mutex
	m  map[[32]byte]rememberedToken
}

type rememberedToken struct {
	holder  Holder
	version uint64 // of its issuer's keys
}

func newRemembered() *remembered {
	r := &remembered{m: map[[32]byte]rememberedToken{}}
	rand.Read(r.key[:]) // never fails
	return r
}

func (r *remembered) sum(raw secret.Text) (sum [32]byte) {
	mac := hmac.New(sha256.New, r.key[:])
	mac.Write([]byte(raw.Reveal()))
	return [32]byte(mac.Sum(nil))
}

func (r *remembered) get(sum [32]byte) (Holder, uint64, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.m[sum]
	return t.holder, t.version, ok
}

func (r *remembered) put(sum [32]byte, h Holder, version uint64, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.m) >= maxRemembered {
		r.makeRoom(now)
	}
	r.m[sum] = rememberedToken{h, version}
}

// makeRoom forgets what has ended, and where that is not enough any half.
func (r *remembered) makeRoom(now time.Time) {
	for sum, t := range r.m {
		if !now.Before(t.holder.Expiry) {
			delete(r.m, sum)
		}
	}
	for sum := range r.m {
		if len(r.m) <= maxRemembered/2 {
			return
		}
		delete(r.m, sum)
	}
}
