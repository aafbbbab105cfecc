package auth

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

// sent remembers what went to which host.
type sent struct {
	mu  sync.Mutex
	to  map[string]string
	err error // in the place of an answer
}

func (s *sent) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	s.to["http://"+r.URL.Host] += r.Header.Get("Authorization") + " " + string(body) + "\n"
	s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	return http.DefaultTransport.RoundTrip(r)
}

// all ends all sessions of this world's user, and gives what went where.
func (w *world) all(change ...func(*AllOptions)) (ended []Ended, went map[string]string) {
	w.t.Helper()
	record := &sent{to: map[string]string{}}
	o := AllOptions{StateDir: w.state, HTTP: &http.Client{Transport: record}, Stores: []store.Store{store.Keyring(w.ring)}}
	if files, err := store.File(w.tokens()); err == nil {
		o.Stores = append(o.Stores, files)
	}
	for _, f := range change {
		f(&o)
	}
	ended, err := EndAll(w.t.Context(), o)
	must(w.t, err)
	return ended, record.to
}

// neighbour is another pool of the same user.
func (w *world) neighbour(o localpool.Options) *world {
	n := newWorld(w.t, o)
	n.state, n.ring = w.state, w.ring
	return n
}

// tokenIn reports whether a form holds the session's refresh token.
func tokenIn(text string, saved store.Saved) bool {
	return strings.Contains(text, url.QueryEscape(saved.Refresh.Reveal()))
}

func refused(t *testing.T, s *Service, saved store.Saved) {
	t.Helper()
	if _, err := s.client.Refresh(t.Context(), saved.Refresh); poolKind(err) != cognito.Refused {
		t.Errorf("its refresh token still works: %v", err)
	}
}

func TestR10EverySessionEndsAtItsOwnUserPool(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	n := w.neighbour(localpool.Options{})
	here, work := w.process(), w.process(func(o *Options) { o.Profile = "work" })
	w.inFiles(&Options{}) // makes the directory
	saved := map[*Service]store.Saved{}
	for s, who := range map[*Service]string{here: "analyst@example.com", work: "both@example.com"} {
		w.signIn(s, who)
		saved[s] = s.current().Saved
	}
	files, err := store.File(w.tokens())
	must(t, err)
	there := n.process(func(o *Options) { o.Store = files })
	n.signIn(there, "guest@example.com")
	saved[there] = there.current().Saved

	m := newManualAlarm()
	there.alarm = m.alarm
	events := there.Events(t.Context())
	m.wait(t)
	ended, went := w.all()
	if len(ended) != 3 || len(went) != 2 {
		t.Fatalf("ended %+v at %d domains", ended, len(went))
	}
	for _, e := range ended {
		if e.Err != nil || !strings.HasSuffix(e.Text, ": revoked and deleted.") {
			t.Errorf("%+v", e)
		}
	}
	if e := next(t, events); e.Session.SignedIn() || !strings.Contains(e.Text, "another tabgate") {
		t.Errorf("a running tabgate gets %+v", e)
	}
	for s, one := range saved {
		refused(t, s, one)
		for domain, text := range went {
			if own := domain == s.storage.account.Domain; tokenIn(text, one) != own {
				t.Errorf("%s got the token of %s: %v", domain, s.storage.account.Domain, !own)
			}
		}
	}
	if left, err := store.List(here.storage.dir, files); err != nil || len(left) != 0 || w.ring.count() != 0 || w.items() != 0 {
		t.Errorf("left: %v, %d items, %d files, %v", left, w.ring.count(), w.items(), err)
	}
	if again, went := w.all(); len(again) != 0 || len(went) != 0 {
		t.Errorf("once more: %v", again)
	}
}

