package auth

import (
	"context"
	"errors"
	"time"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// After a refresh that failed for want of a network, the next is tried after
// firstWait, then after twice as long, up to lastWait.
const (
	firstWait = 15 * time.Second
	lastWait  = 5 * time.Minute
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

type events struct {
	s     *Service
	out   chan<- session.Event
	wait  time.Duration // before the next try, after failures
	after time.Time     // no refresh before this
	seen  uint64        // the generation when listening began
}

func (l *events) run(ctx context.Context) {
	// Without a watch a sign-out elsewhere is noticed at the next refresh.
	elsewhere, err := store.Watch(ctx, l.s.dir, l.s.account)
	if err != nil {
		elsewhere = nil
	}
	if m, err := store.ReadMark(l.s.dir, l.s.account); err == nil {
		l.seen = m.Generation
	}
	l.look(ctx)
	for ctx.Err() == nil {
		if l.due(ctx) {
			continue
		}
		rings, stop := l.arm()
		select {
		case <-ctx.Done():
		case <-l.s.changed:
		case _, open := <-elsewhere:
			if !open {
				elsewhere = nil
			}
			l.look(ctx)
		case <-rings:
		}
		stop()
	}
}

// arm sets the alarm for the next thing to do, if there is one.
func (l *events) arm() (<-chan struct{}, func()) {
	at := l.next()
	if at.IsZero() {
		return nil, func() {}
	}
	return l.s.alarm(at)
}

// next is when something is to be done: a refresh, or telling that the
// session has ended. Zero means never.
func (l *events) next() time.Time {
	h := l.s.now()
	switch {
	case !h.signedIn():
		if l.s.pending.Load() {
			return l.after
		}
		return time.Time{}
	case h.saved.Refresh.Empty():
		return h.claims.Expiry
	}
	at := h.renew
	if l.after.After(at) {
		at = l.after
	}
	if !h.told && h.claims.Expiry.Before(at) {
		return h.claims.Expiry
	}
	return at
}

// due does what is to be done by now and reports whether there was anything.
func (l *events) due(ctx context.Context) bool {
	s, now := l.s, l.s.o.Now()
	h := s.now()
	switch {
	case !h.signedIn() && !s.pending.Load():
		l.wait, l.after = 0, time.Time{}
		return false
	case !h.signedIn():
		if now.Before(l.after) {
			return false
		}
		l.refresh(ctx, h)
		return true
	case h.saved.Refresh.Empty() && !now.Before(h.claims.Expiry):
		s.drop(h.saved.Generation)
		s.cleanLater()
		l.tell(ctx, session.Event{Text: "Your session has ended; sign in again."})
		return true
	case !h.saved.Refresh.Empty() && !now.Before(h.renew) && !now.Before(l.after):
		l.refresh(ctx, h)
		return true
	case !h.told && !now.Before(h.claims.Expiry):
		s.markTold(h)
		l.tell(ctx, session.Event{Session: s.session(h), Text: "Your session has ended and will be refreshed when the user pool can be reached."})
		return true
	}
	return false
}

func (l *events) refresh(ctx context.Context, before held) {
	h, err := l.s.renew(ctx, false)
	if ctx.Err() != nil {
		return
	}
	event := session.Event{Session: l.s.session(h), Err: err}
	switch {
	case errors.Is(err, errUnkept):
		l.wait, l.after = 0, time.Time{}
		event.Text, event.Err = err.Error(), nil
	case err == nil && l.s.o.Now().Before(h.renew):
		l.wait, l.after = 0, time.Time{}
		if !before.signedIn() {
			event.Text = "Your session was restored."
		}
	case errors.Is(err, ErrNotSignedIn):
		l.wait, l.after = 0, time.Time{}
		l.s.pending.Store(false)
		event.Text = "Your session has ended: " + cause(err)
	default: // also when new tokens seem old, for a clock here that is ahead
		l.postpone(err)
	}
	l.tell(ctx, event)
}

// postpone sets the next try: never at once, not past lastWait, and not before
// the provider's own Retry-After.
func (l *events) postpone(err error) {
	l.wait = min(max(2*l.wait, firstWait), lastWait)
	var pool *cognito.Error
	if errors.As(err, &pool) && pool.RetryAfter > l.wait {
		l.wait = min(pool.RetryAfter, lastWait)
	}
	l.after = l.s.o.Now().Add(l.wait)
}

// look compares what is held with what other processes left. The mark is read
// first: a change of this process's own is held before it is marked.
func (l *events) look(ctx context.Context) {
	s := l.s
	m, err := store.ReadMark(s.dir, s.account)
	if err != nil {
		return
	}
	before := s.now()
	if before.signedIn() && before.saved.Generation <= m.Ended {
		s.drop(m.Ended)
		l.tell(ctx, session.Event{Text: "You were signed out by another tabgate."})
		return
	}
	known := before.saved.Generation
	if !before.signedIn() {
		known = l.seen // a session from before is Restore's to take up
	}
	if m.Generation <= max(known, m.Ended) {
		return
	}
	saved, err := s.stored(ctx)
	if err != nil || saved.Generation <= before.saved.Generation {
		return
	}
	claims, err := s.checkAnyhow(ctx, saved)
	if err != nil {
		return
	}
	h := s.hold(saved, claims)
	if h.saved.Generation != saved.Generation {
		return // this process signed in or out meanwhile
	}
	event := session.Event{Session: s.session(h)}
	if !before.signedIn() || before.claims.Subject != claims.Subject {
		event.Text = "Signed in by another tabgate."
	}
	l.tell(ctx, event)
}

func (l *events) tell(ctx context.Context, e session.Event) {
	e.Text = session.Clean(e.Text, 400)
	select {
	case l.out <- e:
	case <-ctx.Done():
	}
}

// markTold remembers that the end of h has been told of.
func (s *Service) markTold(h held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held.saved.Generation == h.saved.Generation {
		s.held.told = true
	}
}
