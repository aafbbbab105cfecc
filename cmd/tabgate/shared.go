package main

import (
	"io"
	"sync"
)

// shared is a stream that several goroutines write whole lines to while one
// waits for a person: what the listener saw, what became of a pasted address.
// After its end nothing is written any more, however late it comes.
type shared struct {
	mu    sync.Mutex
	w     io.Writer
	ended bool
}

// Write implements io.Writer.
func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return len(p), nil
	}
	return s.w.Write(p)
}

func (s *shared) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
}
