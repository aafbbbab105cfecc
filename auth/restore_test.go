package auth

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

func TestRestoreOfNobodyIsNoError(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	if got, err := w.process().Restore(t.Context()); err != nil || got.SignedIn() {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Tokens are not trusted because they come from the keyring: here they are
// changed there by whoever can write it.
func TestJ26StoredTokensAreVerifiedAgainAndRemovedWhenTheyFail(t *testing.T) {
	t.Parallel()
	flip := func(s secret.Text) secret.Text { // changes one bit of the signature
		b := []byte(s.Reveal())
		b[len(b)-20] ^= 1
		return secret.New(string(b))
	}
	tests := map[string]func(*store.Saved){
		"the ID token's signature is changed":     func(s *store.Saved) { s.ID = flip(s.ID) },
		"the access token's signature is changed": func(s *store.Saved) { s.Access = flip(s.Access) },
		"the signature is cut off": func(s *store.Saved) {
			s.ID = secret.New(s.ID.Reveal()[:strings.LastIndex(s.ID.Reveal(), ".")+1])
		},
		"the two tokens are exchanged":        func(s *store.Saved) { s.ID, s.Access = s.Access, s.ID },
		"there is no access token":            func(s *store.Saved) { s.Access = secret.Text{} },
		"garbage lies in the place of tokens": func(s *store.Saved) { s.ID = secret.New("\x1b]52;c;eA==\x07") },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s := w.process()
			w.signIn(s, "underwriter@example.com")
			w.tamper(s, change)
			next := w.process()
			got, err := next.Restore(t.Context())
			if got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
				t.Errorf("got %+v, %v", got, err)
			}
			if strings.ContainsAny(err.Error(), "\x1b\x07") {
				t.Errorf("the sentence acts on a terminal: %q", err)
			}
			next.Close() // waits for the cleaning
			if left := w.ring.count(); left != 0 {
				t.Errorf("%d items are left in the keyring", left)
			}
		})
	}
}

func TestJ26TokensOfAnotherPoolWithTheSameClientAreRefused(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t, localpool.Options{}), newWorld(t, localpool.Options{Keys: localpool.NewKeys()})
	mine, theirs := w.process(), other.process()
	w.signIn(mine, "guest@example.com")
	other.signIn(theirs, "both@example.com")
	stolen := theirs.now().saved
	w.tamper(mine, func(s *store.Saved) { s.ID, s.Access, s.Issuer = stolen.ID, stolen.Access, stolen.Issuer })
	if got, err := w.process().Restore(t.Context()); got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestK3AHalfWrittenSetIsSignedOutAndCleaned(t *testing.T) {
	t.Parallel()
	tests := map[string]func(items map[string]string, item string){
		"a missing chunk":  func(items map[string]string, item string) { delete(items, item) },
		"a changed chunk":  func(items map[string]string, item string) { items[item] += "x" },
		"an emptied chunk": func(items map[string]string, item string) { items[item] = "" },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.signIn(w.process(), "underwriter@example.com")
			for item := range w.ring.items {
				if strings.HasSuffix(item, "/refresh/0") {
					spoil(w.ring.items, item)
				}
			}
			s := w.process()
			got, err := s.Restore(t.Context())
			if got.SignedIn() || !errors.Is(err, ErrNotSignedIn) || !strings.Contains(err.Error(), "sign in again") {
				t.Errorf("got %+v, %v", got, err)
			}
			s.Close()
			if left := w.ring.count(); left != 0 {
				t.Errorf("%d items are left in the keyring", left)
			}
		})
	}
}

func TestK1ASlowKeyringHoldsRestoreNoLongerThanItsContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	release := make(chan struct{})
	defer close(release)
	w.ring.failing(func(string, string) error { <-release; return nil })
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	got, err := w.process().Restore(ctx)
	if got.SignedIn() || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestK1ALockedKeyringAtTheStartIsNamedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(), "analyst@example.com")
	w.ring.failing(func(string, string) error { return errors.New("org.freedesktop.Secret.Error.IsLocked") })
	got, err := w.process().Restore(t.Context())
	if got.SignedIn() || storeReason(err) != store.Locked || errors.Is(err, ErrNotSignedIn) {
		t.Errorf("while it is locked: %+v, %v", got, err)
	}
	w.ring.failing(nil)
	if got, err := w.process().Restore(t.Context()); err != nil || !got.SignedIn() {
		t.Errorf("after unlocking: %+v, %v", got, err)
	}
}

