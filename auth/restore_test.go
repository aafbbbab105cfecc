package auth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	stolen := theirs.current().Saved
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
