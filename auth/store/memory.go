package store

import (
	"context"
	"sync"
)

// Memory keeps sessions as long as the program runs and never writes them
// anywhere.
func Memory() Store { return &memory{kept: map[string]Saved{}} }

type memory struct {
	mu   sync.Mutex
	kept map[string]Saved
}

func (m *memory) Kind() string { return "memory" }

func (m *memory) Probe(context.Context) error { return nil }

func (m *memory) Load(_ context.Context, a Account) (Saved, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.kept[a.Key()]
	if !ok {
		return Saved{}, ErrNotFound
	}
	return s, nil
}

func (m *memory) Save(_ context.Context, a Account, s Saved) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[a.Key()] = s
	return nil
}

func (m *memory) Delete(_ context.Context, a Account) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, a.Key())
	return nil
}
