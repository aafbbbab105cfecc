package source

import (
	"context"
	"runtime"
	"sync"
	"time"
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
func (f *Feed) Refresh() { f.r.ask() }

func (r *reading) ask() {
	select {
	case r.asked <- struct{}{}:
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
	// returns errSame if nothing has.
	read(ctx context.Context, p *publisher, why reason) (Snapshot, error)
	// watch hears of changes from now on; nil = there are none to hear of.
	watch() *subscription
	// close lets go of what it holds open.
	close()
}

// reading is a source that is being read, for all who look at it.
type reading struct {
	store *Store
	key   string
	kind  kind
	every time.Duration   // 0 = it is not read again by time
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

func newReading(s *Store, key string, k kind, every time.Duration) *reading {
	if every > 0 {
		every = max(every, leastEvery)
	}
	return &reading{store: s, key: key, kind: k, every: every, asked: make(chan struct{}, 1), changed: make(chan struct{}), wanted: make(chan struct{}, 1)}
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
