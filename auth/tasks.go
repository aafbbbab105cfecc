package auth

import (
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/fault"
)

// closing bounds how long Close waits for what is under way: a refresh whose
// answer must reach the store, a browser that is about to get its page of a
// sign-in.
const closing = 5 * time.Second

// tasks counts what must be finished before the program ends. Unlike a
// sync.WaitGroup it may be waited for while new ones begin.
type tasks struct {
	mu   sync.Mutex
	n    int
	idle chan struct{} // closed when n is 0; nil when nobody waits
}

func (t *tasks) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
}

func (t *tasks) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n--; t.n == 0 && t.idle != nil {
		close(t.idle)
		t.idle = nil
	}
}

// run does f in the background.
func (t *tasks) run(f func()) {
	t.begin()
	fault.Go(func() {
		defer t.end()
		f()
	})
}

// done is closed once nothing is under way.
func (t *tasks) done() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.idle == nil {
		t.idle = make(chan struct{})
	}
	idle := t.idle
	if t.n == 0 {
		close(idle)
		t.idle = nil
	}
	return idle
}
