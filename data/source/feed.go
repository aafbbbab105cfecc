package source

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"time"
)

// Feed is one source that somebody looks at.
type Feed struct {
	r    *reading
	once *sync.Once
	gone chan struct{} // closed with the feed
	done runtime.Cleanup
}

// feed makes a handle. Its reading ends some time after all handles were closed
// or lost.
func (r *reading) feed() *Feed {
	r.mu.Lock()
	r.handles++
	if r.idle != nil {
		r.idle.Stop()
		r.idle = nil
	}
	r.mu.Unlock()
	f := &Feed{r: r, once: &sync.Once{}, gone: make(chan struct{})}
	f.done = runtime.AddCleanup(f, func(once *sync.Once) { once.Do(func() { r.store.drop(r) }) }, f.once)
	return f
}

// Next waits for a snapshot that is newer than the one of a number, and returns
// the newest. Of 0 that is the first. Its only errors are ctx's and ErrClosed:
// what is wrong with the source is said in the snapshot.
func (f *Feed) Next(ctx context.Context, after int) (Snapshot, error) {
	defer runtime.KeepAlive(f)
	f.r.wait(1)
	defer f.r.wait(-1)
	return f.r.next(ctx, after, f.gone)
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
	f.once.Do(func() {
		close(f.gone)
		f.r.store.drop(f.r)
	})
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
	store  *Store
	key    string
	kind   kind
	every  time.Duration   // 0 = it is not read again by time
	own    bool            // of whoever is the reader at that time
	linger time.Duration   // how long it is kept when nobody looks
	ctx    context.Context // ends when nobody wants it
	stop   context.CancelFunc
	asked  chan struct{} // has one when somebody wants it read again

	mu      sync.Mutex
	handles int
	idle    *time.Timer // ends the reading when it has had no handles for a while
	last    Snapshot
	changed chan struct{} // closed when last is another
	waiting int           // those in next
	wanted  chan struct{} // has one when somebody begins to wait
	// Sources that are made of this one, and those that this one is made of.
	users, uses []*reading
}

func newReading(s *Store, key string, k kind, every time.Duration) *reading {
	if every > 0 {
		every = max(every, leastEvery)
	}
	r := &reading{store: s, key: key, kind: k, every: every, asked: make(chan struct{}, 1), changed: make(chan struct{}), wanted: make(chan struct{}, 1)}
	if d, ok := k.(*derivedKind); ok {
		d.r = r
	}
	return r
}

// wait counts those who wait for it.
func (r *reading) wait(more int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting += more; more > 0 {
		r.want()
	}
}

// want tells that somebody waits for it, and so for what it is made of.
func (r *reading) want() {
	select {
	case r.wanted <- struct{}{}:
	default:
	}
	for _, u := range r.uses {
		u.want()
	}
}

func (r *reading) isAwaited() bool {
	r.mu.Lock()
	waiting, users := r.waiting, r.users
	r.mu.Unlock()
	return waiting > 0 || slices.ContainsFunc(users, (*reading).isAwaited)
}

// next waits for a snapshot without being counted, until ctx ends or gone is
// closed.
func (r *reading) next(ctx context.Context, after int, gone <-chan struct{}) (Snapshot, error) {
	for {
		select {
		case <-gone:
			return Snapshot{}, ErrClosed
		case <-r.ctx.Done():
			return Snapshot{}, ErrClosed
		default:
		}
		r.mu.Lock()
		last, changed := r.last, r.changed
		r.mu.Unlock()
		if last.Seq > after {
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Snapshot{}, ctx.Err()
		case <-gone:
			return Snapshot{}, ErrClosed
		case <-r.ctx.Done():
			return Snapshot{}, ErrClosed
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
