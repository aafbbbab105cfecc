package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/store"
)

func TestT8TroubleAtARefreshIsToldAndTriedAgainLaterEachTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	before := w.signIn(s, "underwriter@example.com")
	w.pool.Faults().Set(localpool.Token, localpool.OAuthError(400, "invalid_client", ""))
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
	m.until(t, in(firstWait, firstWait))
	w.clock.forward(firstWait + time.Second)
	m.ring()
	if e := next(t, events); e.Err == nil {
		t.Fatalf("second failure: %+v", e)
	}
	m.until(t, in(2*firstWait, 2*firstWait))
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
	s.drop(0)
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
	m.until(t, func(at time.Time) bool { return at.Sub(w.clock.now()) > firstWait-5*time.Second })
	if w.refreshes() != 1 {
		t.Errorf("%d refreshes", w.refreshes())
	}
}
