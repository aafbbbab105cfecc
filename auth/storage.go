package auth

import (
	"context"
	"errors"
	"fmt"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// storage is where the session of one account is: the store, and the state
// directory with the locks and marks that all processes share.
type storage struct {
	store   store.Store
	dir     string
	account store.Account
	note    string // why no session is stored, where that is known before the store is tried
}

// errSignedOut is a stored session that was signed out: then its deletion
// failed, or a process wrote back what another had deleted.
var errSignedOut = fmt.Errorf("the stored session was signed out: %w", store.ErrNotFound)

// load reads the store. A session that any process has signed out since is
// errSignedOut.
func (t storage) load(ctx context.Context) (store.Saved, error) {
	saved, err := t.loadAny(ctx)
	if err != nil {
		return store.Saved{}, err
	}
	m, err := t.mark()
	if err != nil {
		return store.Saved{}, err
	}
	if saved.Generation <= m.Ended {
		return store.Saved{}, errSignedOut
	}
	return saved, nil
}

// loadAny reads the store, whoever signed out since.
func (t storage) loadAny(ctx context.Context) (store.Saved, error) {
	return t.store.Load(ctx, t.account)
}

func (t storage) save(ctx context.Context, saved store.Saved) error {
	return t.store.Save(ctx, t.account, saved)
}

func (t storage) delete(ctx context.Context) error { return t.store.Delete(ctx, t.account) }

func (t storage) mark() (store.Mark, error) { return store.ReadMark(t.dir, t.account) }

func (t storage) announce(generation uint64) error {
	return store.Announce(t.dir, t.account, generation)
}

func (t storage) markEnded(generation uint64) error { return store.End(t.dir, t.account, generation) }

func (t storage) lock(ctx context.Context) (unlock func(), err error) {
	return store.Lock(ctx, t.dir, t.account)
}

// probe tries the store and the state directory before the browser opens and
// says in one sentence why they cannot keep a session, or "".
func (t storage) probe(ctx context.Context) string {
	if t.note != "" {
		return t.note
	}
	err := t.store.Probe(ctx)
	if err == nil {
		err = store.TryDir(t.dir)
	}
	return inMemory("This session will stay in memory", err)
}

// inMemory is the sentence that says why a session is not stored, or "".
func inMemory(what string, err error) string {
	if err == nil {
		return ""
	}
	return session.Clean(what+": "+err.Error(), 400) + "."
}

func storeReason(err error) store.Reason {
	var failed *store.Error
	if errors.As(err, &failed) {
		return failed.Reason
	}
	return ""
}
