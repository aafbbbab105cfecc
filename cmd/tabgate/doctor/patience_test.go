package doctor

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

// meeting lets nobody through before everybody expected is there.
type meeting struct {
	mu      sync.Mutex
	missing int
	all     chan struct{}
}

func meet(n int) *meeting { return &meeting{missing: n, all: make(chan struct{})} }

func (m *meeting) come(ctx context.Context) {
	m.mu.Lock()
	if m.missing--; m.missing == 0 {
		close(m.all)
	}
	m.mu.Unlock()
	select {
	case <-m.all:
	case <-ctx.Done():
	}
}

// waiting is a transport on which each request first comes to the meeting of
// its path, if it has one.
type waiting struct {
	http.RoundTripper
	at map[string]*meeting
}

func (w waiting) RoundTrip(r *http.Request) (*http.Response, error) {
	for path, m := range w.at {
		if strings.HasSuffix(r.URL.Path, path) {
			m.come(r.Context())
		}
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return w.RoundTripper.RoundTrip(r)
}

type waitingStore struct {
	store.Store
	at *meeting
}

func (s waitingStore) Probe(ctx context.Context) error {
	s.at.come(ctx)
	return s.Store.Probe(ctx)
}

func TestWhatDoesNotDependOnEachOtherIsAskedAtTheSameTime(t *testing.T) {
	w := newWorld(t, nil)
	first, second := meet(3), meet(2)
	w.Store = waitingStore{w.Store, first}
	w.HTTP.Transport = waiting{w.HTTP.Transport, map[string]*meeting{
		"/oauth2/authorize": first, "/openid-configuration": first, "/oauth2/token": second, "/logout": second,
	}}
	for id, c := range w.run() {
		if c.Status != OK {
			t.Errorf("%s waited for another: %+v", id, c)
		}
	}
}

// silent takes connections and never answers.
func silent(t *testing.T) *url.URL {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	u, err := url.Parse("http://" + ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestWhoHangsIsNamed(t *testing.T) {
	never := meet(-1)
	tests := map[string]struct {
		spoil  func(*world)
		id     string
		detail string
	}{
		"the domain":         {func(w *world) { w.Config.Domain = silent(t) }, "domain", "takes connections but gave no answer within 1s"},
		"the issuer":         {func(w *world) { w.Config.Issuer = silent(t).String() + "/pool" }, "discovery", "did not answer in time"},
		"the keys":           {func(w *world) { w.hang(never, "/jwks.json") }, "keys", "did not answer in time"},
		"the token endpoint": {func(w *world) { w.hang(never, "/oauth2/token") }, "client", "the token endpoint gave no answer within 1s"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, nil)
			w.Patience = time.Second // for what answers, on a machine that is busy
			test.spoil(w)
			checks := w.run()
			if c := checks[test.id]; c.Status != Fail || !c.Away || !strings.Contains(c.Detail, test.detail) {
				t.Errorf("got %+v", c)
			}
			for id, c := range checks {
				if strings.Contains(c.Detail, "context") {
					t.Errorf("%s speaks of the program's insides: %q", id, c.Detail)
				}
			}
		})
	}
}

// hang lets requests for paths with this end wait for ever.
func (w *world) hang(never *meeting, path string) {
	w.HTTP.Transport = waiting{w.HTTP.Transport, map[string]*meeting{path: never}}
}

// A disk can hang as well, and no context reaches it.
func TestAStoreThatHangsIsNamed(t *testing.T) {
	w := newWorld(t, nil)
	hung := make(chan struct{})
	t.Cleanup(func() { close(hung) })
	w.Store, w.Patience = hungStore{w.Store, hung}, time.Second
	if c := w.run()["keyring"]; c.Status != Fail || !strings.Contains(c.Detail, "no answer within 1s") || !strings.Contains(c.Fix, "state directory") {
		t.Errorf("got %+v", c)
	}
}

type hungStore struct {
	store.Store
	until chan struct{}
}

func (s hungStore) Kind() string                { return "file" }
func (s hungStore) Probe(context.Context) error { <-s.until; return nil }
