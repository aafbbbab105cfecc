package gate

import (
	"sync"
	"time"
)

// Limits of one reader, or of one address where nobody is signed in.
const (
	perSecond = 20 // requests
	atOnce    = 4  // answers with figures
	// maxKnown bounds how many readers are counted; beyond, those who asked
	// longest ago begin anew.
	maxKnown = 100_000
)

// limits count requests. They may be used by several goroutines.
type limits struct {
	now  func() time.Time
	rate float64 // requests a second, and as many in one burst
	most int     // answers with figures at once

	mu sync.Mutex
	m  map[string]*usage
}

// usage is what one reader used up.
type usage struct {
	left float64 // requests that may be made now
	at   time.Time
	busy int // answers with figures that are under way
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

// begin counts an answer with figures, and reports whether there may be one
// more. End must follow.
func (l *limits) begin(who string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	u := l.of(who)
	if u.busy >= l.most {
		return false
	}
	u.busy++
	return true
}

func (l *limits) end(who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of(who).busy--
}

// of is the usage of a reader as it is now. It needs mu.
func (l *limits) of(who string) *usage {
	now := l.now()
	u := l.m[who]
	if u == nil {
		if len(l.m) >= maxKnown {
			l.forget(now)
		}
		u = &usage{left: l.rate, at: now}
		l.m[who] = u
		return u
	}
	if passed := now.Sub(u.at); passed > 0 {
		u.left = min(l.rate, u.left+passed.Seconds()*l.rate)
	}
	u.at = now
	return u
}

// forget drops those who have nothing to be remembered for, and where that is
// not enough any that have nothing under way.
func (l *limits) forget(now time.Time) {
	for who, u := range l.m {
		if u.busy == 0 && now.Sub(u.at) > time.Second {
			delete(l.m, who)
		}
	}
	for who, u := range l.m {
		if len(l.m) <= maxKnown/2 {
			return
		}
		if u.busy == 0 {
			delete(l.m, who)
		}
	}
}