func TestRestoreOfAnEndedSessionWaitsForARefreshAndShowsNoTabs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(), "underwriter@example.com")
	w.clock.forward(3 * time.Hour)
	s := w.process()
	got, err := s.Restore(t.Context())
	rule := session.Rule{Groups: []string{localpool.Underwriters}}
	if err != nil || !got.SignedIn() || rule.Check(got, w.clock.now()) != session.NeedSignIn {
		t.Fatalf("got %+v, %v", got, err)
	}
	e := next(t, s.Events(t.Context()))
	if e.Err != nil || rule.Check(e.Session, w.clock.now()) != session.Open || w.refreshes() != 1 {
		t.Errorf("then %+v after %d refreshes", e, w.refreshes())
	}
}

func TestRestoreOfAnEndedSessionThatCannotBeRefreshedIsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "underwriter@example.com")
	w.tamper(s, func(saved *store.Saved) { saved.Refresh = secret.Text{} })
	w.clock.forward(3 * time.Hour)
	if got, err := w.process().Restore(t.Context()); got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRestoreWithoutTheKeptKeysWaitsForTheNetworkAndDeletesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(), "analyst@example.com")
	removeFiles(t, w.state, "*.keys")
	s := w.process()
	got, err := s.Restore(t.Context())
	if got.SignedIn() || !errors.Is(err, ErrNetwork) || w.ring.count() == 0 {
		t.Fatalf("got %+v, %v with %d items left", got, err, w.ring.count())
	}
	e := next(t, s.Events(t.Context()))
	if e.Err != nil || e.Session.Email != "analyst@example.com" || w.refreshes() != 0 {
		t.Errorf("then %+v after %d refreshes", e, w.refreshes())
	}
	removeFiles(t, w.state, "*.keys")
	if access, err := w.process().Token(t.Context(), "access"); err != nil || access.Empty() {
		t.Errorf("a command that needs a token: %v", err)
	}
}

func removeFiles(t *testing.T, state, pattern string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(state, "auth", pattern))
	if err != nil || len(found) == 0 {
		t.Fatalf("no %s in the state directory, %v", pattern, err)
	}
	for _, path := range found {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAClockThatIsBehindSaysSoAndDeletesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(), "analyst@example.com")
	w.clock.forward(-10 * time.Minute)
	s := w.process()
	got, err := s.Restore(t.Context())
	s.Close()
	if got.SignedIn() || tokenReason(err) != token.ClockBehind || w.ring.count() == 0 {
		t.Errorf("got %+v, %v with %d items left", got, err, w.ring.count())
	}
}

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
	host := w.pool.Domain()[len("http://"):]
	w.pool.Close()
	pool, err := localpool.New(localpool.Options{Listen: host, Keys: poolKeys(), Now: w.clock.now, RedirectURIs: w.redirect})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	pool.Start()
	w.pool = pool // the same address, another pool
	got, page, err := w.trySignIn(w.process(trusting), "analyst@example.com")
	if got.SignedIn() || !errors.Is(err, ErrConfig) || !strings.Contains(page.Alert, "not signed in") {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, want := range []string{first.Issuer, pool.Issuer(), "COGNITO_ISSUER", ".issuer"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
	w.signIn(w.process(func(o *Options) { o.Cognito.Issuer = pool.Issuer() }), "analyst@example.com")
	removeFiles(t, w.state, "*.issuer")
	w.signIn(w.process(trusting), "analyst@example.com")
}

func TestA5AnIssuerThatDoesNotFitTheDomainIsNotTrusted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.pool.Faults().Tokens(func(d *localpool.Draft) { d.Claims["iss"] = "https://attacker.example" })
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
	if err := store.WritePrivate(s.pinFile(), []byte(`{"issuer":`)); err != nil {
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
	saved, files := s.now().saved, []string{}
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
	if want := []string{".generation", ".issuer", ".keys", ".lock"}; err != nil || !slices.Equal(files, want) {
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
