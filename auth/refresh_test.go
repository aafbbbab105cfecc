package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/store"
)

func TestJ26AGroupTakenAwayOrGivenShowsAtTheNextRefresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "underwriter@example.com")
	must(t, w.pool.RemoveGroup("underwriter@example.com", localpool.Underwriters))
	if got, err := s.Refresh(t.Context()); err != nil || len(got.Groups) != 0 || !got.Live(w.clock.now()) {
		t.Errorf("after the removal: %+v, %v", got, err)
	}
	must(t, w.pool.AddGroup("underwriter@example.com", localpool.CreditAnalysts))
	if got, err := s.Refresh(t.Context()); err != nil || !slices.Equal(got.Groups, []string{localpool.CreditAnalysts}) {
		t.Errorf("after the addition: %+v, %v", got, err)
	}
	if again, err := w.process().Restore(t.Context()); err != nil || !slices.Equal(again.Groups, []string{localpool.CreditAnalysts}) {
		t.Errorf("at the next start: %+v, %v", again, err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestT8OnlyARefusedRefreshTokenEndsTheSession(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault faults.Fault
		want  error // nil: kept, and the network is not the reason
		ends  bool
	}{
		"refused":                      {faults.OAuthError(400, "invalid_grant", "Refresh Token has been revoked"), ErrNotSignedIn, true},
		"throttled for long":           {faults.Throttled(99999999), ErrNetwork, false},
		"the wrong client":             {faults.OAuthError(400, "invalid_client", ""), ErrConfig, false},
		"a page instead of JSON":       {faults.HTML(200), nil, false},
		"more than there may be":       {faults.Huge(2 << 20), ErrNetwork, false},
		"an answer without a token":    {faults.Raw(200, `{"token_type":"Bearer"}`), nil, false},
		"a redirect":                   {faults.Redirect(307, "https://attacker.example/"), nil, false},
		"the connection always breaks": {faults.Fault{Drop: true}, ErrNetwork, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, localpool.Options{})
			s := w.process()
			before := w.signIn(s, "underwriter@example.com")
			w.pool.Faults().Set(localpool.Token, test.fault)
			got, err := s.Refresh(t.Context())
			if err == nil || test.want != nil && !errors.Is(err, test.want) || errors.Is(err, ErrNotSignedIn) != test.ends {
				t.Errorf("got %v", err)
			}
			if got.SignedIn() == test.ends || !test.ends && !got.ExpiresAt.Equal(before.ExpiresAt) {
				t.Errorf("the session is %+v", got)
			}
			if again, _ := w.process().Restore(t.Context()); again.SignedIn() == test.ends {
				t.Errorf("the next start has %+v", again)
			}
			if strings.ContainsAny(err.Error(), "\x1b\x07\n") || test.ends && !strings.Contains(err.Error(), "sign in again") {
				t.Errorf("the sentence is %q", err)
			}
		})
	}
}

func TestJ14TokensOfARefreshThatAreNotTheSamePersonsAreRefused(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*faults.Draft){
		"another person": func(d *faults.Draft) { d.Claims["sub"] = "somebody-else" },
		"another nonce":  func(d *faults.Draft) { d.Claims["nonce"] = "another" },
		"another client": func(d *faults.Draft) { d.Claims["aud"], d.Claims["client_id"] = "x", "x" },
		"another issuer": func(d *faults.Draft) { d.Claims["iss"] = "https://attacker.example" },
		"signed by none": func(d *faults.Draft) { d.Sign = "none" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s := w.process()
			before := w.signIn(s, "underwriter@example.com")
			w.pool.Faults().Tokens(change)
			got, err := s.Refresh(t.Context())
			if err == nil || got.Sub != before.Sub || !got.ExpiresAt.Equal(before.ExpiresAt) {
				t.Errorf("got %+v, %v", got, err)
			}
			if again, err := w.process().Restore(t.Context()); err != nil || again.Sub != before.Sub {
				t.Errorf("the next start: %+v, %v", again, err)
			}
		})
	}
}

// The pool has new keys and they cannot be fetched: the new refresh token is
// the only one that works, so it must not be thrown away with the rest.
func TestT8KeysOutOfReachAtARefreshLoseNoRefreshToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	s := w.process()
	before := w.signIn(s, "analyst@example.com")
	w.pool.Faults().Tokens(func(d *faults.Draft) { d.Header["kid"] = "a-new-key" })
	w.pool.Faults().Set(localpool.Discovery, faults.Fault{Drop: true})
	w.clock.forward(11 * time.Second) // past the penalty after the last fetch
	got, err := s.Refresh(t.Context())
	if !errors.Is(err, ErrNetwork) || got.Sub != before.Sub || !got.Live(w.clock.now()) {
		t.Fatalf("got %+v, %v", got, err)
	}
	w.pool.Faults().Clear()
	if got, err := w.process().Refresh(t.Context()); err != nil || got.Sub != before.Sub {
		t.Errorf("later: %+v, %v", got, err)
	}
}

func TestR4AWaitForTheLockCanBeGivenUpAndKeepsTheSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	before := w.signIn(s, "analyst@example.com")
	unlock, err := store.Lock(t.Context(), s.storage.dir, s.storage.account)
	must(t, err)
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	got, err := s.Refresh(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || got.Sub != before.Sub || w.refreshes() != 0 {
		t.Errorf("got %+v, %v after %d requests", got, err, w.refreshes())
	}
}

func TestR5ManyCallersMakeOneRefreshAMinuteBeforeTheEnd(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		ahead time.Duration
		want  int
	}{
		"two minutes before the end": {58 * time.Minute, 0},
		"59 seconds before the end":  {59*time.Minute + time.Second, 1},
		"after the end":              {2 * time.Hour, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{Rotation: true})
			s := w.process()
			w.signIn(s, "analyst@example.com")
			w.clock.forward(test.ahead)
			var all sync.WaitGroup
			for range 50 {
				all.Go(func() {
					if access, err := s.Token(t.Context(), "access"); err != nil || access.Empty() {
						t.Errorf("got %v", err)
					}
				})
			}
			all.Wait()
			if got := w.refreshes(); got != test.want {
				t.Errorf("%d refreshes, want %d", got, test.want)
			}
		})
	}
}

// Processes that start together must not all refresh in the same second, nor
// any of them later than a minute before the end.
func TestR5TheSpreadOfRefreshesOnlyMakesThemEarlier(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, err := New(w.options())
	must(t, err)
	t.Cleanup(func() { s.Close() })
	signedIn := w.signIn(s, "analyst@example.com")
	if early := signedIn.ExpiresAt.Sub(s.current().RefreshAt); early < 60*time.Second || early >= 90*time.Second {
		t.Errorf("the refresh is due %v before the end", early)
	}
	drawn := map[time.Duration]bool{}
	for range 100 {
		d := s.jitter()
		if drawn[d] = true; d < 0 || d >= 30*time.Second {
			t.Fatalf("drew %v", d)
		}
	}
	if len(drawn) < 90 {
		t.Errorf("100 draws gave %d values", len(drawn))
	}
}

func TestASlowRestoreDoesNotUndoASignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "analyst@example.com")
	old := s.current()
	w.signIn(s, "underwriter@example.com")
	s.adopt(old.Saved, old.Claims)
	if got := s.session(s.current()); got.Email != "underwriter@example.com" {
		t.Errorf("got %+v", got)
	}
	s.SignOut(t.Context(), false)
	s.adopt(old.Saved, old.Claims)
	if got := s.session(s.current()); got.SignedIn() {
		t.Errorf("after the sign-out: %+v", got)
	}
}
