package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/lifecycle"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// Events tells of changes that nobody at this screen asked for, until ctx
// ends and the channel is closed: a refresh before the tokens end, a refused
// one, the end of a session that could not be refreshed, a sign-out or
// sign-in by another process. It waits on one wall-clock timer and one watched
// directory, so nothing runs while nothing happens. Call it once.
func (s *Service) Events(ctx context.Context) <-chan session.Event {
	out := make(chan session.Event)
	l := &events{s: s, out: out}
	fault.Go(func() {
		defer close(out)
		l.run(ctx)
	})
	return out
}

// events performs what the lifecycle asks for by itself.
type events struct {
	s   *Service
	out chan<- session.Event
}

func (l *events) run(ctx context.Context) {
	s := l.s
	// Without a watch a sign-out elsewhere is noticed at the next refresh.
	elsewhere, err := store.Watch(ctx, s.storage.dir, s.storage.account)
	if err != nil {
		elsewhere = nil
	}
	if m, err := s.storage.mark(); err == nil {
		s.state.step(lifecycle.Listening{Mark: m})
	}
	l.readMark(ctx)
	for ctx.Err() == nil {
		at, idle := l.perform(ctx, s.state.step(lifecycle.Tick{Now: s.opts.Now()}))
		if !idle {
			continue
		}
		rings, stop := l.arm(at)
		select {
		case <-ctx.Done():
		case <-s.state.changed:
		case _, open := <-elsewhere:
			if !open {
				elsewhere = nil
			}
			l.readMark(ctx)
		case <-rings:
		}
		stop()
	}
}

// arm sets the alarm for the next thing to do, if there is one.
func (l *events) arm(at time.Time) (<-chan struct{}, func()) {
	if at.IsZero() {
		return nil, func() {}
	}
	return l.s.alarm(at)
}

// perform does what a step asks for. With idle there is nothing to do before
// at, or at all where at is zero.
func (l *events) perform(ctx context.Context, effects []lifecycle.Effect) (at time.Time, idle bool) {
	for i, effect := range effects {
		switch e := effect.(type) {
		case lifecycle.WakeAt:
			at, idle = e.At, true
		case lifecycle.Tell:
			l.tell(ctx, e.Text, e.Err)
		case lifecycle.SignedOutElsewhere:
			l.tell(ctx, "You were signed out by another tabgate.", nil)
		case lifecycle.Refresh:
			l.refresh(ctx)
		case lifecycle.Load:
			l.load(ctx)
		default:
			_ = l.s.perform(ctx, effects[i:i+1])
		}
	}
	return at, idle
}

func (l *events) refresh(ctx context.Context) {
	restored := !l.s.current().SignedIn()
	_, err := l.s.refresh(ctx, false)
	if ctx.Err() != nil {
		return
	}
	in := refreshEnded(err)
	in.Now, in.Restored = l.s.opts.Now(), restored
	l.perform(ctx, l.s.state.step(in))
}

// refreshEnded says what the error of a refresh means for the session.
func refreshEnded(err error) lifecycle.RefreshEnded {
	var pool *cognito.Error
	switch {
	case err == nil:
		return lifecycle.RefreshEnded{Result: lifecycle.Renewed}
	case errors.Is(err, errNotPersisted):
		return lifecycle.RefreshEnded{Result: lifecycle.MemoryOnly, Reason: err.Error()}
	case errors.Is(err, ErrNotSignedIn):
		return lifecycle.RefreshEnded{Result: lifecycle.Ended, Reason: cause(err), Err: err}
	case errors.As(err, &pool):
		return lifecycle.RefreshEnded{Result: lifecycle.Failed, RetryAfter: pool.RetryAfter, Err: err}
	}
	return lifecycle.RefreshEnded{Result: lifecycle.Failed, Err: err}
}

// readMark compares the session with what other processes left. The mark is
// read first: a change of this process's own is current before it is marked.
func (l *events) readMark(ctx context.Context) {
	if m, err := l.s.storage.mark(); err == nil {
		l.perform(ctx, l.s.state.step(lifecycle.MarkRead{Mark: m}))
	}
}

// load takes up what another process stored.
func (l *events) load(ctx context.Context) {
	saved, err := l.s.storage.load(ctx)
	if err != nil {
		return
	}
	claims, err := l.s.verifier.checkAnyhow(ctx, saved)
	if err != nil {
		return
	}
	l.perform(ctx, l.s.state.step(lifecycle.Found{Session: lifecycle.New(saved, claims, l.s.jitter())}))
}

func (l *events) tell(ctx context.Context, text string, err error) {
	e := session.Event{Session: l.s.session(l.s.current()), Text: session.Clean(text, 400), Err: err}
	select {
	case l.out <- e:
	case <-ctx.Done():
	}
}
