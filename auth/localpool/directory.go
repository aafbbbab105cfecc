package localpool

import (
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
	mailCodeTTL   = time.Hour
	mailCodeTries = 5
	wrongTries    = 10
	lockTime      = time.Minute
)

// directory is the people of the pool.
type directory struct {
	now func() time.Time

	mu     sync.Mutex
	people []*account // in the order of arrival
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
			if err := CheckGroup(g); err != nil {
				return nil, fmt.Errorf("person %q: %w", email, err)
			}
		}
		d.people = append(d.people, newAccount(email, u))
	}
	return d, nil
}

// find needs mu, or a directory that nobody else has yet.
func (d *directory) find(email string) *account {
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
func (d *directory) signIn(email, password string) (account, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.find(email)
	if p == nil {
		hashPassword(password, make([]byte, 16))
		return account{}, errNoMatch
	}
	now := d.now()
	if now.Before(p.lockedUntil) {
		return account{}, errLocked
	}
	if !p.matches(password) {
		if p.wrong++; p.wrong >= wrongTries {
			p.wrong, p.lockedUntil = 0, now.Add(lockTime)
		}
		return account{}, errNoMatch
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
	d.people = append(d.people, newAccount(email, User{Password: password, Unconfirmed: true}))
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
func (d *directory) redeem(email, purpose, digits string) (*account, error) {
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
func (d *directory) bySub(sub string) (account, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, p := range d.people {
		if p.sub == sub {
			return *p, true
		}
	}
	return account{}, false
}

func (d *directory) change(email string, do func(*account) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	u := d.find(email)
	if u == nil {
		return fmt.Errorf("%w: %s", ErrNoSuchUser, email)
	}
	return do(u)
}

// warm makes the hashes that are not made yet, so that the first sign-in of a
// person takes no longer than that of somebody unknown.
func (d *directory) warm() {
	d.mu.Lock()
	people := slices.Clone(d.people)
	d.mu.Unlock()
	for _, u := range people {
		d.mu.Lock()
		hash := u.hash
		d.mu.Unlock()
		hash()
	}
}
