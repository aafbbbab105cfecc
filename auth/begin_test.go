package auth

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/store"
)

func TestTheKeysOfAKnownIssuerAreFetchedWhileThePersonIsInTheBrowser(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	<-s.work.done()
	if n := w.pool.Faults().Seen(localpool.JWKS); n != 1 || !s.verifier.keysOf(w.pool.Issuer()).Ready() {
		t.Errorf("the keys were asked for %d times", n)
	}
	if got, _, err := w.finish(a, "analyst@example.com"); err != nil || !got.SignedIn() {
		t.Errorf("got %+v, %v", got, err)
	}
	again := w.process()
	w.signIn(again, "analyst@example.com")
	if n := w.pool.Faults().Seen(localpool.JWKS); n != 1 {
		t.Errorf("with the keys at hand they were asked for %d times", n)
	}
}

func TestKeysOutOfReachAreToldBeforeTheBrowserIsDone(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		endpoint string
		fault    faults.Fault
		says     string
	}{
		"the keys are not there":                           {localpool.JWKS, faults.HTML(404), "404"},
		"T-3 keys of more than a megabyte":                 {localpool.JWKS, faults.Huge(1 << 20), "1 MiB"},
		"T-3 a discovery document of more than a megabyte": {localpool.Discovery, faults.Huge(1 << 20), "1 MiB"},
		"T-2 the keys are a page":                          {localpool.JWKS, faults.HTML(200), "not JSON"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.pool.Faults().Set(test.endpoint, test.fault)
			a, err := w.process().Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			if hint := <-a.Hints(); !strings.Contains(hint, "cannot succeed as things stand") || !strings.Contains(hint, test.says) {
				t.Errorf("hint %q", hint)
			}
		})
	}
}

// The keys elsewhere are the very same: only the way to them is refused.
func TestT1KeysThatHaveMovedAreNotFetched(t *testing.T) {
	t.Parallel()
	elsewhere := newWorld(t, localpool.Options{})
	for _, status := range []int{301, 302, 303, 307, 308} {
		w := newWorld(t, localpool.Options{})
		w.pool.Faults().Set(localpool.JWKS, faults.Redirect(status, elsewhere.pool.Issuer()+"/.well-known/jwks.json"))
		s := w.process()
		a, err := s.Begin(t.Context())
		must(t, err)
		if hint := <-a.Hints(); !strings.Contains(hint, "cannot succeed as things stand") {
			t.Errorf("%d: hint %q", status, hint)
		}
		if got, _, err := w.finish(a, "analyst@example.com"); err == nil || got.SignedIn() {
			t.Errorf("%d: signed in as %+v", status, got)
		}
	}
	if n := elsewhere.pool.Faults().Seen(localpool.JWKS); n != 0 {
		t.Errorf("the other address was asked %d times", n)
	}
}

func TestL2ATakenPortIsNamedWithTheOneInItsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	first, err := w.process().Begin(t.Context())
	must(t, err)
	defer first.Cancel()
	second, err := w.process(func(o *Options) { o.RedirectURIs = []string{first.RedirectURI(), w.redirect[2]} }).Begin(t.Context())
	must(t, err)
	defer second.Cancel()
	if hint := <-second.Hints(); !strings.Contains(hint, first.RedirectURI()+" is taken") || !strings.Contains(hint, second.RedirectURI()) {
		t.Errorf("hint %q", hint)
	}
}

func TestWithoutAStateDirectoryASessionLivesInMemoryAndSaysHowToKeepIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	s := w.process(func(o *Options) { o.StateDir = "" })
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	if hint := <-a.Hints(); !strings.Contains(hint, "memory") || !strings.Contains(hint, "XDG_STATE_HOME") {
		t.Errorf("hint %q", hint)
	}
	got, _, err := w.finish(a, "analyst@example.com")
	if err != nil || got.TokenStore != store.Memory().Kind() || w.ring.count() != 0 {
		t.Fatalf("got %+v, %v with %d items in the keyring", got, err, w.ring.count())
	}
	if again, err := s.Refresh(t.Context()); err != nil || !again.Live(w.clock.now()) {
		t.Errorf("refreshed: %+v, %v", again, err)
	}
	must(t, s.Close())
	if _, err := os.Lstat(s.tempDir); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", s.tempDir, err)
	}
}

// A home that is read-only, a disk that is full: whoever signs in is signed
// in, stays so, and is told why the next start will not know it.
func TestK1WithoutAStateDirectoryThatCanBeWrittenASessionLivesInMemory(t *testing.T) {
	t.Parallel()
	locked := store.Keyring(&mapRing{fail: func(string, string) error { return errors.New("it is locked") }})
	tests := map[string]func(*Options){
		"with a known issuer":          func(*Options) {},
		"with trust on the first use":  trusting,
		"and a locked keyring":         func(o *Options) { o.Store = locked },
		"with a store in memory alone": func(o *Options) { o.Store = nil },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{Rotation: true})
			must(t, os.WriteFile(w.state, []byte("in the way"), 0o600))
			s, m := w.process(change), newManualAlarm()
			s.alarm = m.alarm
			a, err := s.Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			hint := <-a.Hints()
			got, _, err := w.finish(a, "analyst@example.com")
			if err != nil || got.TokenStore != "memory" || w.ring.count() != 0 {
				t.Fatalf("got %+v, %v with %d items in the keyring", got, err, w.ring.count())
			}
			if !strings.Contains(hint, "will stay in memory: ") || strings.Contains(hint, "\n") || got.Note != "" {
				t.Errorf("it says %q before and %q afterwards", hint, got.Note)
			}
			events := s.Events(t.Context())
			for range 2 {
				w.clock.forward(time.Hour)
				m.ring()
				if e := next(t, events); e.Err != nil || !e.Session.Live(w.clock.now()) {
					t.Errorf("refreshed: %+v", e)
				}
			}
			if again, err := s.Refresh(t.Context()); err != nil || !again.Live(w.clock.now()) {
				t.Errorf("refreshed by hand: %+v, %v", again, err)
			}
			for _, step := range s.SignOut(t.Context(), false) {
				if step.Err != nil && storeReason(step.Err) != store.Locked {
					t.Errorf("signing out: %+v", step)
				}
			}
			if s.current().SignedIn() || w.pool.Faults().Seen(localpool.Revoke) != 1 {
				t.Error("not signed out")
			}
		})
	}
}

// What is odd about the tokens but harmless is said and not just counted.
func TestJ13J19WhatIsOddAboutGoodTokensIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Tokens(func(d *faults.Draft) {
		d.Claims["origin_jti"] = d.Use
		d.Claims["exp"] = w.clock.now().Add(48 * time.Hour).Unix()
	})
	got := w.signIn(w.process(), "analyst@example.com")
	for _, want := range []string{"different sign-ins", "more than a day"} {
		if strings.Count(got.Note, want) != 1 {
			t.Errorf("%q is not said once in %q", want, got.Note)
		}
	}
	if again, err := w.process().Restore(t.Context()); err != nil || again.Note != got.Note {
		t.Errorf("at the next start %q, %v", again.Note, err)
	}
	w.pool.Faults().Clear()
	if got := w.signIn(w.process(), "analyst@example.com"); got.Note != "" {
		t.Errorf("about tokens as they should be: %q", got.Note)
	}
}
