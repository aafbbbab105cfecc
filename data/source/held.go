package source

import (
	"context"
	"runtime"
	"sync"

	"github.com/authtabs/tabgate/data/frame"
)

// resource is something open that frames read from. It is closed once nobody
// holds it: neither who made it, nor a frame that somebody can still read.
type resource struct {
	store *Store
	mu    sync.Mutex
	holds int
	close func() error // nil once it is closed
}

// own makes a resource that is held by who made it.
func (s *Store) own(closing func() error) *resource {
	r := &resource{store: s, holds: 1, close: closing}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil {
		s.held[r] = struct{}{}
	}
	return r
}

// release lets go of a resource.
func (r *resource) release() {
	r.mu.Lock()
	r.holds--
	last := r.holds == 0
	r.mu.Unlock()
	if !last {
		return
	}
	_ = r.end() // It was only read.
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	delete(r.store.held, r)
}

// end closes a resource.
func (r *resource) end() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.close == nil {
		return nil
	}
	err := r.close()
	r.close = nil
	return err
}

// frame is f, which holds the resource as long as somebody can read it.
func (r *resource) frame(f frame.Frame) frame.Frame {
	r.mu.Lock()
	r.holds++
	r.mu.Unlock()
	held := &heldFrame{f}
	runtime.AddCleanup(held, func(r *resource) { r.release() }, r)
	return held
}

// heldFrame is a frame that holds what it reads from. It is shared, so closing
// it does nothing.
type heldFrame struct{ f frame.Frame }

// Origin implements frame.Frame.
func (h *heldFrame) Origin() frame.Origin { return h.f.Origin() }

// Columns implements frame.Frame.
func (h *heldFrame) Columns() []frame.Column { return h.f.Columns() }

// Len implements frame.Frame.
func (h *heldFrame) Len() int { return h.f.Len() }

// Close implements frame.Frame.
func (h *heldFrame) Close() error { return nil }

// Scan implements frame.Frame.
func (h *heldFrame) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) error {
	defer runtime.KeepAlive(h)
	return h.f.Scan(ctx, columns, from, to, visit)
}

// Search implements frame.Searcher.
func (h *heldFrame) Search(ctx context.Context, text string, progress func(rows int)) (frame.Hits, error) {
	defer runtime.KeepAlive(h)
	return frame.Search(ctx, h.f, text, progress)
}
