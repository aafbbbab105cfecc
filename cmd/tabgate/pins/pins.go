// Package pins remembers the servers that the user agreed to, each with all
// that it said of itself then. It knows neither commands nor the network.
package pins

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/data/gate/client"
)

const (
	maxPins   = 200
	maxBytes  = 1 << 20 // of the file
	lockLimit = 5 * time.Second
	retry     = 20 * time.Millisecond
	version   = 1
)

// Pins are the servers, in a file of the state directory.
type Pins struct{ dir string }

// In gives the pins that are remembered in dir, the user's own state directory.
// An empty dir remembers nothing.
func In(dir string) Pins { return Pins{dir} }

// Pin is a server that the user agreed to.
type Pin struct {
	client.Offer
	Since time.Time `json:"since"`
}

type file struct {
	Version int   `json:"version"`
	Servers []Pin `json:"servers"`
}

func (p Pins) path() string { return filepath.Join(p.dir, "servers.json") }

// All lists the pins. A file that somebody else could have written, or that
// cannot be read, is an error: taking it for none would ask about a server that
// may have changed as if it were new.
func (p Pins) All() ([]Pin, error) {
	if p.dir == "" {
		return nil, nil
	}
	data, err := store.ReadPrivate(p.path(), maxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the servers that you agreed to cannot be read: %w", err)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil || f.Version != version {
		return nil, fmt.Errorf("the servers that you agreed to cannot be read: %s is damaged or of another version; remove it to be asked again", p.path())
	}
	return f.Servers, nil
}

// Of gives what a server said of itself when the user agreed to it.
func (p Pins) Of(server string) (Pin, bool, error) {
	all, err := p.All()
	if i := slices.IndexFunc(all, func(pin Pin) bool { return pin.Server == server }); i >= 0 {
		return all[i], true, err
	}
	return Pin{}, false, err
}

// Keep remembers an offer in the place of an earlier one of the same server.
func (p Pins) Keep(ctx context.Context, o client.Offer, now time.Time) error {
	return p.change(ctx, o.Server, func(list []Pin) []Pin {
		return append(list, Pin{o, now.UTC().Truncate(time.Second)})
	})
}

// Forget drops the pin of a server.
func (p Pins) Forget(ctx context.Context, server string) error {
	return p.change(ctx, server, func(list []Pin) []Pin { return list })
}

// change rewrites the file without the pin of a server, and with what add adds.
// Two processes that do so at once lose neither's pin.
func (p Pins) change(ctx context.Context, server string, add func([]Pin) []Pin) error {
	if p.dir == "" {
		return errors.New("there is no home directory to remember the server in: set XDG_STATE_HOME")
	}
	if err := store.PrivateDir(p.dir); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lockLimit)
	defer cancel()
	lock := flock.New(p.path()+".lock", flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, retry); err != nil {
		return fmt.Errorf("the server cannot be remembered, since another tabgate is at it: %w", err)
	}
	defer func() { _ = lock.Unlock() }()
	list, err := p.All()
	if err != nil {
		return err
	}
	list = add(slices.DeleteFunc(list, func(pin Pin) bool { return pin.Server == server }))
	if len(list) > maxPins {
		return fmt.Errorf("%d servers are remembered, which is the most: forget one with tabgate connect --forget URL", maxPins)
	}
	data, err := json.MarshalIndent(file{version, list}, "", " ")
	if err != nil {
		return fmt.Errorf("describe the servers: %w", err)
	}
	if err := store.WritePrivate(p.path(), append(data, '\n')); err != nil {
		return fmt.Errorf("the server cannot be remembered: %w", err)
	}
	return nil
}
