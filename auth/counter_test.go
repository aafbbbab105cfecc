package auth

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

// Whoever can write a generation near the end of the counter must not be able
// to keep somebody signed in, nor anybody from signing in.
func TestR6ACounterAtItsEndKeepsNobodySignedInAndLocksNobodyOut(t *testing.T) {
	t.Parallel()
	last := uint64(math.MaxUint64)
	write := func(w *world, s *Service, kind string) {
		path := filepath.Join(s.storage.dir, s.storage.account.Key()+"."+kind)
		must(w.t, os.WriteFile(path, []byte(strconv.FormatUint(last, 10)), 0o600))
	}
	tests := map[string]func(w *world, s *Service){
		"in the store": func(w *world, s *Service) {
			w.tamper(s, func(saved *store.Saved) { saved.Generation = last })
		},
		"in the mark of saves": func(w *world, s *Service) { write(w, s, "generation") },
		"in the mark of ends":  func(w *world, s *Service) { write(w, s, "ended") },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			first := w.process()
			w.signIn(first, "guest@example.com")
			spoil(w, first)
			s := w.process()
			_, _ = s.Restore(t.Context())
			s.SignOut(t.Context(), false)
			if s.current().SignedIn() {
				t.Error("signed out, and still signed in")
			}
			if got, err := w.process().Restore(t.Context()); got.SignedIn() {
				t.Errorf("the next start after the sign-out: %+v, %v", got, err)
			}
			got := w.signIn(w.process(), "analyst@example.com")
			again, err := w.process().Restore(t.Context())
			if err != nil || again.Sub != got.Sub {
				t.Errorf("the next start after a sign-in: %+v, %v", again, err)
			}
			other := w.process()
			_, err = other.Restore(t.Context())
			must(t, err)
			w.process().SignOut(t.Context(), false)
			if _, err := other.Token(t.Context(), "access"); !errors.Is(err, ErrNotSignedIn) {
				t.Errorf("after a sign-out elsewhere: %v", err)
			}
		})
	}
}
