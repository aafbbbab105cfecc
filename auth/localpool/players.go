package localpool

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Players signs the people of a pool in without a browser on the screen: each
// sign-in is played over HTTP by a [Person], from the log-in page to the app's
// redirect address. It is for the process that made the pool, which alone
// knows the passwords; no other address is ever sent one.
type Players struct {
	pool  *Pool
	users []User

	mu   sync.Mutex
	last *Person // whose browser is signed in; nil is nobody's
}

// NewPlayers returns players for those users that the pool was made with.
func NewPlayers(pool *Pool, users []User) *Players { return &Players{pool: pool, users: users} }

// People lists the users who can be played, with the groups that they have
// now, in the order in which NewPlayers was given them.
func (p *Players) People() (people []Listed) {
	now := map[string]Listed{}
	for _, u := range p.pool.Users() {
		now[u.Email] = u
	}
	for _, u := range p.users {
		if listed, ok := now[u.Email]; ok {
			people = append(people, listed)
		}
	}
	return people
}

// SignIn opens the address that an app gave in a new browser, signs in there,
// and returns when the browser has come to rest on the app's own page.
func (p *Players) SignIn(ctx context.Context, email, authorizeURL string) error {
	if !strings.HasPrefix(authorizeURL, p.pool.Domain()+Authorize+"?") {
		return errors.New("this is no log-in page of the local pool: nobody signs in there")
	}
	for _, u := range p.users {
		if u.Email != email {
			continue
		}
		person := NewPerson(u.Email, u.Password)
		p.keep(person)
		page, err := person.SignIn(ctx, authorizeURL)
		if err == nil {
			err = page.Err()
		}
		return err
	}
	return fmt.Errorf("%w: %s", ErrNoSuchUser, email)
}

// SignOut opens the pool's sign-out page in the browser that signed in last,
// and reports whether there was one.
func (p *Players) SignOut(ctx context.Context) (bool, error) {
	person := p.keep(nil)
	if person == nil {
		return false, nil
	}
	q := url.Values{"client_id": {p.pool.ClientID()}, "logout_uri": {p.pool.SignedOutURI()}}
	page, err := person.Open(ctx, p.pool.Domain()+"/logout?"+q.Encode())
	if err == nil {
		err = page.Err()
	}
	return true, err
}

// Leave forgets the browser that signed in last, as when somebody signs in
// with a browser of their own.
func (p *Players) Leave() { p.keep(nil) }

func (p *Players) keep(person *Person) (before *Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, p.last = p.last, person
	return before
}

// Err is an error for a page that says that something went wrong.
func (f Final) Err() error {
	if f.Status < http.StatusBadRequest {
		return nil
	}
	return fmt.Errorf("the browser ended at %s with status %d", withoutQuery(f.URL), f.Status)
}
