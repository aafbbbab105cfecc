package gate

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Why an answer with figures was cut.
var (
	errClosed  = errors.New("the page closed to the reader")
	errExpired = errors.New("the access token ended")
)

// streams are the answers with figures that are under way.
type streams struct {
	mu sync.Mutex
	m  map[*stream]struct{}
}

// stream is one answer.
type stream struct {
	page   *servedPage
	caller *Caller
	cancel context.CancelCauseFunc
}

func newStreams() *streams { return &streams{m: map[*stream]struct{}{}} }

// begin makes a context that ends when the page closes to the caller, or when
// the caller's token ends. The function that it returns must be called.
func (s *streams) begin(ctx context.Context, p *servedPage, c *Caller, now time.Time) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	one := &stream{p, c, cancel}
	var timer *time.Timer
	if c != nil && p.gated() {
		timer = time.AfterFunc(c.ends(now).Sub(now), func() { cancel(errExpired) })
	}
	s.mu.Lock()
	s.m[one] = struct{}{}
	s.mu.Unlock()
	return ctx, func() {
		if timer != nil {
			timer.Stop()
		}
		s.mu.Lock()
		delete(s.m, one)
		s.mu.Unlock()
		cancel(nil)
	}
}

// judge cuts the answers that the folder as it is now would not give.
func (s *streams) judge(now *served) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for one := range s.m {
		p := now.find(one.page.entry.ID)
		if p == nil || !p.same(one.page) || p.access(one.caller) != "open" {
			one.cancel(errClosed)
		}
	}
}