// Another program that runs as this user, or a disk that comes from elsewhere,
// may have written anything into the index.
func TestR10ATamperedIndexLeadsNoTokenElsewhere(t *testing.T) {
	t.Parallel()
	type entry = map[string]map[string]string
	tests := map[string]func(w *world, own store.Account, evil string){
		"its domain is another": func(w *world, own store.Account, evil string) {
			w.rewrite(own, "keyring", entry{"owner": {"domain": evil, "client_id": own.ClientID, "profile": own.Profile, "issuer": own.Issuer}})
		},
		"an entry more, of another account": func(w *world, own store.Account, evil string) {
			a := own
			a.Domain = evil
			w.rewrite(a, "keyring", entry{"owner": {"domain": evil, "client_id": own.ClientID, "profile": own.Profile, "issuer": own.Issuer}})
			w.rewrite(a, "file", entry{"owner": {"domain": evil, "client_id": own.ClientID, "profile": own.Profile, "issuer": own.Issuer}})
		},
		"it names another store too": func(w *world, own store.Account, evil string) {
			w.rewrite(own, "file", entry{"owner": {"domain": evil}})
		},
		"it is empty": func(w *world, own store.Account, _ string) {
			must(w.t, os.WriteFile(filepath.Join(w.state, "auth", own.Key()+".keyring"), nil, 0o600))
		},
	}
	for name, tamper := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			evil := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				t.Errorf("a stranger was sent %s %s", r.URL, body)
			}))
			defer evil.Close()
			w := newWorld(t, localpool.Options{})
			s := w.process()
			w.signIn(s, "analyst@example.com")
			saved := s.current().Saved
			tamper(w, s.storage.account, evil.URL)
			var asked []string
			_, went := w.all(func(o *AllOptions) {
				o.Secret = func(a store.Account) secret.Text { asked = append(asked, a.Domain); return secret.Text{} }
			})
			if len(went) != 1 || !tokenIn(went[w.pool.Domain()], saved) {
				t.Errorf("its own pool was sent %q", went)
			}
			if len(asked) != 1 || asked[0] != w.pool.Domain() {
				t.Errorf("secrets were asked for %q", asked)
			}
			refused(t, s, saved)
			if w.ring.count() != 0 {
				t.Errorf("%d items are left", w.ring.count())
			}
		})
	}
}

func (w *world) rewrite(a store.Account, kind string, content any) {
	w.t.Helper()
	data, err := json.Marshal(content)
	must(w.t, err)
	must(w.t, os.WriteFile(filepath.Join(w.state, "auth", a.Key()+"."+kind), data, 0o600))
}

// A stored set that says that it is another domain's has been tampered with.
func TestR10ATamperedSetIsSentNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(w.inFiles)
	w.signIn(s, "analyst@example.com")
	path := filepath.Join(w.tokens(), s.storage.account.Key()+".session")
	text, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, bytes.ReplaceAll(text, []byte(`"domain":"`+w.pool.Domain()), []byte(`"domain":"https://evil.example`)), 0o600))
	ended, went := w.all()
	if len(ended) != 1 || len(went) != 0 || !strings.Contains(ended[0].Text, "was damaged, and is deleted") || w.items() != 0 {
		t.Errorf("ended %+v, sent %v, %d files left", ended, went, w.items())
	}
}

