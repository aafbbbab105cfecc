package auth

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// real makes the world's pool one whose people count.
func real(o *Options) { o.LocalPool = false }

// asked signs in as somebody else than last time and gives the attempt that
// waits for an answer.
func (w *world) asked(s *Service, email string) (*Attempt, *session.Changed, localpool.Final) {
	w.t.Helper()
	a, err := s.Begin(w.t.Context())
	must(w.t, err)
	got, page, err := w.finish(a, email)
	var change *session.Changed
	if !errors.As(err, &change) || got.SignedIn() {
		w.t.Fatalf("signed in as %+v, %v", got, err)
	}
	return a, change, page
}

// nothingOf fails when anything of a sign-in is stored or announced.
func (w *world) nothingOf(s *Service, email string) {
	w.t.Helper()
	if s.current().Claims.Email == email {
		w.t.Error("the session is announced")
	}
	if got, err := w.process(real).Restore(w.t.Context()); err != nil || got.Email == email {
		w.t.Errorf("the next start is %q, %v", got.Email, err)
	}
	if last, _ := os.ReadFile(s.person.path); strings.Contains(string(last), email) {
		w.t.Error("the person is remembered")
	}
}

func TestU2SomebodyElseIsAskedAboutBeforeAnythingIsStored(t *testing.T) {
	t.Parallel()
	for name, decide := range map[string]func(t *testing.T, w *world, s *Service, a *Attempt){
		"yes": func(t *testing.T, w *world, s *Service, a *Attempt) {
			got, err := a.Accept(t.Context())
			if err != nil || got.Email != "guest@example.com" || !got.Live(w.clock.now()) || got.TokenStore != "keyring" {
				t.Errorf("accepted: %+v, %v", got, err)
			}
			if again, err := w.process(real).Restore(t.Context()); err != nil || again.Email != "guest@example.com" {
				t.Errorf("the next start: %+v, %v", again, err)
			}
			if w.pool.Faults().Seen(localpool.Revoke) != 0 {
				t.Error("it was revoked")
			}
			if step := a.Refuse(); step.Err == nil {
				t.Error("it was decided twice")
			}
			w.signIn(w.process(real), "guest@example.com") // nobody is asked: it is the same person now
		},
		"no": func(t *testing.T, w *world, s *Service, a *Attempt) {
			if step := a.Refuse(); step.Err != nil || !strings.Contains(step.Text, "revoked") {
				t.Errorf("refused: %+v", step)
			}
			w.nothingOf(s, "guest@example.com")
			if w.pool.Faults().Seen(localpool.Revoke) != 1 {
				t.Error("it was not revoked")
			}
			if got, err := a.Accept(t.Context()); err == nil || got.SignedIn() {
				t.Errorf("accepted after all: %+v", got)
			}
		},
		"no, offline": func(t *testing.T, w *world, s *Service, a *Attempt) {
			w.pool.Close()
			if step := a.Refuse(); step.Err == nil || !strings.Contains(step.Text, "could not be revoked") {
				t.Errorf("refused: %+v", step)
			}
			w.nothingOf(s, "guest@example.com")
		},
		"cancelled": func(t *testing.T, w *world, s *Service, a *Attempt) {
			a.Cancel()
			<-s.work.done()
			w.nothingOf(s, "guest@example.com")
			if w.pool.Faults().Seen(localpool.Revoke) != 1 {
				t.Error("it was not revoked")
			}
		},
		"given up while it is being stored": func(t *testing.T, w *world, s *Service, a *Attempt) {
			ctx, cancel := context.WithCancel(t.Context())
			w.ring.failing(func(op, item string) error {
				if op == "set" {
					cancel()
				}
				return nil
			})
			if got, err := a.Accept(ctx); !errors.Is(err, context.Canceled) || got.SignedIn() {
				t.Errorf("accepted: %+v, %v", got, err)
			}
			w.nothingOf(s, "guest@example.com")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, localpool.Options{})
			w.signIn(w.process(real), "analyst@example.com")
			s := w.process(real)
			a, change, page := w.asked(s, "guest@example.com")
			if change.Now.Name != "guest@example.com" || change.Before.Name != "analyst@example.com" {
				t.Errorf("asked %+v", change)
			}
			if !strings.Contains(page.Body, "One question is left") {
				t.Errorf("the browser shows %s", page.Body)
			}
			w.nothingOf(s, "guest@example.com")
			decide(t, w, s, a)
			<-s.work.done()
			portIsFree(t, a)
		})
	}
}

