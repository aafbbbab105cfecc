package main

import (
	"os"

	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// noStore says why the chosen token store cannot be had here.
type noStore struct{ error }

func (n noStore) Unwrap() error { return n.error }

// storesOf makes the chosen token store, and of keyring and files the other one,
// in which an earlier choice may have left a session. Memory may be chosen for
// one run alone.
func storesOf(cfg config.Config, dir string) (kept, former store.Store, err error) {
	kept, err = storeOf(cfg, dir)
	switch {
	case err != nil, kept.Kind() == "memory", dir == "":
		return kept, nil, err
	case kept.Kind() == "file":
		return kept, store.Keyring(nil), nil
	}
	if _, err := os.Stat(dir); err != nil {
		return kept, nil, nil //nolint:nilerr // Without the directory nothing was ever left in it.
	}
	if files, err := store.File(dir); err == nil {
		former = files
	}
	return kept, former, nil
}

// storeOf makes the chosen token store, files in dir; nothing falls back in silence.
func storeOf(cfg config.Config, dir string) (store.Store, error) {
	switch cfg.TokenStore {
	case "memory":
		return store.Memory(), nil
	case "file":
		if dir == "" {
			return nil, noStore{fail(exitConfig, "there is no home directory to keep a file in: set XDG_STATE_HOME, or TABGATE_TOKEN_STORE=memory")}
		}
		s, err := store.File(dir)
		if err != nil {
			return nil, noStore{coded{exitConfig, err}}
		}
		return s, nil
	}
	return store.Keyring(nil), nil
}

// storesOfUser are all stores that may hold a session of this user, whichever
// is chosen; dir is where files would be. Nothing is made on the way. The error says why there can be no
// files, where there is a place for them.
func storesOfUser(dir string) ([]store.Store, error) {
	all := []store.Store{store.Keyring(nil)}
	if _, err := os.Stat(dir); dir == "" || err != nil {
		return all, nil //nolint:nilerr // Without the directory nothing was ever stored in it.
	}
	files, err := store.File(dir)
	if err != nil {
		return all, err
	}
	return append(all, files), nil
}
