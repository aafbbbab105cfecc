package auth

import (
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/store"
)

// Somebody kept sessions in a file and has chosen the keyring since. The file
// still holds a refresh token that works, in plain text.
func TestR8ASessionThatAnEarlierSettingLeftIsRevokedAndRemoved(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world, s *Service){
		"by a sign-in": func(w *world, s *Service) { w.signIn(s, "analyst@example.com") },
		"by a sign-out": func(w *world, s *Service) {
			if text := s.SignOut(w.t.Context(), false)[1].Text; !strings.Contains(text, "file store") {
				t.Errorf("the step says %q", text)
			}
		},
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			before := w.process(w.inFiles)
			w.signIn(before, "guest@example.com")
			files, old := before.opts.Store, before.current().Saved
			s := w.process(func(o *Options) { o.Former = files })
			if got, err := s.Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("the former store was taken for the chosen one: %+v, %v", got, err)
			}
			do(w, s)
			<-s.work.done()
			if w.items() != 0 {
				t.Errorf("%d files are left", w.items())
			}
			if _, err := s.client.Refresh(t.Context(), old.Refresh); err == nil {
				t.Error("its refresh token still works")
			}
			want := name == "by a sign-in"
			if all, err := Stored(w.state); err != nil || len(all) > 0 != want || want && (len(all) != 1 || !s.Owns(all[0])) {
				t.Errorf("the index has %+v, %v", all, err)
			}
			if got, err := w.process(func(o *Options) { o.Former = files }).Restore(t.Context()); err != nil || got.SignedIn() != want {
				t.Errorf("the next start: %+v, %v", got, err)
			}
		})
	}
}

// A former store that is damaged, empty or fails is in nobody's way.
func TestK5AFormerStoreIsInNobodysWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	failing := store.Keyring(&mapRing{fail: func(string, string) error { return errStore }})
	for name, former := range map[string]store.Store{"nothing in it": store.Memory(), "it fails": failing} {
		s := w.process(func(o *Options) { o.Former = former })
		w.signIn(s, "guest@example.com")
		for _, step := range s.SignOut(t.Context(), false) {
			if step.Err != nil || strings.Contains(step.Text, "earlier setting") {
				t.Errorf("%s: %+v", name, step)
			}
		}
	}
}

// The other way round: somebody whose sessions were in the keyring keeps them
// in a file by now.
func TestR8ASessionLeftInTheKeyringIsRevokedAndRemoved(t *testing.T) {
	t.Parallel()
	tests := map[string]func(w *world, s *Service){
		"by a sign-in": func(w *world, s *Service) { w.signIn(s, "analyst@example.com") },
		"by a sign-out": func(w *world, s *Service) {
			if text := s.SignOut(w.t.Context(), false)[1].Text; !strings.Contains(text, "keyring store") {
				t.Errorf("the step says %q", text)
			}
		},
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			before := w.process()
			w.signIn(before, "guest@example.com")
			old := before.current().Saved
			s := w.process(w.inFiles, func(o *Options) { o.Former = store.Keyring(w.ring) })
			do(w, s)
			<-s.work.done()
			if n := w.ring.count(); n != 0 {
				t.Errorf("%d items are left in the keyring", n)
			}
			if all, err := Stored(w.state); err != nil || len(all) > 0 != (name == "by a sign-in") || len(all) == 1 && !s.Owns(all[0]) {
				t.Errorf("the index has %+v, %v", all, err)
			}
			if _, err := s.client.Refresh(t.Context(), old.Refresh); err == nil {
				t.Error("its refresh token still works")
			}
		})
	}
}

// A keyring that holds nothing of ours may be locked, and would ask for its
// password.
func TestK1AKeyringIsNotAskedForWhatIsNotInIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	asked := func() { t.Error("the keyring was asked") }
	former := store.Keyring(&mapRing{fail: func(string, string) error { asked(); return errStore }})
	s := w.process(w.inFiles, func(o *Options) { o.Former = former })
	w.signIn(s, "guest@example.com")
	s.SignOut(t.Context(), false)
	<-s.work.done()

	kept := w.process()
	w.signIn(kept, "guest@example.com")
	kept.SignOut(t.Context(), false)
	s.SignOut(t.Context(), false) // what was in it is gone again
}
