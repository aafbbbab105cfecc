package localpool

import (
	"crypto/subtle"
	"net/http"
	"sync"

	"github.com/authtabs/tabgate/auth/secret"
)

// mostRooms is how many browsers can have the admin page open.
const mostRooms = 16

// room is the admin page of one browser. Cookies go to every port of a host,
// so the cookie alone must be worth nothing to the server on another one: it
// belongs to a path that cannot be guessed, to which browsers restrict it, and
// which alone is worth nothing either. A change needs the form's token too.
type room struct {
	path   string
	cookie secret.Text
}

// name is what the token of the room's forms is made for. It is never a
// visit's id, which is in hexadecimal digits.
func (r room) name() string { return r.path + " " + r.cookie.Reveal() }

// rooms are the open ones, the oldest first. The zero value has none.
type rooms struct {
	mu  sync.Mutex
	all []room
}

func (r *rooms) open() room {
	r.mu.Lock()
	defer r.mu.Unlock()
	one := room{"/admin/" + randomHex(16), secret.New(randomHex(32))}
	r.all = append(r.all, one)
	if len(r.all) > mostRooms {
		r.all = r.all[1:]
	}
	return one
}

func (r *rooms) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.all)
}

// find compares in constant time: neither half must be found out by trying.
func (r *rooms) find(path, cookie string) (found room, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range r.all {
		if subtle.ConstantTimeCompare([]byte(one.path), []byte(path)) == 1 && one.cookie.Equal(cookie) {
			found, ok = one, true
		}
	}
	return found, ok
}

// room is the one that a request comes from.
func (p *Pool) room(r *http.Request) (room, bool) {
	c, err := r.Cookie(p.cookie("admin"))
	if err != nil {
		return room{}, false
	}
	return p.rooms.find(r.URL.Path, c.Value)
}
