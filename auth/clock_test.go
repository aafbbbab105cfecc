package auth

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/auth/token"
)

// The clock is wrong by more than the leeway when the refresh comes. With
// rotation the answer holds the only refresh token that still works, so a
// clock must not cost the session.
func TestR3R7AWrongClockAtARefreshLosesNoRefreshToken(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		skew   time.Duration // the pool's clock is ahead of ours by this
		reason token.Reason
		advice string
	}{
		"the clock here is behind": {10 * time.Minute, token.ClockBehind, "s behind; set it"},
		"the clock here is ahead":  {-3 * time.Hour, token.Expired, "s ahead; set it"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{Rotation: true, Grace: 0})
			s := w.process()
			before := w.signIn(s, "analyst@example.com")
			w.clock.forward(-test.skew) // the pool's own time stays what it is
			w.pool.Faults().Skew(test.skew)
			got, err := s.Refresh(t.Context())
			if tokenReason(err) != test.reason || !strings.Contains(err.Error(), test.advice) || errors.Is(err, ErrNotSignedIn) {
				t.Fatalf("with the wrong clock: %v", err)
			}
			if got.Sub != before.Sub || !got.ExpiresAt.Equal(before.ExpiresAt) {
				t.Errorf("with the wrong clock the session is %+v", got)
			}
			w.clock.forward(test.skew)
			w.pool.Faults().Skew(0)
			if got, err := w.process().Refresh(t.Context()); err != nil || got.Sub != before.Sub || !got.Live(w.clock.now()) {
				t.Errorf("once the clock is right, another process: %+v, %v", got, err)
			}
			if got, err := s.Refresh(t.Context()); err != nil || !got.Live(w.clock.now()) {
				t.Errorf("and this one: %+v, %v", got, err)
			}
		})
	}
}

// Time jumps back under a running app, for example when a clock is set right:
// the session goes on, and the next refresh is computed again.
func TestR7TimeThatJumpsBackEndsNoSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{Rotation: true})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	before := w.signIn(s, "analyst@example.com")
	events := s.Events(t.Context())
	m.wait(t)
	w.clock.forward(-2 * time.Hour)
	m.ring() // the kernel's timer rings when the clock is set
	if at := m.wait(t); !at.Equal(s.current().RefreshAt) {
		t.Errorf("the alarm is set to %v, want %v", at, s.current().RefreshAt)
	}
	if w.refreshes() != 0 || !s.session(s.current()).Live(w.clock.now()) {
		t.Errorf("%d refreshes; %+v", w.refreshes(), s.current())
	}
	w.clock.forward(2*time.Hour + 59*time.Minute)
	m.ring()
	if e := next(t, events); e.Err != nil || !e.Session.ExpiresAt.After(before.ExpiresAt) {
		t.Errorf("got %+v", e)
	}
}

// A key that the pool does not have says that somebody else made the token.
// At a start without the kept keys only the network can tell, and then it is
// as refused and removed as any forged session, not asked about for ever.
func TestJ26AForgedSessionThatTheKeptKeysCannotJudgeIsRemovedOnceTheyCan(t *testing.T) {
	t.Parallel()
	forge := func(w *world, s *Service) {
		w.pool.Faults().Tokens(func(d *faults.Draft) { d.Header["kid"] = "strangers-key" })
		donor := w.process(func(o *Options) { o.Profile = "donor" })
		a, err := donor.Begin(t.Context())
		must(t, err)
		defer a.Cancel()
		must(t, a.Paste(w.redirected(a, "both@example.com")))
		answer, err := a.listener.Wait(t.Context())
		must(t, err)
		tokens, err := donor.client.Exchange(t.Context(), answer.Code, a.RedirectURI(), a.secrets)
		must(t, err)
		w.pool.Faults().Clear()
		w.tamper(s, func(saved *store.Saved) { saved.ID, saved.Access = tokens.ID, tokens.Access })
	}
	tests := map[string]func(t *testing.T, s *Service, m *manualAlarm){
		"by the events": func(t *testing.T, s *Service, _ *manualAlarm) {
			e := next(t, s.Events(t.Context()))
			if e.Session.SignedIn() || !errors.Is(e.Err, ErrNotSignedIn) || !strings.Contains(e.Text, "sign in again") {
				t.Errorf("told %+v", e)
			}
		},
		"by whoever asks for a token": func(t *testing.T, s *Service, _ *manualAlarm) {
			if _, err := s.Token(t.Context(), "access"); !errors.Is(err, ErrNotSignedIn) || errors.Is(err, ErrNetwork) {
				t.Errorf("got %v", err)
			}
		},
		"by a refresh": func(t *testing.T, s *Service, _ *manualAlarm) {
			if got, err := s.Refresh(t.Context()); got.SignedIn() || !errors.Is(err, ErrNotSignedIn) {
				t.Errorf("got %+v, %v", got, err)
			}
		},
	}
	for name, find := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			first := w.process()
			w.signIn(first, "guest@example.com")
			forge(w, first)
			w.clock.forward(time.Minute) // past the penalty after the last fetch
			s, m := w.process(), newManualAlarm()
			s.alarm = m.alarm
			if got, err := s.Restore(t.Context()); got.SignedIn() || !errors.Is(err, ErrNetwork) {
				t.Fatalf("restored %+v, %v", got, err)
			}
			find(t, s, m)
			s.Close()
			if left := w.ring.count(); left != 0 {
				t.Errorf("%d items are left", left)
			}
			if got, err := w.process().Restore(t.Context()); err != nil || got.SignedIn() {
				t.Errorf("the next start: %+v, %v", got, err)
			}
		})
	}
}

func TestJ18ASignInWithAWrongClockSaysHowWrong(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		skew time.Duration // the pool's clock is ahead of ours by this
		want *regexp.Regexp
	}{
		"ten minutes behind": {10 * time.Minute, regexp.MustCompile(`your clock is (59\d|60\d) s behind; set it and try again`)},
		"three hours ahead":  {-3 * time.Hour, regexp.MustCompile(`your clock is (1079\d|1080\d) s ahead; set it and try again`)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, localpool.Options{})
			w.clock.forward(-test.skew)
			w.pool.Faults().Skew(test.skew)
			got, _, err := w.trySignIn(w.process(), "analyst@example.com")
			if got.SignedIn() || err == nil || !test.want.MatchString(err.Error()) || w.ring.count() != 0 {
				t.Errorf("got %+v, %v with %d items", got, err, w.ring.count())
			}
			w.clock.forward(test.skew)
			w.pool.Faults().Skew(0)
			w.signIn(w.process(), "analyst@example.com")
		})
	}
}
