package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// LockLimit bounds the wait for another process.
const LockLimit = 10 * time.Second

// retry is how often a waiting process looks again; nothing looks while no
// process waits.
const retry = 20 * time.Millisecond

// Lock makes this process, and in it this caller, the only one that refreshes,
// saves or deletes the account's session. The lock is on a file of its own in
// dir, the user's own state directory, and the kernel frees it when its holder
// dies, so it is never stale. It fails with an *Error of reason Busy after
// LockLimit, or with the context's error.
func Lock(ctx context.Context, dir string, a Account) (unlock func(), err error) {
	return lockWithin(ctx, dir, a, LockLimit)
}

func lockWithin(ctx context.Context, dir string, a Account, most time.Duration) (func(), error) {
	if err := PrivateDir(dir); err != nil {
		return nil, err
	}
	bounded, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	lock := flock.New(filepath.Join(dir, a.Key()+".lock"), flock.SetPermissions(0o600))
	_, err := lock.TryLockContext(bounded, retry)
	switch {
	case err == nil:
		return func() { _ = lock.Unlock() }, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fail(Busy, "", err)
	}
	return nil, fmt.Errorf("the session cannot be locked: %w", bare(err))
}
