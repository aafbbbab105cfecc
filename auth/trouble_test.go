package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

func TestT8TroubleAtARefreshIsToldAndTriedAgainLaterEachTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	before := w.signIn(s, "underwriter@example.com")
	w.pool.Faults().Set(localpool.Token, faults.OAuthError(400, "invalid_client", ""))
	events := s.Events(t.Context())
	m.wait(t)
	w.clock.forward(before.ExpiresAt.Sub(w.clock.now()) - 55*time.Second)
	m.ring()
	if e := next(t, events); e.Err == nil || !e.Session.Live(w.clock.now()) {
		t.Fatalf("first failure: %+v", e)
	}
	in := func(least, most time.Duration) func(time.Time) bool {
		return func(at time.Time) bool {
			wait := at.Sub(w.clock.now())
			return least-5*time.Second < wait && wait <= most
		}
	}
	m.until(t, in(lifecycle.FirstWait, lifecycle.FirstWait))
	w.clock.forward(lifecycle.FirstWait + time.Second)
	m.ring()
	if e := next(t, events); e.Err == nil {
		t.Fatalf("second failure: %+v", e)
	}
	m.until(t, in(2*lifecycle.FirstWait, 2*lifecycle.FirstWait))
	w.clock.forward(before.ExpiresAt.Sub(w.clock.now()) + time.Second)
	m.ring()
	for { // the end is told once, so that a screen locks at that moment
		if e := next(t, events); strings.Contains(e.Text, "has ended") {
			if !e.Session.SignedIn() || e.Session.Live(w.clock.now()) {
				t.Errorf("at the end: %+v", e)
			}
			break
		}
	}
	w.pool.Faults().Clear()
	w.clock.forward(time.Minute)
	m.ring()
	if e := next(t, events); e.Err != nil || !e.Session.Live(w.clock.now()) {
		t.Errorf("once the pool works: %+v", e)
	}
}

func TestT8ARefusedRefreshIsToldInAPlainSentence(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	w.signIn(s, "underwriter@example.com")
	must(t, w.pool.SignOutEverywhere("underwriter@example.com"))
	events := s.Events(t.Context())
	m.wait(t)
	w.clock.forward(time.Hour)
	m.ring()
	e := next(t, events)
	if e.Session.SignedIn() || !errors.Is(e.Err, ErrNotSignedIn) || !strings.Contains(e.Text, "sign in again") {
		t.Errorf("got %+v", e)
	}
	if w.ring.count() != 0 {
		t.Errorf("%d items are left", w.ring.count())
	}
}

func TestASessionWithoutARefreshTokenEndsWithASentence(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	before := w.signIn(s, "guest@example.com")
	w.tamper(s, func(saved *store.Saved) { saved.Refresh = secret.Text{}; saved.Generation++ })
	if _, err := s.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	events := s.Events(t.Context())
	if at := m.wait(t); !at.Equal(before.ExpiresAt) {
		t.Errorf("the alarm is set to %v, want %v", at, before.ExpiresAt)
	}
	w.clock.forward(time.Hour)
	m.ring()
	if e := next(t, events); e.Session.SignedIn() || e.Text != "Your session has ended; sign in again." {
		t.Errorf("got %+v", e)
	}
}

// Tokens that already seem old when they come, for a clock here that runs
// ahead, must not be refreshed without end.
func TestAClockThatIsAheadMakesNoStormOfRefreshes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	w.signIn(s, "guest@example.com")
	w.clock.forward(59*time.Minute + 30*time.Second)
	w.pool.Faults().Skew(-59*time.Minute - 30*time.Second)
	events := s.Events(t.Context())
	next(t, events)
	m.until(t, func(at time.Time) bool { return at.Sub(w.clock.now()) > lifecycle.FirstWait-5*time.Second })
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes", w.refreshes())
	}
}

// The pool refuses the refresh token and the keyring will not delete: the
// session is over all the same, here, in other processes and at the next start.
func TestT8R6ARefusedRefreshEndsTheSessionForAllEvenWhereItCannotBeDeleted(t *testing.T) {
	t.Parallel()
	tests := map[string]func(t *testing.T, w *world, other *Service){
		"at the next start": func(t *testing.T, w *world, _ *Service) {
			if got, err := w.process().Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("got %+v, %v", got, err)
			}
		},
		"for another process that wants a token": func(t *testing.T, _ *world, other *Service) {
			if _, err := other.Token(t.Context(), "access"); !errors.Is(err, ErrNotSignedIn) {
				t.Errorf("got %v", err)
			}
		},
		"for another process that refreshes": func(t *testing.T, w *world, other *Service) {
			asked := w.refreshes()
			got, err := other.Refresh(t.Context())
			if got.SignedIn() || !errors.Is(err, ErrNotSignedIn) || w.refreshes() != asked {
				t.Errorf("got %+v, %v after %d requests more", got, err, w.refreshes()-asked)
			}
		},
		"for another process that listens": func(t *testing.T, _ *world, other *Service) {
			if e := next(t, other.Events(t.Context())); e.Session.SignedIn() || e.Text == "" {
				t.Errorf("got %+v", e)
			}
		},
	}
	for name, look := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s, other := w.process(), w.process()
			w.signIn(s, "guest@example.com")
			if _, err := other.Restore(t.Context()); err != nil {
				t.Fatal(err)
			}
			must(t, w.pool.SignOutEverywhere("guest@example.com"))
			w.ring.failing(func(op, _ string) error {
				if op == "delete" {
					return errStore
				}
				return nil
			})
			if got, err := s.Refresh(t.Context()); got.SignedIn() || !errors.Is(err, ErrNotSignedIn) || w.ring.count() == 0 {
				t.Fatalf("refused: %+v, %v with %d items left", got, err, w.ring.count())
			}
			look(t, w, other)
		})
	}
}

// A provider that names a time is not asked before it, nor left alone for more
// than five minutes.
func TestT9ARetryAfterIsKeptAndCapped(t *testing.T) {
	t.Parallel()
	noon := time.Now()
	for asked, want := range map[time.Duration]time.Duration{
		0: lifecycle.FirstWait, time.Second: lifecycle.FirstWait, 2 * time.Minute: 2 * time.Minute, 99999999 * time.Second: lifecycle.LastWait,
	} {
		in := refreshEnded(outside(&cognito.Error{Kind: cognito.Throttled, RetryAfter: asked}))
		in.Now = noon
		state, _ := lifecycle.Step(lifecycle.State{KeysMissing: true}, in)
		_, effects := lifecycle.Step(state, lifecycle.Tick{Now: noon})
		if len(effects) != 1 || effects[0] != (lifecycle.WakeAt{At: noon.Add(want)}) {
			t.Errorf("Retry-After of %v: %v, want a wait of %v", asked, effects, want)
		}
	}
}
