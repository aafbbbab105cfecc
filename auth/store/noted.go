package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// A keyring must not be asked in passing: one that is locked asks the person
// for its password, and one that is not there takes its time to say so. So a
// file in the state directory says that an account has a session in it, for
// the day when its person keeps sessions elsewhere.
func note(dir string, a Account) string { return filepath.Join(dir, a.Key()+".keyring") }

// Noting is keyring with such a note in dir while it holds a session.
func Noting(keyring Store, dir string) Store { return noting{keyring, dir} }

type noting struct {
	Store
	dir string
}

// Save writes the note before the session, so that no kill leaves a session
// without one. A note that cannot be written is no reason not to save.
func (n noting) Save(ctx context.Context, a Account, s Saved) error {
	if _, err := os.Lstat(note(n.dir, a)); err != nil && PrivateDir(n.dir) == nil {
		_ = replace(note(n.dir, a), nil, true)
	}
	return n.Store.Save(ctx, a, s)
}

func (n noting) Delete(ctx context.Context, a Account) error {
	err := n.Store.Delete(ctx, a)
	if err == nil {
		_ = os.Remove(note(n.dir, a)) // it may not be there
	}
	return err
}

// WhereNoted is keyring for somebody who keeps sessions elsewhere by now: it
// is asked only about accounts that dir has a note of, and is empty otherwise.
func WhereNoted(keyring Store, dir string) Store { return whereNoted{noting{keyring, dir}} }

type whereNoted struct{ noting }

func (w whereNoted) Load(ctx context.Context, a Account) (Saved, error) {
	if _, err := os.Lstat(note(w.dir, a)); err != nil {
		return Saved{}, ErrNotFound
	}
	s, err := w.noting.Load(ctx, a)
	var known *Error
	if errors.Is(err, ErrNotFound) && !errors.As(err, &known) { // a damaged one is there
		_ = os.Remove(note(w.dir, a))
	}
	return s, err
}
