package auth

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

// saves lets a test see and stop what reaches a store.
type saves struct {
	store.Store
	save func(context.Context, store.Account, store.Saved) error
}

func (s saves) Save(ctx context.Context, a store.Account, saved store.Saved) error {
	return s.save(ctx, a, saved)
}

func TestR3TokensAreStoredBeforeAnyoneHearsOfThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	var s *Service
	var heard []uint64
	s = w.process(func(o *Options) {
		inner := o.Store
		o.Store = saves{inner, func(ctx context.Context, a store.Account, saved store.Saved) error {
			err := inner.Save(ctx, a, saved)
			m, _ := store.ReadMark(s.storage.dir, a)
			if m.Generation >= saved.Generation || s.current().Saved.Generation >= saved.Generation {
				heard = append(heard, saved.Generation)
			}
			return err
		}}
	})
	w.signIn(s, "analyst@example.com")
	_, err := s.Refresh(t.Context())
	must(t, err)
	m, err := store.ReadMark(s.storage.dir, s.storage.account)
	if err != nil || len(heard) != 0 || m.Generation != s.current().Saved.Generation {
		t.Errorf("announced before they were stored: %v; mark %+v, %v", heard, m, err)
	}
}

// The process dies after the pool has answered and before the store has the
// new tokens: the next start only has the old ones.
func TestR3ACrashBetweenAnswerAndStore(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		grace time.Duration
		ends  bool
	}{
		"within the grace period the old token still works": {time.Minute, false},
		"without one there is a clean new sign-in":          {0, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{Rotation: true, Grace: test.grace})
			died := errors.New("the process died")
			dies := false
			s := w.process(func(o *Options) {
				inner := o.Store
				o.Store = saves{inner, func(ctx context.Context, a store.Account, saved store.Saved) error {
					if dies {
						return died
					}
					return inner.Save(ctx, a, saved)
				}}
			})
			w.signIn(s, "analyst@example.com")
			dies = true
			if _, err := s.Refresh(t.Context()); !errors.Is(err, died) {
				t.Fatalf("got %v", err)
			}
			again := w.process()
			if got, err := again.Restore(t.Context()); err != nil || !got.SignedIn() {
				t.Fatalf("at the next start: %+v, %v", got, err)
			}
			got, err := again.Refresh(t.Context())
			if got.SignedIn() == test.ends || errors.Is(err, ErrNotSignedIn) != test.ends {
				t.Errorf("got %+v, %v", got, err)
			}
			if test.ends && w.ring.count() != 0 {
				t.Errorf("%d items are left", w.ring.count())
			}
		})
	}
}

func TestR1ProcessesThatShareAStoreMakeOneRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	w.signIn(w.process(), "analyst@example.com")
	w.clock.forward(2 * time.Hour)
	var all sync.WaitGroup
	for range 8 {
		s := w.process()
		all.Go(func() {
			if _, err := s.Token(t.Context(), "id"); err != nil {
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	if got := w.refreshes(); got != 1 {
		t.Errorf("%d refreshes", got)
	}
}

func TestR6AProcessNeverWritesItsTokensBackAfterASignOutElsewhere(t *testing.T) {
	t.Parallel()
	tests := map[string]func(end func()) func(*Options){
		"the sign-out comes while the pool answers": func(end func()) func(*Options) {
			return func(o *Options) {
				o.HTTP = &http.Client{Transport: transport{func(r *http.Request) {
					if r.URL.Path == localpool.Token {
						end()
					}
				}}}
			}
		},
		"the sign-out comes while the tokens are stored": func(end func()) func(*Options) {
			return func(o *Options) {
				inner := o.Store
				o.Store = saves{inner, func(ctx context.Context, a store.Account, saved store.Saved) error {
					end()
					return inner.Save(ctx, a, saved)
				}}
			}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{Rotation: true})
			w.signIn(w.process(), "analyst@example.com")
			var s *Service
			s = w.process(change(func() { // what SignOut does when it cannot have the lock
				m, _ := store.ReadMark(s.storage.dir, s.storage.account)
				must(t, store.End(s.storage.dir, s.storage.account, m.Generation+1))
				must(t, store.Keyring(w.ring).Delete(t.Context(), s.storage.account))
			}))
			got, err := s.Refresh(t.Context())
			if got.SignedIn() || !errors.Is(err, ErrNotSignedIn) || s.current().SignedIn() {
				t.Errorf("got %+v, %v", got, err)
			}
			if left := w.ring.count(); left != 0 {
				t.Errorf("%d items were written back", left)
			}
			if w.pool.Faults().Seen(localpool.Revoke) != 1 {
				t.Error("the new refresh token was not revoked")
			}
		})
	}
}

func TestR6ASignOutElsewhereIsNoticedAtTheNextRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	a, b := w.process(), w.process()
	w.signIn(a, "analyst@example.com")
	if _, err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.SignOut(t.Context(), false)
	if _, err := b.Token(t.Context(), "access"); !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("token: %v", err)
	}
	if got, err := b.Refresh(t.Context()); got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("refresh: %+v, %v", got, err)
	}
	if w.refreshes() != 0 {
		t.Errorf("%d refreshes after the sign-out", w.refreshes())
	}
}

func TestR1AForcedRefreshTakesWhatAnotherProcessGotWhileItWaited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	a, b := w.process(), w.process()
	w.signIn(a, "analyst@example.com")
	seen := a.current().Saved.Generation // A asks now, and waits for the lock that B has
	if _, err := b.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	must(t, a.refreshOnce(t.Context(), true, seen))
	if got := a.current().Saved.Generation; got != seen+1 || w.refreshes() != 1 {
		t.Errorf("generation %d after %d refreshes", got, w.refreshes())
	}
	must(t, a.refreshOnce(t.Context(), true, seen+1)) // asked after B was done
	if w.refreshes() != 2 {
		t.Errorf("%d refreshes in the end", w.refreshes())
	}
}
