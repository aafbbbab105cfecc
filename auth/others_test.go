package auth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
)

// memoryOnly makes the keyring take nothing new, but give what it has.
func (w *world) memoryOnly() {
	w.ring.failing(func(op, _ string) error {
		if op == "set" {
			return errStore
		}
		return nil
	})
}

// A session in memory over one that the keyring still has: signing out ends
// both, and neither refresh token works afterwards.
func TestR8SigningOutRevokesTheSessionInMemoryAndTheOneItDeletes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	stored, s := w.process(), w.process()
	w.signIn(stored, "guest@example.com")
	w.memoryOnly()
	w.signIn(s, "analyst@example.com")
	first, second := stored.current().Saved.Refresh, s.current().Saved.Refresh
	for _, step := range s.SignOut(t.Context(), false) {
		if step.Err != nil {
			t.Errorf("%+v", step)
		}
	}
	if w.ring.count() != 0 {
		t.Errorf("%d items are left", w.ring.count())
	}
	if _, err := s.client.Refresh(t.Context(), second); err == nil {
		t.Error("the refresh token of the session in memory still works")
	}
	if _, err := s.client.Refresh(t.Context(), first); err == nil {
		t.Error("the refresh token that was stored still works")
	}
}

func TestR8AHalfSignOutHelpsNobodySoItIsFinished(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "guest@example.com")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, step := range s.SignOut(ctx, true) {
		if step.Err != nil {
			t.Errorf("%+v", step)
		}
	}
	if w.ring.count() != 0 || w.pool.Faults().Seen(localpool.Revoke) != 1 {
		t.Errorf("%d items are left", w.ring.count())
	}
}

// Somebody removed the state directory under a running process.
func TestR6ASignInIsYoungerThanWhatIsHeldEvenWithoutMarks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.memoryOnly()
	w.signIn(s, "guest@example.com")
	for range 3 {
		if _, err := s.Refresh(t.Context()); err != nil && !errors.Is(err, errNotPersisted) {
			t.Fatal(err)
		}
	}
	must(t, os.RemoveAll(w.state))
	if got := w.signIn(s, "analyst@example.com"); got.Email != "analyst@example.com" {
		t.Errorf("signed in as %+v", got)
	}
	must(t, os.RemoveAll(w.state))
	s.SignOut(t.Context(), false)
	if s.current().SignedIn() {
		t.Error("still signed in")
	}
	if got := w.signIn(s, "guest@example.com"); got.Email != "guest@example.com" {
		t.Errorf("signed in again as %+v", got)
	}
}

// A mark that cannot be read may have said that the session was signed out.
func TestR6AMarkThatCannotBeReadLetsNobodyRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "guest@example.com")
	must(t, os.WriteFile(filepath.Join(s.storage.dir, s.storage.account.Key()+".ended"), []byte("soon"), 0o600))
	if _, err := s.Refresh(t.Context()); err == nil || !strings.Contains(err.Error(), ".ended") || w.refreshes() != 0 {
		t.Errorf("got %v after %d requests", err, w.refreshes())
	}
	if got, err := w.process().Restore(t.Context()); err == nil || got.SignedIn() {
		t.Errorf("the next start: %+v, %v", got, err)
	}
	w.signIn(w.process(), "guest@example.com") // writes it again
	if got, err := w.process().Restore(t.Context()); err != nil || !got.SignedIn() {
		t.Errorf("after a sign-in: %+v, %v", got, err)
	}
}
