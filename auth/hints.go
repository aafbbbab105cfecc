package auth

import (
	"sync"

	"github.com/authtabs/tabgate/auth/session"
)

// hints are sentences for the person who waits for a sign-in.
type hints struct {
	mu     sync.Mutex
	closed bool
	out    chan string
}

func newHints() *hints { return &hints{out: make(chan string, 8)} }

// send drops what nobody reads.
func (h *hints) send(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || text == "" {
		return
	}
	select {
	case h.out <- session.Clean(text, 400):
	default:
	}
}

// relay passes others on until they end, and closes the hints.
func (h *hints) relay(others <-chan string) {
	for text := range others {
		h.send(text)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	close(h.out)
}
