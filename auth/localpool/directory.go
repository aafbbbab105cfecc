package localpool

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"
)

// What can be wrong with what a person typed. Unknown users and wrong
// passwords are one error on purpose.
var (
	errNoMatch     = errors.New("the email address or the password is not right")
	errUnconfirmed = errors.New("this sign-up is not confirmed yet")
	errTaken       = errors.New("an account with this email address exists already: sign in, or reset its password")
	errWrongCode   = errors.New("that code is not right, or no longer valid")
	errLocked      = errors.New("too many wrong passwords: wait a minute and try again")
)

// ErrNoSuchUser is what administering an unknown person gives.
var ErrNoSuchUser = errors.New("nobody in the local pool has this email address")

const (
	hashRounds    = 10_000 // Modest: the pool lives for minutes, in memory.
	mailCodeTTL   = time.Hour
	mailCodeTries = 5
	wrongTries    = 10
	lockTime      = time.Minute
)

// person is a user as the directory keeps one.
type person struct {
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

// directory is the people of the pool.
type directory struct {
	now func() time.Time

	mu     sync.Mutex
	people []*person // in the order of arrival
}

func newDirectory(users []User, now func() time.Time) (*directory, error) {
	d := &directory{now: now}
	for _, u := range users {
		email, err := checkEmail(u.Email)
		if err != nil {
			return nil, fmt.Errorf("person %q: %w", u.Email, err)
		}
		if d.find(email) != nil {
			return nil, fmt.Errorf("person %q is there twice", email)
		}
		for _, g := range u.Groups {
			if err := checkGroup(g); err != nil {
				return nil, fmt.Errorf("person %q: %w", email, err)
			}
		}
		d.people = append(d.people, newPerson(email, u))
	}
	return d, nil
}

func newPerson(email string, u User) *person {
	// The sub follows from the address, so that a person is the same one in
	// each run of the demo.
	sum := sha256.Sum256([]byte("tabgate local pool user " + email))
	p := &person{
		sub: shapeUUID(sum[:16]), email: email, unconfirmed: u.Unconfirmed,
		groups: slices.Compact(slices.Sorted(slices.Values(u.Groups))),
	}
	p.setPassword(u.Password)
	return p
}

func (p *person) setPassword(password string) {
	salt := randomBytes(16)
	p.salt, p.hash = salt, sync.OnceValue(func() []byte { return hashPassword(password, salt) })
}

func hashPassword(password string, salt []byte) []byte {
	key, err := pbkdf2.Key(sha256.New, password, salt, hashRounds, 32)
	if err != nil {
		return nil // No password matches an empty hash.
	}
	return key
}

func (p *person) matches(password string) bool {
	hash := p.hash()
	return len(hash) > 0 && subtle.ConstantTimeCompare(hashPassword(password, p.salt), hash) == 1
}

// find needs mu, or a directory that nobody else has yet.
func (d *directory) find(email string) *person {
	email = strings.ToLower(strings.TrimSpace(email))
	for _, p := range d.people {
		if p.email == email {
			return p
		}
	}
	return nil
}

// signIn judges an email and a password:
//
//	user     | password | error
//	---------|----------|---------------
//	unknown  | any      | errNoMatch, after the same work as for a known one
//	locked   | any      | errLocked
//	known    | wrong    | errNoMatch
//	new      | right    | errUnconfirmed
//	known    | right    | nil
func (d *directory) signIn(email, password string) (person, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.find(email)
	if p == nil {
		hashPassword(password, make([]byte, 16))
		return person{}, errNoMatch
	}
	now := d.now()
	if now.Before(p.lockedUntil) {
		return person{}, errLocked
	}
	if !p.matches(password) {
		if p.wrong++; p.wrong >= wrongTries {
			p.wrong, p.lockedUntil = 0, now.Add(lockTime)
		}
		return person{}, errNoMatch
	}
	p.wrong = 0
	if p.unconfirmed {
		return *p, errUnconfirmed
	}
	return *p, nil
}

// signUp adds an unconfirmed person without groups.
func (d *directory) signUp(email, password string) error {
	email, err := checkEmail(email)
	if err != nil {
		return err
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.find(email) != nil {
		return errTaken
	}
	d.people = append(d.people, newPerson(email, User{Password: password, Unconfirmed: true}))
	return nil
}

// mail makes the code that a mail to the person would bring. For somebody
// unknown it makes one too, which never works: so a page that shows it does
// not tell who has an account.
func (d *directory) mail(email, purpose string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := new(big.Int).SetBytes(randomBytes(8))
	digits := fmt.Sprintf("%06d", n.Mod(n, big.NewInt(1_000_000)))
	if p := d.find(email); p != nil {
		p.code = mailCode{digits: digits, purpose: purpose, until: d.now().Add(mailCodeTTL)}
	}
	return digits
}

// redeem needs mu. It gives the person whose code it is, and uses it up.
func (d *directory) redeem(email, purpose, digits string) (*person, error) {
	p := d.find(email)
	if p == nil || p.code.purpose != purpose || !d.now().Before(p.code.until) {
		return nil, errWrongCode
	}
	digits = strings.Join(strings.Fields(digits), "")
	if subtle.ConstantTimeCompare([]byte(p.code.digits), []byte(digits)) != 1 {
		if p.code.tries++; p.code.tries >= mailCodeTries {
			p.code = mailCode{}
		}
		return nil, errWrongCode
	}
	p.code = mailCode{}
	return p, nil
}

// confirm ends a sign-up.
func (d *directory) confirm(email, digits string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, err := d.redeem(email, "confirm", digits)
	if err != nil {
		return err
	}
	p.unconfirmed = false
	return nil
}

// reset sets a new password with the code from the mail, which also proves
// the address of somebody who never confirmed it.
func (d *directory) reset(email, digits, password string) error {
	if err := checkPassword(password); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	p, err := d.redeem(email, "reset", digits)
	if err != nil {
		return err
	}
	p.setPassword(password)
	p.unconfirmed, p.wrong, p.lockedUntil = false, 0, time.Time{}
	return nil
}

// bySub gives the person as they are now.
func (d *directory) bySub(sub string) (person, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.people {
		if p.sub == sub {
			return *p, true
		}
	}
	return person{}, false
}
