package store

import (
	"context"
	"fmt"
	"time"
)

// Limit is how long one keyring call, one probe or the reading of one session
// may take. A person who has to unlock a keyring is not fast enough for it;
// the session then stays in memory until the next save.
const Limit = 3 * time.Second

// Ring is a keyring: small text items named by service and user. The methods
// are those of zalando/go-keyring and may block for ever.
type Ring interface {
	Set(service, user, text string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// limited calls a Ring one call at a time and never waits longer than limit.
// go-keyring cannot be cancelled, so a call that hangs keeps its goroutine;
// because the next call waits for the same turn, there is never more than one.
type limited struct {
	ring  Ring
	limit time.Duration
	turn  chan struct{}
}

type answer struct {
	text string
	err  error
}

func limit(ring Ring, d time.Duration) *limited {
	return &limited{ring: ring, limit: d, turn: make(chan struct{}, 1)}
}

// call runs f within the limit and the context. The answer of a call that was
// given up is dropped when it comes.
func (l *limited) call(ctx context.Context, f func() (string, error)) (string, error) {
	timer := time.NewTimer(l.limit)
	defer timer.Stop()
	select {
	case l.turn <- struct{}{}:
	case <-timer.C:
		return "", fail(Timeout, "an earlier call still waits", nil)
	case <-ctx.Done():
		return "", over(ctx)
	}
	got := make(chan answer, 1) // room for an answer nobody waits for any more
	go func() {
		a := guarded(f)
		<-l.turn
		got <- a
	}()
	select {
	case a := <-got:
		return a.text, classify(a.err)
	case <-timer.C:
		return "", fail(Timeout, "", nil)
	case <-ctx.Done():
		return "", over(ctx)
	}
}

// guarded turns a panic of the backend, which asserts the types of what other
// programs answer over D-Bus, into an error.
func guarded(f func() (string, error)) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a = answer{err: fmt.Errorf("keyring answer not understood: %v", p)}
		}
	}()
	a.text, a.err = f()
	return a
}

// over tells a limit of ours from a caller that gave up.
func over(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return ctx.Err()
}

// within bounds several calls together.
func (l *limited) within(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, l.limit, fail(Timeout, "", nil))
}

func (l *limited) set(ctx context.Context, user, text string) error {
	_, err := l.call(ctx, func() (string, error) { return "", l.ring.Set(service, user, text) })
	return err
}

func (l *limited) get(ctx context.Context, user string) (string, error) {
	return l.call(ctx, func() (string, error) { return l.ring.Get(service, user) })
}

func (l *limited) remove(ctx context.Context, user string) error {
	_, err := l.call(ctx, func() (string, error) { return "", l.ring.Delete(service, user) })
	return err
}
