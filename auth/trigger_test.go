package auth

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
)

// A function of the pool's owner that fails says nothing of the refresh token.
func TestT15ATriggersFailureDoesNotEndASession(t *testing.T) {
	t.Parallel()
	const words = "PreTokenGeneration failed with error Task timed out after 3.00 seconds"
	w := newWorld(t, localpool.Options{Rotation: true})
	s := w.process()
	before := w.signIn(s, "analyst@example.com")
	asked := w.pool.Faults().Seen(localpool.Token)
	w.pool.Faults().Set(localpool.Token, faults.OAuthError(400, "invalid_grant", words+" \n"))
	got, err := s.Refresh(t.Context())
	if got.Sub != before.Sub || errors.Is(err, ErrNotSignedIn) || !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), `says "`+words+`"`) {
		t.Errorf("got %+v, %v", got, err)
	}
	if again, err := w.process().Restore(t.Context()); err != nil || again.Sub != before.Sub {
		t.Errorf("the next start has %+v, %v", again, err)
	}
	if n := w.pool.Faults().Seen(localpool.Token) - asked; n != 1 {
		t.Errorf("it was tried %d times at once", n)
	}
	w.pool.Faults().Clear()
	if got, err := s.Refresh(t.Context()); err != nil || !got.Live(w.clock.now()) {
		t.Errorf("afterwards %+v, %v", got, err)
	}
}

// The app tries again later, ever less often, and not without end at once.
func TestT15ATriggersFailureIsTriedAgainLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s, m := w.process(), newManualAlarm()
	s.alarm = m.alarm
	w.signIn(s, "analyst@example.com")
	asked := w.pool.Faults().Seen(localpool.Token)
	w.pool.Faults().Set(localpool.Token, faults.OAuthError(400, "invalid_grant", "PreTokenGeneration failed with error x."))
	events := s.Events(t.Context())
	w.clock.forward(59*time.Minute + 30*time.Second)
	m.ring()
	for try := range 3 {
		if e := next(t, events); !e.Session.SignedIn() || errors.Is(e.Err, ErrNotSignedIn) || e.Err == nil {
			t.Fatalf("try %d: %+v", try, e)
		}
		if n := w.pool.Faults().Seen(localpool.Token) - asked; n != try+1 {
			t.Errorf("%d refreshes after try %d", n, try)
		}
		w.clock.forward(lifecycle.FirstWait << try)
		m.ring()
	}
}
