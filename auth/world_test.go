package auth

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// world is a user pool, a clock and a user's state directory.
type world struct {
	t        testing.TB
	pool     *faults.Pool
	clock    *clock
	state    string
	ring     *mapRing
	redirect []string
}

// clock is the real time with an offset that tests move.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *clock) forward(d time.Duration) { c.ahead.Add(int64(d)) }

var poolKeys = sync.OnceValue(localpool.NewKeys) // making keys is slow

// newWorld starts a pool. Options that are zero get what a test needs.
func newWorld(t testing.TB, o localpool.Options) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{}, state: filepath.Join(t.TempDir(), "state"), ring: &mapRing{items: map[string]string{}}}
	for range 3 {
		w.redirect = append(w.redirect, "http://localhost:"+freePort(t)+"/")
	}
	o.Now, o.RedirectURIs = w.clock.now, w.redirect
	if o.Keys == nil {
		o.Keys = poolKeys()
	}
	pool, err := faults.New(o)
	if err != nil {
		t.Fatal(err)
	}
	pool.Start()
	t.Cleanup(func() { pool.Close() })
	w.pool = pool
	return w
}

func freePort(t testing.TB) string {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// options are those of a process in this world, with the fake keyring.
func (w *world) options() Options {
	domain, err := url.Parse(w.pool.Domain())
	if err != nil {
		w.t.Fatal(err)
	}
	return Options{
		Cognito: cognito.Config{
			Domain: domain, ClientID: w.pool.ClientID(), LogoutURI: w.pool.SignedOutURI(), Issuer: w.pool.Issuer(),
		},
		RedirectURIs: w.redirect, Store: store.Keyring(w.ring), StateDir: w.state, Now: w.clock.now,
		LocalPool: true, // nobody is asked whether they are somebody else now
	}
}

// process is a Service as another process on the same machine would have it.
func (w *world) process(change ...func(*Options)) *Service {
	w.t.Helper()
	o := w.options()
	for _, f := range change {
		f(&o)
	}
	s, err := New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	s.jitter = func() time.Duration { return 0 }
	w.t.Cleanup(func() { s.Close() })
	return s
}

// signIn goes through a browser, played by a script.
func (w *world) signIn(s *Service, email string) session.Session {
	w.t.Helper()
	got, page, err := w.trySignIn(s, email)
	if err != nil {
		w.t.Fatalf("sign in as %s: %v", email, err)
	}
	if !strings.Contains(page.Body, "signed in") {
		w.t.Fatalf("the browser shows %d %q", page.Status, page.Body)
	}
	return got
}

func (w *world) trySignIn(s *Service, email string) (session.Session, localpool.Final, error) {
	w.t.Helper()
	a, err := s.Begin(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	defer a.Cancel()
	return w.finish(a, email)
}

// finish lets the person sign in at the attempt's address and waits for both.
func (w *world) finish(a *Attempt, email string) (session.Session, localpool.Final, error) {
	w.t.Helper()
	type shown struct {
		page localpool.Final
		err  error
	}
	seen := make(chan shown, 1)
	go func() {
		page, err := w.pool.Person(email, localpool.DemoPassword).SignIn(w.t.Context(), a.URL())
		seen <- shown{page, err}
		if err != nil || !strings.HasPrefix(page.URL, a.RedirectURI()) {
			w.t.Logf("the browser: %v, at %s: %d %s", err, page.URL, page.Status, page.Alert)
			a.Cancel() // nothing more will come
		}
	}()
	got, err := a.Wait(w.t.Context())
	s := <-seen
	return got, s.page, err
}

// refreshes is how many refresh requests the pool has seen.
func (w *world) refreshes() int { return w.pool.Faults().Seen(localpool.Token + " refresh_token") }

// next waits for an event; the limit is only there so that a failure ends.
func next(t testing.TB, events <-chan session.Event) session.Event {
	t.Helper()
	select {
	case e, ok := <-events:
		if !ok {
			t.Fatal("the events ended")
		}
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("no event came")
	}
	return session.Event{}
}

// tamper changes what is stored, keeping the store's own bookkeeping right.
func (w *world) tamper(s *Service, change func(*store.Saved)) {
	w.t.Helper()
	saved, err := s.opts.Store.Load(context.Background(), s.storage.account)
	if err != nil {
		w.t.Fatal(err)
	}
	change(&saved)
	if err := s.opts.Store.Save(context.Background(), s.storage.account, saved); err != nil {
		w.t.Fatal(err)
	}
}

// leaks reports which of the session's secrets a text holds.
func leaks(text string, saved store.Saved) error {
	for name, token := range map[string]secret.Text{"ID": saved.ID, "access": saved.Access, "refresh": saved.Refresh} {
		if !token.Empty() && strings.Contains(text, token.Reveal()) {
			return fmt.Errorf("it holds the %s token", name)
		}
	}
	return nil
}
