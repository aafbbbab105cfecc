package localpool

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"sync"
	"time"
)

const hashRounds = 10_000 // Modest: the pool lives for minutes, in memory.

// account is a person as the directory keeps one.
type account struct {
	sub, email  string
	salt        []byte
	hash        func() []byte // made when first needed: a start need not wait for it
	groups      []string
	unconfirmed bool
	code        mailCode // the last code that a mail would have brought
	wrong       int      // wrong passwords in a row
	lockedUntil time.Time
}

// mailCode is six digits that prove that somebody reads the person's mail.
type mailCode struct {
	digits  string
	purpose string // "confirm" or "reset"
	until   time.Time
	tries   int
}

func newAccount(email string, u User) *account {
	// The sub follows from the address, so that a person is the same one in
	// each run of the demo.
	sum := sha256.Sum256([]byte("tabgate local pool user " + email))
	a := &account{
		sub: shapeUUID(sum[:16]), email: email, unconfirmed: u.Unconfirmed,
		groups: slices.Compact(slices.Sorted(slices.Values(u.Groups))),
	}
	a.setPassword(u.Password)
	return a
}

func (a *account) setPassword(password string) {
	salt := randomBytes(16)
	a.salt, a.hash = salt, sync.OnceValue(func() []byte { return hashPassword(password, salt) })
}

func hashPassword(password string, salt []byte) []byte {
	key, err := pbkdf2.Key(sha256.New, password, salt, hashRounds, 32)
	if err != nil {
		return nil // No password matches an empty hash.
	}
	return key
}

func (a *account) matches(password string) bool {
	hash := a.hash()
	return len(hash) > 0 && subtle.ConstantTimeCompare(hashPassword(password, a.salt), hash) == 1
}
