package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/httpcache"
	"github.com/authtabs/tabgate/data/source/postgres"
)

// Options set a Store up.
type Options struct {
	// Root is the folder that paths are below. nil = there is none, and paths
	// lead nowhere unless Files is set.
	Root *os.Root
	// FS is a folder that is part of the program, in the place of Root. Nothing
	// in it changes.
	FS fs.FS
	// Files says that the person named the files: paths are those of the file
	// system, absolute or from the working directory, and "-" is Stdin.
	Files bool
	Stdin io.Reader
	// Trust reports what is wrong with who may change a file below Root, by its
	// name there; nil = nothing ever is.
	Trust func(name string) error

	// HTTP asks addresses, within MaxTime, MaxBody and MaxRedirects. nil is as
	// Offline.
	HTTP     *http.Client
	Offline  bool
	CacheDir string // of answers, "" = none
	// Fresh is how long what a source's address gave is shown without asking
	// again, unless somebody wants it read again; nil = it is always asked.
	Fresh func(dashboard.Source) time.Duration
	// AtHand shows what was kept, or a fallback, while an address is asked for the
	// first time: see Snapshot.Asking.
	AtHand bool

	// Env looks up what ${env:NAME} names in headers; nil = nothing is set.
	Env func(name string) (string, bool)
	// Reader is the person that figures are read for now; nil = nobody. It is
	// asked each time that a source is read which asks who reads, and may take
	// its time. See Store.ReaderChanged.
	Reader func(ctx context.Context) Reader
	// Allowed reports whether the reader said yes to what a source needs beyond
	// the folder; nil = to everything. See Store.Recheck.
	Allowed func(dashboard.Source) bool

	Now func() time.Time // nil = time.Now

	system func() (notifier, error) // nil = the operating system's
}

// ErrClosed says that the store was closed.
var ErrClosed = errors.New("the sources were closed")

// Store opens sources. Each is read once, however many ask for it. A Store is
// safe for use by several goroutines.
type Store struct {
	o    Options
	ctx  context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup

	watcher *watcher

	mu       sync.Mutex
	board    *dashboard.Dashboard
	readings map[string]*reading
	held     map[*resource]struct{}
	received *stream // from Stdin
	servers  postgres.Pool
}

// NewStore makes a store. Its sources are read until ctx ends or it is closed.
func NewStore(ctx context.Context, o Options) *Store {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.HTTP == nil {
		o.Offline = true
	}
	if o.system == nil {
		o.system = systemNotifier
	}
	s := &Store{o: o, watcher: newWatcher(o.system), readings: map[string]*reading{}, held: map[*resource]struct{}{}}
	s.ctx, s.stop = context.WithCancel(ctx)
	return s
}

// Use tells which dashboard the sources are of: what its connections are, and
// which sources stand beside each other on a page. A dashboard that was read
// again takes the place of the one before.
func (s *Store) Use(d *dashboard.Dashboard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board = d
}

// Recheck asks again whether the reader said yes to what sources wait for.
func (s *Store) Recheck() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.readings {
		r.mu.Lock()
		waits := r.last.Waiting != ""
		r.mu.Unlock()
		if waits {
			r.ask()
		}
	}
}

// ReaderChanged reads again what is read for one reader and not for all.
func (s *Store) ReaderChanged() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.readings {
		if r.own {
			r.ask()
		}
	}
}

// Open gives a source with what the inputs of its page hold, by their names.
// What is the same is read once. Close gives the feed back.
func (s *Store) Open(src dashboard.Source, params map[string][]string) *Feed {
	return s.open(src, asking{params: params, now: s.o.Reader})
}

// OpenFor is Open for a person. Sources that do not ask who reads them are the
// same for everybody, and are read once for all.
func (s *Store) OpenFor(reader Reader, src dashboard.Source, params map[string][]string) *Feed {
	return s.open(src, asking{params: params, reader: reader})
}

func (s *Store) open(src dashboard.Source, a asking) *Feed {
	s.mu.Lock()
	defer s.mu.Unlock()
	if src.Refresh == 0 && s.board != nil {
		src.Refresh = s.board.Refresh
	}
	key := s.keyOf(src, a)
	r := s.readings[key]
	if r == nil {
		r = newReading(s, key, s.kind(src, a), src.Refresh)
		r.own = a.now != nil && forReader(src)
		if src.Connection == "" || len(a.params) == 0 {
			r.linger = linger
		}
		s.readings[key] = r
		s.start(r)
	}
	return r.feed()
}

// CacheProblem says in one line why what addresses answer is not kept, and what
// to do about it; nil where it is.
func (s *Store) CacheProblem() error {
	if err := httpcache.New(s.o.CacheDir, "", maxKept).Problem(); err != nil {
		return fmt.Errorf("figures are not kept for later: %w", err)
	}
	return nil
}

// start reads a source until nobody wants it.
func (s *Store) start(r *reading) {
	r.ctx, r.stop = context.WithCancel(s.ctx)
	if r.ctx.Err() != nil { // closed
		return
	}
	s.wg.Add(1)
	fault.Go(func() {
		defer s.wg.Done()
		defer r.stop()
		r.run(r.ctx)
	})
}

// linger is how long a source is kept that nobody looks at: a page that was
// saved and is shown again finds it as it was. What a query gave for an input
// that is another by now is not kept.
const linger = 5 * time.Second

// drop takes a handle back.
func (s *Store) drop(r *reading) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.handles--; r.handles > 0 {
		return
	}
	if s.ctx.Err() != nil || r.linger == 0 {
		s.end(r)
		return
	}
	r.idle = time.AfterFunc(r.linger, func() {
		defer fault.Recover()
		s.forget(r)
	})
}

// forget ends a reading if still nobody wants it.
func (s *Store) forget(r *reading) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.handles == 0 {
		s.end(r)
	}
}

// end ends a reading. It is called with s.mu held.
func (s *Store) end(r *reading) {
	if s.readings[r.key] == r {
		delete(s.readings, r.key)
	}
	r.stop()
}

// Close ends all reading and closes all files. Frames that somebody still holds
// cannot be read any more.
func (s *Store) Close() error {
	s.mu.Lock()
	s.stop()
	s.mu.Unlock()
	s.wg.Wait()
	s.mu.Lock()
	held := s.held
	s.held = nil
	s.mu.Unlock()
	s.servers.Close()
	err := s.watcher.close()
	for r := range held {
		err = errors.Join(err, r.end())
	}
	return err
}
