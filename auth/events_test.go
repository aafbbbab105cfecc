package auth

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
)

func TestR5ARefreshComesAMinuteBeforeTheEndWithoutBeingAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm, s.jitter = m.alarm, func() time.Duration { return 7 * time.Second }
	before := w.signIn(s, "analyst@example.com")
	must(t, w.pool.AddGroup("analyst@example.com", localpool.Underwriters))
	events := s.Events(t.Context())
	at := m.wait(t)
	if want := before.ExpiresAt.Add(-67 * time.Second); !at.Equal(want) {
		t.Errorf("the alarm is set to %v, want %v", at, want)
	}
	w.clock.forward(59 * time.Minute)
	m.ring()
	e := next(t, events)
	if e.Err != nil || !e.Session.In(localpool.Underwriters) || !e.Session.ExpiresAt.After(before.ExpiresAt) {
		t.Errorf("got %+v", e)
	}
	m.until(t, e.Session.ExpiresAt.Add(-67*time.Second).Equal)
}

// The laptop slept for three hours; the kernel's timer rings on waking because
// the clock has jumped, long before it would have by counting.
func TestR7AfterASleepTheWallClockDecides(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	w.signIn(s, "analyst@example.com")
	events := s.Events(t.Context())
	m.wait(t)
	for range 5 {
		m.ring() // the clock was set, by nothing that matters
		m.wait(t)
	}
	if w.refreshes() != 0 {
		t.Errorf("%d refreshes before the time", w.refreshes())
	}
	w.clock.forward(3 * time.Hour)
	m.ring()
	if e := next(t, events); e.Err != nil || !e.Session.Live(w.clock.now()) || w.refreshes() != 1 {
		t.Errorf("got %+v after %d refreshes", e, w.refreshes())
	}
}

func TestR7TheAlarmRingsAtItsTimeAndCanBeStopped(t *testing.T) {
	t.Parallel()
	for name, alarm := range map[string]func(time.Time) (<-chan struct{}, func()){"of the system": wallAlarm, "by looking": tickingAlarm} {
		t.Run(name, func(t *testing.T) {
			at := time.Now().Add(30 * time.Millisecond)
			rings, stop := alarm(at)
			<-rings
			if early := time.Until(at.Round(0)); early > time.Millisecond {
				t.Errorf("%v too early", early)
			}
			stop()
			past, stop := alarm(time.Unix(1, 0))
			<-past
			stop()
			far, stop := alarm(time.Now().Add(time.Hour))
			stop()
			<-far // stopping lets the waiting goroutine go
		})
	}
}

func TestR6ASignOutElsewhereLocksThisProcess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	a, b := w.process(), w.process()
	w.signIn(a, "underwriter@example.com")
	if _, err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := newManualAlarm()
	b.alarm = m.alarm
	events := b.Events(t.Context())
	m.wait(t) // it listens now
	requests := total(w.pool.Faults().Counts())
	a.SignOut(t.Context(), false)
	e := next(t, events)
	if e.Session.SignedIn() || !strings.Contains(e.Text, "signed out by another") {
		t.Errorf("got %+v", e)
	}
	if now := total(w.pool.Faults().Counts()); now != requests+1 { // A's revocation
		t.Errorf("%d requests instead of one", now-requests)
	}
	w.signIn(a, "analyst@example.com")
	if e := next(t, events); e.Session.Email != "analyst@example.com" || !strings.Contains(e.Text, "another") {
		t.Errorf("after a sign-in elsewhere: %+v", e)
	}
}

// Both happened before this process looked, for example while it slept.
func TestR6ASignOutAndASignInElsewhereAtOnceAreBothTakenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	a, b := w.process(), w.process()
	w.signIn(a, "underwriter@example.com")
	if _, err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.SignOut(t.Context(), false)
	w.signIn(a, "analyst@example.com")
	events := b.Events(t.Context())
	if e := next(t, events); !strings.Contains(e.Text, "signed out by another") {
		t.Errorf("first %+v", e)
	}
	if e := next(t, events); e.Session.Email != "analyst@example.com" || e.Text != "Signed in by another tabgate." {
		t.Errorf("then %+v", e)
	}
}

func total(counts map[string]int) (n int) {
	for _, one := range counts {
		n += one
	}
	return n
}

func TestR6ARefreshElsewhereIsTakenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	a, b := w.process(), w.process()
	w.signIn(a, "underwriter@example.com")
	if _, err := b.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	m := newManualAlarm()
	b.alarm = m.alarm
	events := b.Events(t.Context())
	m.wait(t)
	must(t, w.pool.RemoveGroup("underwriter@example.com", localpool.Underwriters))
	if _, err := a.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := next(t, events); e.Err != nil || e.Session.In(localpool.Underwriters) || !e.Session.SignedIn() || w.refreshes() != 1 {
		t.Errorf("got %+v after %d refreshes", e, w.refreshes())
	}
	if _, err := b.Refresh(t.Context()); err != nil { // with the rotated token
		t.Errorf("a refresh of its own: %v", err)
	}
}

func TestAnOwnSignInAndSignOutAreNoNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	ctx, cancel := context.WithCancel(t.Context())
	events := s.Events(ctx)
	var all []session.Event
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range events {
			all = append(all, e)
		}
	}()
	w.signIn(s, "analyst@example.com")
	m.wait(t)
	if _, err := s.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.SignOut(t.Context(), false)
	w.signIn(s, "guest@example.com")
	cancel()
	<-done
	if len(all) != 0 {
		t.Errorf("got %+v", all)
	}
}

func TestTheEventsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "guest@example.com")
	ctx, cancel := context.WithCancel(t.Context())
	events := s.Events(ctx)
	cancel()
	for range events { // closed
	}
}
