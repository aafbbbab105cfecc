package store

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
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

// lanes is how many items are read or written at the same time. On Linux one takes seven
// round trips over D-Bus, on macOS a process of its own.
const lanes = 4

// limited calls a Ring one call at a time and never waits longer than limit.
// go-keyring cannot be cancelled, so a call that hangs keeps its goroutine;
// because the next call waits for the same turn, there is never more than one,
// or one for each lane.
type limited struct {
	ring  Ring
	limit time.Duration
	turn  chan struct{}
}

type item struct{ user, text string }

type answer[T any] struct {
	value T
	err   error
}

func limit(ring Ring, d time.Duration) *limited {
	return &limited{ring: ring, limit: d, turn: make(chan struct{}, 1)}
}

// call runs f within the limit and the context. The answer of a call that was
// given up is dropped when it comes.
func call[T any](ctx context.Context, l *limited, f func() (T, error)) (none T, err error) {
	timer := time.NewTimer(l.limit)
	defer timer.Stop()
	select {
	case l.turn <- struct{}{}:
	case <-timer.C:
		return none, fail(Timeout, "an earlier call still waits", nil)
	case <-ctx.Done():
		return none, over(ctx)
	}
	got := make(chan answer[T], 1) // room for an answer nobody waits for any more
	go func() {
		a := guarded(f)
		<-l.turn
		got <- a
	}()
	select {
	case a := <-got:
		return a.value, classify(a.err)
	case <-timer.C:
		return none, fail(Timeout, "", nil)
	case <-ctx.Done():
		return none, over(ctx)
	}
}

// guarded turns a panic of the backend, which asserts the types of what other
// programs answer over D-Bus, into an error.
func guarded[T any](f func() (T, error)) (a answer[T]) {
	defer func() {
		if p := recover(); p != nil {
			a = answer[T]{err: fmt.Errorf("keyring answer not understood: %v", p)}
		}
	}()
	a.value, a.err = f()
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
	_, err := call(ctx, l, func() (struct{}, error) { return struct{}{}, l.ring.Set(service, user, text) })
	return err
}

func (l *limited) get(ctx context.Context, user string) (string, error) {
	return call(ctx, l, func() (string, error) { return l.ring.Get(service, user) })
}

// getAll reads several items at once, or none of them.
func (l *limited) getAll(ctx context.Context, users []string) ([]string, error) {
	return call(ctx, l, func() ([]string, error) {
		texts := make([]string, len(users))
		return texts, inLanes(len(users), func(i int) (err error) {
			texts[i], err = l.ring.Get(service, users[i])
			return err
		})
	})
}

// setAll writes rows of items, the rows at once and the items of a row one
// after the other up to an error, so that what is there of a row has no gap.
func (l *limited) setAll(ctx context.Context, rows [][]item) error {
	_, err := call(ctx, l, func() (struct{}, error) {
		return struct{}{}, inLanes(len(rows), func(i int) error {
			for _, it := range rows[i] {
				if err := l.ring.Set(service, it.user, it.text); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return err
}

// inLanes does f for the numbers below n and gives the first error.
func inLanes(n int, f func(int) error) error {
	var all errgroup.Group
	all.SetLimit(lanes)
	for i := range n {
		all.Go(func() error { return guarded(func() (struct{}, error) { return struct{}{}, f(i) }).err })
	}
	return all.Wait()
}

func (l *limited) remove(ctx context.Context, user string) error {
	_, err := call(ctx, l, func() (struct{}, error) { return struct{}{}, l.ring.Delete(service, user) })
	return err
}
