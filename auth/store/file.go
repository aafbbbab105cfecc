package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
)

// File keeps sessions as plain text in dir, one file an account, readable by
// this user alone. It is only for people who chose it: tokens on a disk can be
// copied by whatever runs as the user, and by backups.
func File(dir string) (Store, error) {
	if err := PrivateDir(dir); err != nil {
		return nil, err
	}
	return file{dir}, nil
}

type file struct{ dir string }

// content is the file: JSON with the tokens in the clear.
type content struct {
	Version    int    `json:"version"`
	Account    string `json:"account"`
	Issuer     string `json:"issuer"`
	Generation uint64 `json:"generation"`
	about
	ID      string `json:"id_token"`
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

func (f file) Kind() string { return "file" }

func (f file) path(a Account) string { return filepath.Join(f.dir, a.Key()+".session") }

func (f file) Probe(context.Context) error {
	if err := PrivateDir(f.dir); err != nil {
		return err
	}
	probe := filepath.Join(f.dir, fmt.Sprintf("probe-%d", os.Getpid()))
	if err := WritePrivate(probe, []byte("canary")); err != nil {
		return err
	}
	if _, err := ReadPrivate(probe, 16); err != nil {
		return err
	}
	return os.Remove(probe)
}

func (f file) Load(_ context.Context, a Account) (Saved, error) {
	if err := PrivateDir(f.dir); err != nil {
		return Saved{}, err
	}
	data, err := ReadPrivate(f.path(a), 4*maxToken)
	if errors.Is(err, fs.ErrNotExist) {
		return Saved{}, ErrNotFound
	}
	if err != nil {
		return Saved{}, err
	}
	var c content
	if err := json.Unmarshal(data, &c); err != nil {
		return Saved{}, fail(Damaged, "its file is not readable", errors.New("not JSON"))
	}
	if c.Version != version || c.Account != a.Key() {
		return Saved{}, fail(Damaged, "its file is of another account or version", nil)
	}
	if c.Generation > maxGeneration {
		return Saved{}, fail(Damaged, "its generation is beyond all counting", nil)
	}
	if err := c.check(a); err != nil {
		return Saved{}, fail(Damaged, err.Error(), err)
	}
	s := Saved{
		ID: secret.New(c.ID), Access: secret.New(c.Access), Refresh: secret.New(c.Refresh),
		Issuer: c.Issuer, Generation: c.Generation,
	}
	c.tell(&s)
	return s, nil
}

func (f file) Save(_ context.Context, a Account, s Saved) error {
	if err := PrivateDir(f.dir); err != nil {
		return err
	}
	data, err := json.Marshal(content{
		Version: version, Account: a.Key(), Issuer: s.Issuer, Generation: s.Generation, about: about{&a, s.Since},
		ID: s.ID.Reveal(), Access: s.Access.Reveal(), Refresh: s.Refresh.Reveal(),
	})
	if err != nil {
		return fmt.Errorf("describe the session: %w", err)
	}
	if err := WritePrivate(f.path(a), data); err != nil {
		return err
	}
	return sweep(f.path(a))
}

func (f file) Delete(_ context.Context, a Account) error {
	err := os.Remove(f.path(a))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, sweep(f.path(a)))
}

// keys lists the accounts whose sessions lie here.
func (f file) keys() ([]string, error) {
	names, err := os.ReadDir(f.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the directory %s cannot be read: %w", f.dir, bare(err))
	}
	var all []string
	for _, name := range names {
		key, found := strings.CutSuffix(name.Name(), ".session")
		if _, ok := Keyed(key); ok && found {
			all = append(all, key)
		}
	}
	return all, nil
}
