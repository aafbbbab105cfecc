package auth

import (
	"os"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
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
	if n := w.pool.Faults().Seen(localpool.JWKS); n != 1 || !s.keysOf(w.pool.Issuer()).Ready() {
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
		fault    localpool.Fault
	}{
		"the keys are not there":           {localpool.JWKS, localpool.HTML(404)},
		"the discovery document is broken": {localpool.Discovery, localpool.Raw(200, `{"issuer":`)},
		"T-1 the keys have moved":          {localpool.JWKS, localpool.Redirect(302, "http://127.0.0.1:1/")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.pool.Faults().Set(test.endpoint, test.fault)
			a, err := w.process().Begin(t.Context())
			must(t, err)
			defer a.Cancel()
			if hint := <-a.Hints(); !strings.Contains(hint, "will fail as things stand") {
				t.Errorf("hint %q", hint)
			}
		})
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
	if _, err := os.Lstat(s.passing); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", s.passing, err)
	}
}
