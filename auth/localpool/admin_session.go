package localpool

import (
	"crypto/subtle"
	"sync"

	"github.com/authtabs/tabgate/auth/secret"
)

// maxAdminSessions is how many browsers can have the admin page open.
const maxAdminSessions = 16

// adminSession is the admin page of one browser. Cookies go to every port of a
// host, so the cookie alone must be worth nothing to the server on another
// one: it belongs to a path that cannot be guessed, to which browsers restrict
// it, and which alone is worth nothing either. A change needs the form's token
// too.
type adminSession struct {
	path   string
	cookie secret.Text
}

// id is what the token of the page's forms is made for. It is never a browser
// session's id, which is in hexadecimal digits.
func (s adminSession) id() string { return s.path + " " + s.cookie.Reveal() }

// adminSessions are the open ones, the oldest first. The zero value has none.
type adminSessions struct {
	mu  sync.Mutex
	all []adminSession
}

func (s *adminSessions) open() adminSession {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := adminSession{"/admin/" + randomHex(16), secret.New(randomHex(32))}
	s.all = append(s.all, one)
	if len(s.all) > maxAdminSessions {
		s.all = s.all[1:]
	}
	return one
}

func (s *adminSessions) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.all)
}

// find compares in constant time: neither half must be found out by trying.
func (s *adminSessions) find(path, cookie string) (found adminSession, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.all {
		if subtle.ConstantTimeCompare([]byte(one.path), []byte(path)) == 1 && one.cookie.Equal(cookie) {
			found, ok = one, true
		}
	}
	return found, ok
}