func TestR10WhatCannotBeRevokedIsDeletedAllTheSame(t *testing.T) {
	t.Parallel()
	const key = "the client's secret"
	tests := map[string]struct {
		pool    localpool.Options
		before  func(w *world, s *Service)
		options func(*AllOptions)
		says    string
		sent    bool // a request is made
		fails   bool
	}{
		"without the client's secret": {
			pool: localpool.Options{ClientSecret: secret.New(key)},
			says: "deleted here; its refresh token ends by itself, for revoking it needs the app client's secret", sent: true,
		},
		"with the client's secret": {
			pool: localpool.Options{ClientSecret: secret.New(key)},
			options: func(o *AllOptions) {
				o.Secret = func(a store.Account) secret.Text { return secret.New(key) }
			},
			says: "revoked and deleted", sent: true,
		},
		"offline": {
			// A pool that is closed would not do: another test may get its port.
			options: func(o *AllOptions) { o.HTTP.Transport.(*sent).err = syscall.ECONNREFUSED },
			says:    "deleted here; its refresh token ends by itself, for it could not be revoked: nothing listens on", sent: true,
		},
		"stored by an earlier version": {
			before: func(w *world, s *Service) {
				item := s.storage.account.Key() + "/manifest"
				w.ring.items[item] = strings.ReplaceAll(w.ring.items[item], `"owner":`, `"former":`)
				must(w.t, os.WriteFile(filepath.Join(s.storage.dir, s.storage.account.Key()+".keyring"), nil, 0o600))
			},
			says: "deleted here; its refresh token ends by itself, for an earlier version did not store which user pool it is of",
		},
		"a piece of it is missing": {
			before: func(w *world, s *Service) { delete(w.ring.items, s.storage.account.Key()+"/a/refresh/0") },
			says:   "was damaged, and is deleted",
		},
		"it is gone already": {
			before: func(w *world, _ *Service) { clear(w.ring.items) },
			says:   "was gone already",
		},
		"K-5 the keyring is locked": {
			before: func(w *world, _ *Service) { w.ring.failing(func(string, string) error { return errStore }) },
			says:   "could not be deleted, but is marked as signed out and will not be used: the keyring is locked", fails: true,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, test.pool)
			s := w.process(func(o *Options) { o.Cognito.ClientSecret = test.pool.ClientSecret })
			w.signIn(s, "analyst@example.com")
			if test.before != nil {
				test.before(w, s)
			}
			if test.options == nil {
				test.options = func(*AllOptions) {}
			}
			ended, went := w.all(test.options)
			if len(ended) != 1 || !strings.Contains(ended[0].Text, test.says) || (ended[0].Err != nil) != test.fails || len(went) > 0 != test.sent {
				t.Fatalf("ended %+v, sent to %d", ended, len(went))
			}
			left, err := store.List(s.storage.dir)
			if err != nil || !test.fails && (len(left) != 0 || w.ring.count() != 0) || test.fails && (len(left) != 1 || !left[0].Ended) {
				t.Errorf("left: %+v, %d items, %v", left, w.ring.count(), err)
			}
			w.ring.failing(nil)
			next := w.process()
			if got, err := next.Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("the next start: %+v, %v", got, err)
			}
			next.Close() // waits for what it cleans
			if left, err := store.List(s.storage.dir); err != nil || len(left) != 0 || w.ring.count() != 0 {
				t.Errorf("left after the next start: %+v, %d items, %v", left, w.ring.count(), err)
			}
		})
	}
}

func TestR9TheIndexIsReadWithoutAskingAKeyring(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	work := w.process(func(o *Options) { o.Profile = "work" })
	w.signIn(work, "both@example.com")
	s := w.process(w.inFiles)
	w.signIn(s, "analyst@example.com")
	w.ring.failing(func(op, item string) error { t.Errorf("%s %s", op, item); return errStore })
	files, err := store.File(w.tokens())
	must(t, err)
	all, err := Stored(w.state, store.Keyring(w.ring), files)
	if err != nil || len(all) != 2 || all[0].Account != s.storage.account || all[0].Store != "file" ||
		all[1].Account != work.storage.account || all[1].Store != "keyring" || all[1].Since.IsZero() {
		t.Fatalf("stored: %+v, %v", all, err)
	}
	if !s.Owns(all[0]) || s.Owns(all[1]) || !work.Owns(all[1]) {
		t.Error("an entry is taken for another account's")
	}
	w.ring.failing(nil)
	work.SignOut(t.Context(), false)
	if all, err := Stored(w.state, files); err != nil || len(all) != 1 || !s.Owns(all[0]) {
		t.Errorf("after the other's sign-out: %+v, %v", all, err)
	}
	if all, err := Stored(""); err != nil || all != nil {
		t.Errorf("without a state directory: %v, %v", all, err)
	}
}

// A refresh keeps the time of the sign-in, which the index shows.
func TestR9ARefreshLeavesTheTimeOfTheSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "both@example.com")
	since := s.current().Saved.Since
	for range 2 {
		if _, err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		s = w.process()
		if _, err := s.Restore(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := store.List(s.storage.dir); err != nil || len(all) != 1 || since.IsZero() || !all[0].Since.Equal(since) {
		t.Errorf("since %v: %+v, %v", since, all, err)
	}
}
