package source

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/authtabs/tabgate/auth/fault"
)

// notifier tells of changes to the files in directories.
type notifier interface {
	Add(dir string) error
	Remove(dir string) error
	// Changes are paths of files; "" = some were missed.
	Changes() <-chan string
	// Close ends the changes.
	Close() error
}

// systemNotifier is the notifier of the operating system.
func systemNotifier() (notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	s := &system{w, make(chan string)}
	fault.Go(s.relay)
	return s, nil
}

type system struct {
	*fsnotify.Watcher
	changes chan string
}

// Changes implements notifier.
func (s *system) Changes() <-chan string { return s.changes }

func (s *system) relay() {
	defer close(s.changes)
	for {
		select {
		case e, ok := <-s.Events:
			if !ok {
				return
			}
			if e.Op != fsnotify.Chmod {
				s.changes <- e.Name
			}
		case _, ok := <-s.Errors:
			if !ok {
				return
			}
			s.changes <- ""
		}
	}
}

// watcher watches directories for all who want to know of files in them.
type watcher struct {
	make func() (notifier, error)

	mu   sync.Mutex
	n    notifier // nil = nobody has asked yet, or there is none
	err  error    // why there is none
	dirs map[string]int
	subs map[*subscription]struct{}
}

// subscription hears of changes to some files.
type subscription struct {
	C        chan struct{} // has one when something has changed
	polled   bool          // the system does not tell: one has to look
	end      func()        // nil = it is one of w
	w        *watcher
	dirs     []string
	concerns func(path string) bool
}

// subscribe watches directories for files that concern somebody.
func (w *watcher) subscribe(dirs []string, concerns func(path string) bool) *subscription {
	s := &subscription{C: make(chan struct{}, 1), w: w, concerns: concerns}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.n == nil && w.err == nil {
		if w.n, w.err = w.make(); w.err == nil {
			n := w.n
			fault.Go(func() { w.listen(n) })
		}
	}
	w.subs[s] = struct{}{}
	for _, dir := range dirs {
		if w.err != nil || remote(dir) || w.dirs[dir] == 0 && w.n.Add(dir) != nil {
			s.polled = true
			continue
		}
		w.dirs[dir]++
		s.dirs = append(s.dirs, dir)
	}
	return s
}

// close ends a subscription.
func (s *subscription) close() {
	if s.end != nil {
		s.end()
		return
	}
	w := s.w
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.subs, s)
	for _, dir := range s.dirs {
		if w.dirs[dir]--; w.dirs[dir] == 0 {
			delete(w.dirs, dir)
			_ = w.n.Remove(dir) // It may be gone.
		}
	}
	s.dirs = nil
}

func (w *watcher) listen(n notifier) {
	for path := range n.Changes() {
		w.mu.Lock()
		for s := range w.subs {
			if path == "" || s.concerns(path) {
				s.tell()
			}
		}
		w.mu.Unlock()
	}
}

func (s *subscription) tell() {
	select {
	case s.C <- struct{}{}:
	default:
	}
}

func (w *watcher) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.n == nil {
		w.err = errors.New("it is closed")
		return nil
	}
	return w.n.Close()
}

func newWatcher(system func() (notifier, error)) *watcher {
	return &watcher{make: system, dirs: map[string]int{}, subs: map[*subscription]struct{}{}}
}

// settle waits, after a change, until none follows for a while, but not longer
// than a time in all: a file that is saved is written in several steps. It
// reports false when ctx ends.
func settle(ctx context.Context, changes <-chan struct{}, quiet, most time.Duration) bool {
	end := time.NewTimer(most)
	defer end.Stop()
	for {
		still := time.NewTimer(quiet)
		select {
		case <-changes:
			still.Stop()
			continue
		case <-still.C:
		case <-end.C:
			still.Stop()
		case <-ctx.Done():
			still.Stop()
			return false
		}
		return true
	}
}
