package auth

import (
	"context"
	"errors"
	"testing"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// slowDisk is a store that no context hurries, as a disk is.
type slowDisk struct {
	store.Store
	ready chan struct{}
}

func (s *slowDisk) Load(ctx context.Context, a store.Account) (store.Saved, error) {
	<-s.ready
	return s.Store.Load(ctx, a)
}

// The first frame waits for the stored session, but not for a slow disk; and
// whoever asks again does not begin again.
func TestK1ASlowDiskHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	first := w.process(w.inFiles)
	w.signIn(first, "guest@example.com")
	disk := &slowDisk{Store: first.opts.Store, ready: make(chan struct{})}
	s := w.process(func(o *Options) { o.Store = disk })
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := s.Restore(hurried); !errors.Is(err, context.Canceled) || got.SignedIn() {
		t.Errorf("got %+v, %v", got, err)
	}
	type answer struct {
		session.Session
		err error
	}
	patient := make(chan answer)
	go func() {
		got, err := s.Restore(t.Context())
		patient <- answer{got, err}
	}()
	close(disk.ready)
	if a := <-patient; a.err != nil || a.Email != "guest@example.com" {
		t.Errorf("got %+v", a)
	}
}
