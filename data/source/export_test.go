package source

import (
	"context"
	"errors"
)

// OpenFiles is how many files and connections are open.
func (s *Store) OpenFiles() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.held)
}

// System is a system that tells of changes when a test says so.
type System struct{ changes chan string }

// NewSystem makes one.
func NewSystem() *System { return &System{make(chan string)} }

// Tell tells of a change to a file.
func (s *System) Tell(path string) { s.changes <- path }

// Add implements notifier.
func (s *System) Add(string) error { return nil }

// Remove implements notifier.
func (s *System) Remove(string) error { return nil }

// Changes implements notifier.
func (s *System) Changes() <-chan string { return s.changes }

// Close implements notifier.
func (s *System) Close() error {
	close(s.changes)
	return nil
}

// With is o with another system; nil = one that tells of nothing.
func (o Options) With(s *System) Options {
	o.system = s.get
	return o
}

func (s *System) get() (notifier, error) {
	if s == nil {
		return nil, errors.New("it cannot tell")
	}
	return s, nil
}

// WatchFolderWith is WatchFolder with another system.
func WatchFolderWith(ctx context.Context, dir string, s *System) <-chan struct{} {
	return watchFolder(ctx, dir, s.get)
}
