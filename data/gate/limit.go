package gate

import (
	"context"
	"sync"
	"time"
)

// Limits of one reader, or of one address where nobody is signed in.
const (
	perSecond = 20 // requests
	// bursts is how many seconds' requests may come at once: a page of many
	// figures asks for all of them when it is opened.
	bursts = 2
	// patience is how long a request waits for others of its reader to end, and
	// mostWaiting how many do.
	patience    = 5 * time.Second
	mostWaiting = 100
	atOnce      = 4 // answers with figures
	// maxKnown bounds how many readers are counted; beyond, those who asked
	// longest ago begin anew.
	maxKnown = 100_000
)

// limits count requests. They may be used by several goroutines.
type limits struct {
	now  func() time.Time
	rate float64 // requests a second
	most int     // answers with figures at once

	mu sync.Mutex
	m  map[string]*usage
}

// usage is what one reader used up.
type usage struct {
	left float64 // requests that may be made now
	at   time.Time
	// slots holds an element for each answer with figures that is under way.
	slots   chan struct{}
	waiting int
}

func newLimits(rate, most int, now func() time.Time) *limits {
	return &limits{now: now, rate: float64(rate), most: most, m: map[string]*usage{}}
}

// take counts a request. It returns how long to wait where there were too many.
func (l *limits) take(who string) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.of(who)
	if u.left < 1 {
		return time.Duration((1 - u.left) / l.rate * float64(time.Second))
	}
	u.left--
	return 0
}

// begin counts an answer with figures, and reports whether there may be one more:
// where others are under way it waits a while for one of them to end. End must
// follow.
func (l *limits) begin(ctx context.Context, who string) bool {
	l.mu.Lock()
	u := l.of(who)
	if u.waiting >= mostWaiting {
		l.mu.Unlock()
		return false
	}
	u.waiting++
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		u.waiting--
		l.mu.Unlock()
	}()
	select {
	case u.slots <- struct{}{}:
		return true
	default:
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case u.slots <- struct{}{}:
		return true
	case <-t.C:
	case <-ctx.Done():
	}
	return false
}

func (l *limits) end(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	<-l.of(who).slots
}

// idle reports whether nothing of a reader's is under way. It needs mu.
func (u *usage) idle() bool { return len(u.slots) == 0 && u.waiting == 0 }

// of is the usage of a reader as it is now. It needs mu.
func (l *limits) of(who string) *usage {
	now := l.now()
	u := l.m[who]
	if u == nil {
		if len(l.m) >= maxKnown {
			l.forget(now)
		}
		u = &usage{left: bursts * l.rate, at: now, slots: make(chan struct{}, l.most)}
		l.m[who] = u
		return u
	}
	if passed := now.Sub(u.at); passed > 0 {
		u.left = min(bursts*l.rate, u.left+passed.Seconds()*l.rate)
	}
	u.at = now
	return u
}

// forget drops those who have nothing to be remembered for, and where that is
// not enough any that have nothing under way.
func (l *limits) forget(now time.Time) {
	for who, u := range l.m {
		if u.idle() && now.Sub(u.at) > bursts*time.Second {
			delete(l.m, who)
		}
	}
	for who, u := range l.m {
		if len(l.m) <= maxKnown/2 {
			return
		}
		if u.idle() {
			delete(l.m, who)
		}
	}
}
