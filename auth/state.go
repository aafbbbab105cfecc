package auth

import (
	"sync"

	"github.com/authtabs/tabgate/auth/lifecycle"
)

// state holds the state of the session's lifecycle. Nothing but step changes
// it, so two inputs at once are two steps, one after the other. No lock is
// held while effects are performed: they wait for disks and networks, and
// whoever wants to know who is signed in must not.
type state struct {
	mu      sync.Mutex
	value   lifecycle.State
	changed chan struct{} // wakes Events
}

func newState() *state { return &state{changed: make(chan struct{}, 1)} }

// step takes in an input and returns what is to be done about it.
func (h *state) step(in lifecycle.Input) []lifecycle.Effect {
	h.mu.Lock()
	defer h.mu.Unlock()
	before := h.value
	var effects []lifecycle.Effect
	h.value, effects = lifecycle.Step(before, in)
	if h.value.Another(before) {
		select {
		case h.changed <- struct{}{}:
		default:
		}
	}
	return effects
}

func (h *state) get() lifecycle.State {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.value
}
