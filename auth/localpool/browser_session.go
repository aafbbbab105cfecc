package localpool

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"
)

// browserSession is what the pool knows of one browser. Its id is in a cookie.
type browserSession struct {
	until    time.Time // when the sign-in of this browser ends
	sub      string    // who is signed in; "" = nobody
	authTime time.Time
	seen     time.Time
	mail     letter // the last mail that this browser asked for
}

// letter is a mail that is shown rather than sent.
type letter struct{ To, Purpose, Code string }

const (
	loginTTL           = time.Hour
	maxBrowserSessions = 10_000
)

// browserSessions are those of all browsers, by id.
type browserSessions struct {
	cookie string // name of the cookie
	now    func() time.Time
	csrf   csrfKey

	mu sync.Mutex
	m  map[string]browserSession
}

func newBrowserSessions(cookie string, csrf csrfKey, now func() time.Time) *browserSessions {
	return &browserSessions{cookie: cookie, now: now, csrf: csrf, m: map[string]browserSession{}}
}

// cookieName carries the port of host: browsers do not tell cookies apart by
// it, and there may be two pools on one machine.
func cookieName(name, host string) string {
	return "tabgate_" + name + "_" + host[strings.LastIndex(host, ":")+1:]
}

func (b *browserSessions) get(id string) (browserSession, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one, ok := b.m[id]
	return one, ok
}

// put keeps a session. Many more than there can be browsers means that
// somebody calls without cookies: then the older half goes.
func (b *browserSessions) put(id string, one browserSession) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.m) >= maxBrowserSessions {
		for key, old := range b.m {
			if one.seen.Sub(old.seen) > time.Minute || len(b.m) > maxBrowserSessions/2 && old.sub == "" {
				delete(b.m, key)
			}
		}
	}
	b.m[id] = one
}

func (b *browserSessions) drop(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.m, id)
}

// of gives the browser's session, and begins one for a newcomer.
func (b *browserSessions) of(w http.ResponseWriter, r *http.Request) (string, browserSession) {
	now := b.now()
	if c, err := r.Cookie(b.cookie); err == nil {
		if one, ok := b.get(c.Value); ok {
			if !now.Before(one.until) {
				one.sub = ""
			}
			one.seen = now
			return c.Value, one
		}
	}
	return b.begin(w, browserSession{seen: now})
}

// begin gives the browser a fresh id, also when it had one: an id from before
// a sign-in must not be worth anything after it.
func (b *browserSessions) begin(w http.ResponseWriter, one browserSession) (string, browserSession) {
	id := randomHex(32)
	b.put(id, one)
	b.setCookie(w, http.Cookie{Value: id})
	return id, one
}

// signIn ends the session id and begins one of the person sub. It returns the
// time of the sign-in.
func (b *browserSessions) signIn(w http.ResponseWriter, id, sub string) time.Time {
	now := b.now()
	b.drop(id)
	b.begin(w, browserSession{until: now.Add(loginTTL), sub: sub, authTime: now, seen: now})
	return now
}

func (b *browserSessions) end(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(b.cookie); err == nil {
		b.drop(c.Value)
	}
	b.setCookie(w, http.Cookie{MaxAge: -1})
}

func (b *browserSessions) setCookie(w http.ResponseWriter, c http.Cookie) {
	c.Name, c.Path, c.HttpOnly, c.SameSite = b.cookie, "/", true, http.SameSiteLaxMode
	http.SetCookie(w, &c)
}

// sentTwice reports whether a post comes from a form of ours whose session
// ended with a sign-in just now: a double click sends it twice, and the browser
// shows what comes of the second. Nothing of that session is left to be had by
// it.
func (b *browserSessions) sentTwice(r *http.Request) bool {
	c, err := r.Cookie(b.cookie)
	return err == nil && len(c.Value) == 64 && b.csrf.guards(r, c.Value)
}

// csrfKey makes the tokens that forms carry against forgery.
type csrfKey []byte

// token is what forms shown to the session id carry.
func (k csrfKey) token(id string) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil))
}

// guards reports whether a post carries the token of its own session and comes
// from a page of this pool, where the browser says so.
func (k csrfKey) guards(r *http.Request, id string) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return false
	}
	return hmac.Equal([]byte(r.PostFormValue("_csrf")), []byte(k.token(id)))
}
