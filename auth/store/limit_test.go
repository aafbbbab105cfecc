package store

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// stuckRing blocks in every call until it is let go, as a keyring does whose
// prompt nobody answers.
type stuckRing struct {
	release chan struct{}
	entered atomic.Int32
	late    string
}

func (r *stuckRing) wait() { r.entered.Add(1); <-r.release }

func (r *stuckRing) Set(string, string, string) error { r.wait(); return nil }

func (r *stuckRing) Get(string, string) (string, error) { r.wait(); return r.late, nil }

func (r *stuckRing) Delete(string, string) error { r.wait(); return nil }

func TestK1AKeyringThatNeverAnswersCostsThreeSeconds(t *testing.T) {
	tests := map[string]func(context.Context, Store) error{
		"probe":  func(ctx context.Context, s Store) error { return s.Probe(ctx) },
		"load":   func(ctx context.Context, s Store) error { _, err := s.Load(ctx, ana); return err },
		"save":   func(ctx context.Context, s Store) error { return s.Save(ctx, ana, big("x", 1300, 1200, 4000)) },
		"delete": func(ctx context.Context, s Store) error { return s.Delete(ctx, ana) },
	}
	for name, do := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ring := &stuckRing{release: make(chan struct{})}
				start := time.Now()
				err := do(t.Context(), Keyring(ring))
				var e *Error
				if !errors.As(err, &e) || e.Reason != Timeout {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != 3*time.Second {
					t.Errorf("it took %v", took)
				}
				close(ring.release)
			})
		})
	}
}

func TestK1ACallerWhoGivesUpIsNotHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &stuckRing{release: make(chan struct{})}
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := Keyring(ring).Load(ctx, ana)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 50*time.Millisecond {
			t.Errorf("got %v after %v", err, time.Since(start))
		}
		close(ring.release)
	})
}

func TestK9AnAnswerThatComesTooLateIsDiscarded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ring := &stuckRing{release: make(chan struct{}), late: "too late"}
		l := limit(ring, Limit)
		if _, err := l.get(t.Context(), "first"); err == nil {
			t.Fatal("the first call was answered")
		}
		// While it hangs, further calls fail within the limit and start nothing.
		for range 5 {
			if _, err := l.get(t.Context(), "next"); err == nil {
				t.Fatal("a call behind a stuck one was answered")
			}
		}
		if ring.entered.Load() != 1 {
			t.Errorf("%d calls reached the keyring, want 1", ring.entered.Load())
		}
		close(ring.release) // now the first answer comes, to nobody
		synctest.Wait()
		ring.late = "in time"
		if got, err := l.get(t.Context(), "again"); got != "in time" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

type panicRing struct{ stuckRing }

func (*panicRing) Get(string, string) (string, error) {
	var answer any = "a string"
	return string(answer.([]byte)), nil
}

func TestK4ABackendThatPanicsIsAnErrorAndTheNextCallWorks(t *testing.T) {
	l := limit(&panicRing{}, Limit)
	for range 2 {
		_, err := l.get(t.Context(), "x")
		var e *Error
		if !errors.As(err, &e) || e.Reason != Other {
			t.Errorf("got %v", err)
		}
	}
}

// The pieces of a session are read at once, or a keyring with slow answers
// would hold up every start.
func TestK1AKeyringWithSlowAnswersIsReadInLanes(t *testing.T) {
	want := big("x", 1290, 1165, 1500)
	ring := newRing()
	must(t, Keyring(ring).Save(t.Context(), ana, want))
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		got, err := Keyring(slowRing{ring, 10 * time.Millisecond}).Load(t.Context(), ana)
		if err != nil || !same(got, want) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 20*time.Millisecond { // the manifest, then three pieces
			t.Errorf("it took %v", took)
		}
	})
}

// slowRing takes its time for each answer.
type slowRing struct {
	*fakeRing
	each time.Duration
}

func (r slowRing) Get(service, user string) (string, error) {
	<-time.After(r.each) // of the bubble's clock
	return r.fakeRing.Get(service, user)
}
