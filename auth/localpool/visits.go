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

// visit is one browser. Its id is in a cookie.
type visit struct {
	until    time.Time // when the sign-in of this browser ends
	sub      string    // who is signed in; "" = nobody
	authTime time.Time
	seen     time.Time
	mail     letter // the last mail that this browser asked for
}

// letter is a mail that is shown rather than sent.
type letter struct{ To, Purpose, Code string }

const mostVisits = 10_000

// visits are the browsers that have shown up.
type visits struct {
	mu sync.Mutex
	m  map[string]visit
}

func newVisits() *visits { return &visits{m: map[string]visit{}} }

func (v *visits) get(id string) (visit, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	one, ok := v.m[id]
	return one, ok
}

// put keeps a visit. Many more than there can be browsers means that
// somebody calls without cookies: then the older half goes.
func (v *visits) put(id string, one visit) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.m) >= mostVisits {
		for key, old := range v.m {
			if one.seen.Sub(old.seen) > time.Minute || len(v.m) > mostVisits/2 && old.sub == "" {
				delete(v.m, key)
			}
		}
	}
	v.m[id] = one
}

func (v *visits) drop(id string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.m, id)
}

// cookie names carry the port: browsers do not tell cookies apart by it, and
// there may be two pools on one machine.
func (p *Pool) cookie(name string) string {
	return "tabgate_" + name + "_" + p.host[strings.LastIndex(p.host, ":")+1:]
}

// visitor gives the browser's visit, and begins one for a newcomer.
func (p *Pool) visitor(w http.ResponseWriter, r *http.Request) (string, visit) {
	now := p.now()
	if c, err := r.Cookie(p.cookie("pool")); err == nil {
		if one, ok := p.visits.get(c.Value); ok {
			if !now.Before(one.until) {
				one.sub = ""
			}
			one.seen = now
			return c.Value, one
		}
	}
	return p.newVisit(w, visit{seen: now})
}

// newVisit gives the browser a fresh id, also when it had one: an id from
// before a sign-in must not be worth anything after it.
func (p *Pool) newVisit(w http.ResponseWriter, one visit) (string, visit) {
	id := randomHex(32)
	p.visits.put(id, one)
	p.setCookie(w, "pool", id)
	return id, one
}

func (p *Pool) setCookie(w http.ResponseWriter, name, value string) {
	http.SetCookie(w, &http.Cookie{
		Name: p.cookie(name), Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// csrf is the token that forms shown to this visit carry.
func (p *Pool) csrf(id string) string {
	mac := hmac.New(sha256.New, p.csrfKey)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil))
}

// sentTwice reports whether a post comes from a form of ours whose visit ended
// with a sign-in just now: a double click sends it twice, and the browser shows
// what comes of the second. Nothing of that visit is left to be had by it.
func (p *Pool) sentTwice(r *http.Request) bool {
	c, err := r.Cookie(p.cookie("pool"))
	return err == nil && len(c.Value) == 64 && p.fromOurForm(r, c.Value)
}

// fromOurForm reports whether a post carries the token of its own visit and
// comes from a page of this pool, where the browser says so.
func (p *Pool) fromOurForm(r *http.Request, id string) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return false
	}
	return hmac.Equal([]byte(r.PostFormValue("_csrf")), []byte(p.csrf(id)))
}
