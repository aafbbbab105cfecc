package auth

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

// dirRing is a keyring that outlives its process: a file for each item,
// replaced in one step, as keyrings do it.
type dirRing string

func (d dirRing) path(item string) string {
	return filepath.Join(string(d), hex.EncodeToString([]byte(item)))
}

func (d dirRing) Set(_, item, text string) error {
	f, err := os.CreateTemp(filepath.Dir(string(d)), "item")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close(), os.Rename(f.Name(), d.path(item)))
}

func (d dirRing) Get(_, item string) (string, error) {
	data, err := os.ReadFile(d.path(item))
	if errors.Is(err, fs.ErrNotExist) {
		return "", keyring.ErrNotFound
	}
	return string(data), err
}

func (d dirRing) Delete(_, item string) error {
	err := os.Remove(d.path(item))
	if errors.Is(err, fs.ErrNotExist) {
		return keyring.ErrNotFound
	}
	return err
}

func storeIn(dir string, ring bool) (store.Store, error) {
	if ring {
		return store.Keyring(dirRing(dir)), os.MkdirAll(dir, 0o700)
	}
	return store.File(dir)
}

// killRounds is how often TestR2R3AKillAtAnyMomentLosesNoSession kills in each
// of its cases; TABGATE_KILL_ROUNDS sets another number for a long run.
const killRounds = 4

func TestR2R3AKillAtAnyMomentLosesNoSession(t *testing.T) {
	rounds := killRounds
	if n, err := strconv.Atoi(os.Getenv("TABGATE_KILL_ROUNDS")); err == nil {
		rounds = n
	}
	if testing.Short() {
		rounds = 1
	}
	tests := map[string]struct {
		do    string
		ring  bool
		lasts bool // somebody is signed in at every moment
		span  time.Duration
	}{
		"a refresh, with the file store":               {"refresh for ever", false, true, 20 * time.Millisecond},
		"a refresh, with a keyring":                    {"refresh for ever", true, true, 20 * time.Millisecond},
		"a sign-in over another, with the file store":  {"sign in for ever", false, true, 150 * time.Millisecond},
		"a sign-in over another, with a keyring":       {"sign in for ever", true, true, 150 * time.Millisecond},
		"a sign-in or a sign-out, with the file store": {"sign in and out for ever", false, false, 150 * time.Millisecond},
		"a sign-in or a sign-out, with a keyring":      {"sign in and out for ever", true, false, 150 * time.Millisecond},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, localpool.Options{Rotation: true, Grace: time.Minute})
			here := func(o *Options) {
				var err error
				o.Store, err = storeIn(w.tokens(), test.ring)
				must(t, err)
			}
			w.signIn(w.process(here), "analyst@example.com")
			whole := w.items()
			for round := range rounds {
				o := w.startOn(test.do, test.ring)
				o.letGo()
				o.line(t) // it is in full swing
				<-time.After(rand.N(test.span))
				o.kill()
				w.survived(round, w.process(here), test.lasts)
			}
			w.signIn(w.process(here), "analyst@example.com")
			if left := w.items(); left != whole {
				t.Errorf("the store holds %d items, want %d: a second session, or half of one", left, whole)
			}
		})
	}
}

// survived looks at what a kill left: no lock, and the old session or the new
// one, which works, or, where lasts is false, nobody.
func (w *world) survived(round int, s *Service, lasts bool) {
	w.t.Helper()
	unlock, err := store.Lock(w.t.Context(), s.storage.dir, s.storage.account)
	if err != nil {
		w.t.Fatalf("round %d: a lock is left: %v", round, err)
	}
	unlock()
	got, err := s.Restore(w.t.Context())
	if err != nil || lasts && !got.SignedIn() {
		w.t.Fatalf("round %d: restored %+v, %v", round, got, err)
	}
	if !got.SignedIn() {
		return
	}
	if got, err := s.Refresh(w.t.Context()); err != nil || !got.Live(w.clock.now()) {
		w.t.Fatalf("round %d: refreshed %+v, %v", round, got, err)
	}
}

// items counts what the store holds, without the canary of a probe that was
// killed.
func (w *world) items() int {
	w.t.Helper()
	left, err := os.ReadDir(w.tokens())
	must(w.t, err)
	return len(slices.DeleteFunc(left, func(e fs.DirEntry) bool {
		item, _ := hex.DecodeString(e.Name())
		return strings.HasPrefix(e.Name(), "probe-") || strings.HasPrefix(string(item), "probe/")
	}))
}
