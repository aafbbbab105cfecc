package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
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

func TestR8SigningOutDoesEachStepAndSaysHowItWent(t *testing.T) {
	t.Parallel()
	var opened []string
	tests := map[string]struct {
		change func(*Options)
		before func(*world, *Service)
		want   []string // a part of each step's text
		failed []string // the steps with an error
	}{
		"all goes well": {
			func(o *Options) {
				o.Browser = func(_ context.Context, u string) error { opened = append(opened, u); return nil }
			},
			func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "sent to the sign-out page"}, nil,
		},
		"without a browser the address is given": {
			func(*Options) {}, func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "/logout?client_id="}, nil,
		},
		"the browser does not start": {
			func(o *Options) { o.Browser = func(context.Context, string) error { return errors.New("it failed") } },
			func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "it failed"}, []string{"browser"},
		},
		"no sign-out address is set": {
			func(o *Options) { o.Cognito.LogoutURI = "" }, func(*world, *Service) {},
			[]string{"was revoked", "was deleted", "LOGOUT_URI"}, nil,
		},
		"offline the session is deleted all the same": {
			func(*Options) {}, func(w *world, _ *Service) { w.pool.Close() },
			[]string{"could not be revoked", "was deleted", "/logout?"}, []string{"revoke"},
		},
		"revocation is off for the client": {
			func(*Options) {},
			func(w *world, _ *Service) {
				w.pool.Faults().Set(localpool.Revoke, localpool.OAuthError(400, "invalid_request", "revocation off"))
			},
			[]string{"could not be revoked", "was deleted", "/logout?"}, []string{"revoke"},
		},
		"K-5 the keyring does not delete": {
			func(*Options) {},
			func(w *world, _ *Service) {
				w.ring.failing(func(op, _ string) error {
					if op == "delete" {
						return errors.New("org.freedesktop.Secret.Error.IsLocked")
					}
					return nil
				})
			},
			[]string{"was revoked", "could not be deleted, but is marked as signed out", "/logout?"}, []string{"delete"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			s := w.process(test.change)
			w.signIn(s, "both@example.com")
			test.before(w, s)
			steps := s.SignOut(t.Context(), true)
			var names, failed []string
			for i, step := range steps {
				names = append(names, step.Name)
				if step.Err != nil {
					failed = append(failed, step.Name)
				}
				if !strings.Contains(step.Text, test.want[i]) {
					t.Errorf("%s: %q, want something with %q", step.Name, step.Text, test.want[i])
				}
			}
			if !slices.Equal(names, []string{"revoke", "delete", "browser"}) || !slices.Equal(failed, test.failed) {
				t.Errorf("steps %v, failed %v", names, failed)
			}
			w.ring.failing(nil)
			again := w.process()
			if got, err := again.Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("the next start: %+v, %v", got, err)
			}
			again.Close()
			if w.ring.count() != 0 {
				t.Errorf("%d items are left in the end", w.ring.count())
			}
		})
	}
	if len(opened) != 1 || !strings.Contains(opened[0], "/logout?") {
		t.Errorf("opened %v", opened)
	}
}

func TestR8TheRefreshTokenIsRevokedBeforeItIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	w.signIn(s, "both@example.com")
	w.ring.failing(func(op, _ string) error {
		if op == "delete" && w.pool.Faults().Seen(localpool.Revoke) != 1 {
			t.Error("deleted before it was revoked")
		}
		return nil
	})
	s.SignOut(t.Context(), false)
}

func TestSigningOutNobodyIsNoFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	for _, step := range w.process().SignOut(t.Context(), false) {
		if step.Err != nil || !strings.HasPrefix(step.Text, "There was no") {
			t.Errorf("%+v", step)
		}
	}
}

func TestJ25UserInfoIsAskedForTheSessionsPersonAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process()
	got := w.signIn(s, "both@example.com")
	info, err := s.UserInfo(t.Context())
	if err != nil || info.Sub != got.Sub || info.Email != "both@example.com" {
		t.Errorf("got %+v, %v", info, err)
	}
	w.pool.Faults().Set(localpool.UserInfo, localpool.Fault{Patch: func(f localpool.JSON) { f["sub"] = "another" }})
	if info, err := s.UserInfo(t.Context()); err == nil || info.Sub != "" {
		t.Errorf("another person: %+v, %v", info, err)
	}
	if _, err := w.process(func(o *Options) { o.Profile = "other" }).UserInfo(t.Context()); !errors.Is(err, ErrNotSignedIn) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := s.Token(t.Context(), "refresh"); err == nil {
		t.Error("the refresh token was handed out")
	}
}
