package auth

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/store"
)

// trusting is a process that was given neither a pool id nor an issuer.
func trusting(o *Options) { o.Cognito.Issuer = "" }

func TestA5AnIssuerTrustedOnFirstUseIsPinnedAndAChangeRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	first := w.signIn(w.process(trusting), "analyst@example.com")
	if first.Issuer != w.pool.Issuer() {
		t.Fatalf("issuer %q", first.Issuer)
	}
	if again, err := w.process(trusting).Restore(t.Context()); err != nil || again.Sub != first.Sub {
		t.Fatalf("restored %+v, %v", again, err)
	}
	w.signIn(w.process(trusting), "analyst@example.com") // the same issuer again
	pool := w.replacePool()
	a, err := w.process(trusting).Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	got, err := a.Wait(t.Context()) // no code is needed to see it
	if got.SignedIn() || !errors.Is(err, ErrConfig) || pool.Faults().Seen(localpool.Token) != 0 {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, want := range []string{"no such user pool", first.Issuer, "COGNITO_ISSUER", ".issuer"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
	w.signIn(w.process(func(o *Options) { o.Cognito.Issuer = pool.Issuer() }), "analyst@example.com")
	removeFiles(t, w.state, "*.issuer")
	w.signIn(w.process(trusting), "analyst@example.com")
}

func TestA5TokensOfAnotherIssuerThanThePinnedAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	first := w.signIn(w.process(trusting), "analyst@example.com")
	other := w.pool.Domain() + "/local_Other"
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["iss"] = other })
	got, page, err := w.trySignIn(w.process(trusting), "analyst@example.com")
	if got.SignedIn() || !errors.Is(err, ErrConfig) || !strings.Contains(page.Alert, "not signed in") {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, want := range []string{first.Issuer, other, "COGNITO_ISSUER", ".issuer"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
}

func TestA5AnIssuerThatDoesNotFitTheDomainIsNotTrusted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Claims["iss"] = "https://attacker.example" })
	got, _, err := w.trySignIn(w.process(trusting), "analyst@example.com")
	if got.SignedIn() || err == nil || !strings.Contains(err.Error(), "COGNITO_ISSUER") {
		t.Errorf("got %+v, %v", got, err)
	}
	if found, _ := filepath.Glob(filepath.Join(w.state, "auth", "*.issuer")); len(found) != 0 {
		t.Errorf("pinned %v", found)
	}
}

func TestA5ABrokenPinIsNotTakenForNone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(trusting), "analyst@example.com")
	s := w.process(trusting)
	if err := store.WritePrivate(s.issuers.pinFile(), []byte(`{"issuer":`)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Begin(t.Context()); !errors.Is(err, ErrConfig) {
		t.Errorf("begin: %v", err)
	}
	if got, err := s.Restore(t.Context()); got.SignedIn() || !errors.Is(err, ErrConfig) {
		t.Errorf("restore: %+v, %v", got, err)
	}
}

func TestNoFileOfTheStateDirectoryHoldsASecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(trusting)
	w.signIn(s, "both@example.com")
	if _, err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	saved, files := s.current().Saved, []string{}
	err := filepath.WalkDir(w.state, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files = append(files, filepath.Ext(path))
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return leaks(string(data), saved)
	})
	slices.Sort(files)
	if want := []string{".generation", ".issuer", ".keyring", ".keys", ".lock"}; err != nil || !slices.Equal(files, want) {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestTheSignOutAddressIsTheRegisteredOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	u, err := url.Parse(w.process().client.LogoutURL())
	if err != nil || u.Query().Get("logout_uri") != w.pool.SignedOutURI() || u.Query().Get("client_id") != w.pool.ClientID() {
		t.Errorf("got %v, %v", u, err)
	}
}

// A user pool id allows two issuers, and a pool may be switched from one to
// the other; no others are followed.
func TestA5J9AUserPoolIDAllowsItsOwnIssuersAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	forms := func(issuers ...string) func(*Options) {
		return func(o *Options) { o.Cognito.Issuer, o.Issuers = "", issuers }
	}
	other := w.pool.Domain() + "/local_Other"
	a, err := w.process(forms(other)).Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	got, err := a.Wait(t.Context())
	if got.SignedIn() || !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "COGNITO_USER_POOL_ID") {
		t.Fatalf("of another pool: %+v, %v", got, err)
	}
	first := w.signIn(w.process(forms(other, w.pool.Issuer())), "analyst@example.com")
	if got, err := w.process(forms(other, first.Issuer)).Restore(t.Context()); err != nil || got.Issuer != first.Issuer {
		t.Errorf("restored: %+v, %v", got, err)
	}
	if got, err := w.process(forms(other)).Restore(t.Context()); got.SignedIn() || !errors.Is(err, ErrConfig) {
		t.Errorf("with another pool id: %+v, %v", got, err)
	}
	second := w.replacePool()
	moved := w.signIn(w.process(forms(first.Issuer, second.Issuer())), "analyst@example.com")
	if moved.Issuer != second.Issuer() {
		t.Errorf("after the switch: %+v", moved)
	}
}

// replacePool puts another pool in the place of the first: the same address,
// another issuer.
func (w *world) replacePool() *faults.Pool {
	w.t.Helper()
	host := w.pool.Domain()[len("http://"):]
	w.pool.Close()
	pool, err := faults.New(localpool.Options{Listen: host, Keys: poolKeys(), Now: w.clock.now, RedirectURIs: w.redirect})
	must(w.t, err)
	w.t.Cleanup(func() { pool.Close() })
	pool.Start()
	w.pool = pool
	return pool
}
