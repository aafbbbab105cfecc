package source

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// Feed is one source that somebody looks at.
type Feed struct {
	r    *reading
	once *sync.Once
	done runtime.Cleanup
}

// feed makes a handle. Its reading ends when all handles are closed or lost.
func (r *reading) feed() *Feed {
	r.mu.Lock()
	r.handles++
	r.mu.Unlock()
	f := &Feed{r: r, once: &sync.Once{}}
	f.done = runtime.AddCleanup(f, func(once *sync.Once) { once.Do(func() { r.store.drop(r) }) }, f.once)
	return f
}

// Next waits for a snapshot that is newer than the one of a number, and returns
// the newest. Of 0 that is the first. Its only errors are ctx's and ErrClosed:
// what is wrong with the source is said in the snapshot.
func (f *Feed) Next(ctx context.Context, after int) (Snapshot, error) {
	defer runtime.KeepAlive(f)
	return f.r.next(ctx, after)
}

// Refresh reads the source again, within a second at the most.
func (f *Feed) Refresh() {
	select {
	case f.r.asked <- struct{}{}:
	default: // somebody asked just now
	}
}

// Close says that nobody looks any more. A feed that is lost is closed as well,
// later.
func (f *Feed) Close() {
	f.done.Stop()
	f.once.Do(func() { f.r.store.drop(f.r) })
}

// kind is a way to read a source. Its methods are called by one goroutine.
type kind interface {
	// read reads all. It is called again when something may have changed, and
	// returns errSame if nothing has. force asks to read all the same.
	read(ctx context.Context, p *publisher, force bool) (Snapshot, error)
	// close lets go of what it holds open.
	close()
}

// reading is a source that is being read, for all who look at it.
type reading struct {
	store *Store
	key   string
	kind  kind
	ctx   context.Context // ends when nobody wants it
	stop  context.CancelFunc
	asked chan struct{} // has one when somebody wants it read again

	mu      sync.Mutex
	handles int
	last    Snapshot
	changed chan struct{} // closed when last is another
	waiting int           // those in next
	wanted  chan struct{} // has one when somebody begins to wait
}

func newReading(s *Store, key string, k kind) *reading {
	return &reading{store: s, key: key, kind: k, asked: make(chan struct{}, 1), changed: make(chan struct{}), wanted: make(chan struct{}, 1)}
}

func (r *reading) next(ctx context.Context, after int) (Snapshot, error) {
	for {
		if r.ctx.Err() != nil {
			return Snapshot{}, ErrClosed
		}
		r.mu.Lock()
		last, changed := r.last, r.changed
		if last.Seq > after {
			r.mu.Unlock()
			return last, nil
		}
		r.waiting++
		r.mu.Unlock()
		select {
		case r.wanted <- struct{}{}:
		default:
		}
		var err error
		select {
		case <-changed:
		case <-ctx.Done():
			err = ctx.Err()
		case <-r.ctx.Done():
			err = ErrClosed
		}
		r.mu.Lock()
		r.waiting--
		r.mu.Unlock()
		if err != nil {
			return Snapshot{}, err
		}
	}
}

// publish makes a snapshot the newest.
func (r *reading) publish(s Snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.Seq = r.last.Seq + 1
	if s.Read.IsZero() {
		s.Read = r.store.o.Now()
	}
	r.last = s
	close(r.changed)
	r.changed = make(chan struct{})
}

// run reads, and reads again when there is reason to, until ctx ends.
func (r *reading) run(ctx context.Context) {
	defer r.kind.close()
	for force := false; ; {
		r.readOnce(ctx, force)
		select {
		case <-ctx.Done():
			return
		case <-r.asked:
			force = true
		}
	}
}

// readOnce reads and publishes what came of it.
func (r *reading) readOnce(ctx context.Context, force bool) {
	s, err := r.kind.read(ctx, &publisher{r: r}, force)
	switch {
	case ctx.Err() != nil || errors.Is(err, errSame):
		return
	case err != nil:
		s = Snapshot{Err: err}
		if last := r.last; last.Complete {
			s.Frame, s.Report, s.Complete, s.Read = last.Frame, last.Report, true, last.Read
		}
	default:
		s.Complete = true
	}
	r.publish(s)
}