func TestU2WhoIsAsked(t *testing.T) {
	t.Parallel()
	signedOut := func(w *world) { w.process(real).SignOut(w.t.Context(), false) }
	tests := map[string]struct {
		between func(w *world)
		second  string
		change  func(w *world) func(*Options)
		asks    bool
	}{
		"the same person":          {nil, "analyst@example.com", nil, false},
		"somebody else":            {nil, "guest@example.com", nil, true},
		"somebody after a log-out": {signedOut, "guest@example.com", nil, false},
		"somebody after a log-out of all": {func(w *world) {
			_, err := EndAll(w.t.Context(), AllOptions{Stores: []store.Store{w.process(real).opts.Store}, StateDir: w.state})
			must(w.t, err)
		}, "guest@example.com", nil, false},
		"somebody of another profile":  {nil, "guest@example.com", func(*world) func(*Options) { return func(o *Options) { o.Profile = "work" } }, false},
		"somebody at a local pool":     {nil, "guest@example.com", func(*world) func(*Options) { return func(o *Options) { o.LocalPool = true } }, false},
		"somebody with another store":  {nil, "guest@example.com", func(w *world) func(*Options) { return func(o *Options) { o.Store = store.Memory() } }, true},
		"somebody without a directory": {nil, "guest@example.com", func(*world) func(*Options) { return func(o *Options) { o.StateDir = "" } }, false},
		"somebody where the file is damaged": {func(w *world) {
			must(w.t, os.WriteFile(w.process(real).person.path, []byte("{"), 0o600))
		}, "guest@example.com", nil, false},
		"somebody after a session that ended": {func(w *world) {
			s := w.process(real)
			must(w.t, s.opts.Store.Delete(context.Background(), s.storage.account))
		}, "guest@example.com", nil, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, localpool.Options{})
			w.signIn(w.process(real), "analyst@example.com")
			if tt.between != nil {
				tt.between(w)
			}
			change := func(*Options) {}
			if tt.change != nil {
				change = tt.change(w)
			}
			_, _, err := w.trySignIn(w.process(real, change), tt.second)
			var changed *session.Changed
			if asks := errors.As(err, &changed); asks != tt.asks || !asks && err != nil {
				t.Errorf("asked %v, want %v: %v", asks, tt.asks, err)
			}
		})
	}
}

// One subject at two issuers is two people, unless one user pool id gives both.
func TestU2TheSamePersonIsOfTheSamePool(t *testing.T) {
	t.Parallel()
	const original, updated, other = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A", "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_B"
	w := newWorld(t, localpool.Options{})
	s := w.process(real, func(o *Options) { o.Issuers = []string{original, updated} })
	s.person.remember(session.Person{Sub: "1", Issuer: original, Name: "a"})
	for name, tt := range map[string]struct {
		now  session.Person
		asks bool
	}{
		"the same":                        {session.Person{Sub: "1", Issuer: original, Name: "a"}, false},
		"the same under another name":     {session.Person{Sub: "1", Issuer: original, Name: "b"}, false},
		"the pool's other issuer":         {session.Person{Sub: "1", Issuer: updated, Name: "a"}, false},
		"another pool":                    {session.Person{Sub: "1", Issuer: other, Name: "a"}, true},
		"another subject":                 {session.Person{Sub: "2", Issuer: original, Name: "a"}, true},
		"another subject, another issuer": {session.Person{Sub: "2", Issuer: updated, Name: "a"}, true},
	} {
		if asks := s.person.somebodyElse(tt.now) != nil; asks != tt.asks {
			t.Errorf("%s: asked %v", name, asks)
		}
	}
}

func TestU2ASignInByDeviceCodeAsksToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	donor := w.process(func(o *Options) { o.Profile = "donor" })
	w.signIn(donor, "guest@example.com")
	given := donor.current().Saved
	device := deviceEndpoint(t, func() map[string]any {
		return map[string]any{
			"id_token": given.ID.Reveal(), "access_token": given.Access.Reveal(),
			"refresh_token": given.Refresh.Reveal(), "token_type": "Bearer",
		}
	})
	w.signIn(w.process(real), "analyst@example.com")
	for _, yes := range []bool{false, true} {
		s := w.process(real, device)
		d, err := s.BeginDevice(t.Context())
		must(t, err)
		got, err := d.Wait(t.Context())
		var change *session.Changed
		if !errors.As(err, &change) || got.SignedIn() {
			t.Fatalf("signed in as %+v, %v", got, err)
		}
		w.nothingOf(s, "guest@example.com")
		if !yes {
			if step := d.Refuse(); step.Err != nil {
				t.Errorf("refused: %+v", step)
			}
			w.nothingOf(s, "guest@example.com")
			continue
		}
		if got, err := d.Accept(t.Context()); err != nil || got.Email != "guest@example.com" {
			t.Errorf("accepted: %+v, %v", got, err)
		}
	}
}

func TestU2AQuestionThatNobodyAnswersIsANo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	w.signIn(w.process(real), "analyst@example.com")
	s := w.process(real)
	a, err := s.Begin(t.Context())
	must(t, err)
	s.opts.Timeout = time.Millisecond // for the question, which comes after
	if _, _, err := w.finish(a, "guest@example.com"); err == nil {
		t.Fatal("nobody was asked")
	}
	<-s.work.done()
	w.nothingOf(s, "guest@example.com")
	if w.pool.Faults().Seen(localpool.Revoke) != 1 {
		t.Error("it was not revoked")
	}
	if _, err := a.Accept(t.Context()); err == nil || !strings.Contains(err.Error(), "sign in again") {
		t.Errorf("accepted afterwards: %v", err)
	}
}

func TestU2TheLastPersonIsKeptPrivatelyAndWithoutSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(real)
	w.signIn(s, "analyst@example.com")
	data, err := os.ReadFile(s.person.path)
	must(t, err)
	if err := leaks(string(data), s.current().Saved); err != nil || !strings.Contains(string(data), "analyst@example.com") {
		t.Errorf("%v in %s", err, data)
	}
	info, err := os.Stat(s.person.path)
	must(t, err)
	if runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	s.SignOut(t.Context(), false)
	if all, err := filepath.Glob(filepath.Join(s.storage.dir, "*.person")); err != nil || len(all) != 0 {
		t.Errorf("after the log-out: %v, %v", all, err)
	}
	if _, err := os.Stat(s.person.path); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
