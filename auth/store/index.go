package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/session"
)

const (
	maxEntry   = 8 << 10 // bytes
	maxEntries = 1000
)

// kinds are the stores that outlive the program.
var kinds = [2]string{"keyring", "file"}

// Entry is a session as the index has it. A keyring must not be asked in
// passing: one that is locked asks the person for its password, and one that
// is not there takes its time to say so. So a small file in the state
// directory says, without any secret, which session lies in which store; it
// tells people what is stored, and tabgate where to look when its settings
// have changed. It decides nothing: entries may be old, damaged or made up, so
// where a session's tokens may be sent is said by the session itself, in
// Saved.Owner.
type Entry struct {
	Account Account   // only its key is known where the entry is damaged or of an earlier version
	Store   string    // "keyring" or "file"
	Issuer  string    // who signed the tokens
	Since   time.Time // of the sign-in; zero where it is not known
	Ended   bool      // it was signed out, but could not be deleted
}

// String is "profile work at auth.example.com, in the keyring", cleaned.
func (e Entry) String() string {
	where := map[string]string{"keyring": "in the keyring", "file": "in a file"}[e.Store]
	if e.Host() == "" {
		return "a session of an earlier version, " + where
	}
	return fmt.Sprintf("profile %s at %s, %s", session.Clean(cmp.Or(e.Account.Profile, "default"), 60), session.Clean(e.Host(), 100), where)
}

// Host is the host of the user pool domain, "" where it is not known.
func (e Entry) Host() string {
	u, err := url.Parse(e.Account.Domain)
	if err != nil {
		return ""
	}
	return u.Host
}

// entry is the file of an Entry. Its name has the account's key and the store.
type entry struct {
	Owner  *Account  `json:"owner"`
	Issuer string    `json:"issuer"`
	Since  time.Time `json:"since,omitzero"`
}

func entryFile(dir string, a Account, kind string) string {
	return filepath.Join(dir, a.Key()+"."+kind)
}

// Indexed is s, with an entry in dir for every session that it holds.
func Indexed(s Store, dir string) Store { return indexed{s, dir} }

type indexed struct {
	Store
	dir string
}

// Save writes the entry before the session, so that no kill leaves a session
// without one. An entry that cannot be written is no reason not to save.
func (i indexed) Save(ctx context.Context, a Account, s Saved) error {
	path := entryFile(i.dir, a, i.Kind())
	data, err := json.Marshal(entry{Owner: &a, Issuer: s.Issuer, Since: s.Since})
	if err == nil {
		old, readErr := ReadPrivate(path, maxEntry)
		if (readErr != nil || !bytes.Equal(old, data)) && PrivateDir(i.dir) == nil {
			_ = replace(path, data, true)
		}
	}
	return i.Store.Save(ctx, a, s)
}

func (i indexed) Delete(ctx context.Context, a Account) error {
	if err := i.Store.Delete(ctx, a); err != nil {
		return err
	}
	path := entryFile(i.dir, a, i.Kind())
	_ = os.Remove(path) // it may not be there
	_ = sweep(path)
	return nil
}

func (i indexed) keys() ([]string, error) {
	if l, ok := i.Store.(lister); ok {
		return l.keys()
	}
	return nil, errUnlisted
}

// WhereIndexed is Indexed for somebody who keeps sessions elsewhere by now: s
// is asked only about accounts that dir has an entry of, and is empty
// otherwise.
func WhereIndexed(s Store, dir string) Store { return whereIndexed{indexed{s, dir}} }

type whereIndexed struct{ indexed }

func (w whereIndexed) Load(ctx context.Context, a Account) (Saved, error) {
	path := entryFile(w.dir, a, w.Kind())
	if _, err := os.Lstat(path); err != nil {
		return Saved{}, ErrNotFound
	}
	s, err := w.indexed.Load(ctx, a)
	var known *Error
	if errors.Is(err, ErrNotFound) && !errors.As(err, &known) { // a damaged one is there
		_ = os.Remove(path)
	}
	return s, err
}

// lister is a store that can say what it holds without asking anybody.
type lister interface {
	keys() ([]string, error)
}

var errUnlisted = errors.New("this store does not list what it holds")

// List gives the entries in dir, a state directory, in the order of their
// words, at most maxEntries of them. No store is asked but those among stores
// that are files: they say themselves what they hold, so entries of sessions
// that are gone are left out, and sessions without an entry are in.
func List(dir string, stores ...Store) ([]Entry, error) {
	all, err := entries(dir)
	if err != nil {
		return nil, err
	}
	for _, s := range stores {
		l, ok := s.(lister)
		if !ok {
			continue
		}
		keys, err := l.keys()
		if errors.Is(err, errUnlisted) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(e Entry) bool {
			return e.Store == s.Kind() && !slices.Contains(keys, e.Account.Key())
		})
		for _, key := range keys {
			a, ok := Keyed(key)
			if ok && !slices.ContainsFunc(all, func(e Entry) bool { return e.Store == s.Kind() && e.Account.Key() == key }) {
				all = append(all, Entry{Account: a, Store: s.Kind()})
			}
		}
	}
	for i := range all {
		m, err := ReadMark(dir, all[i].Account)
		all[i].Ended = err == nil && m.Ended > 0 && m.Ended >= m.Generation
	}
	slices.SortFunc(all, func(a, b Entry) int {
		return strings.Compare(a.String()+a.Account.Key(), b.String()+b.Account.Key())
	})
	return all[:min(len(all), maxEntries)], nil
}

func entries(dir string) ([]Entry, error) {
	if _, err := os.Lstat(dir); err != nil {
		return nil, nil //nolint:nilerr // Without the directory nothing was ever stored.
	}
	if err := PrivateDir(dir); err != nil {
		return nil, err
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("the directory %s cannot be read: %w", dir, bare(err))
	}
	var all []Entry
	for _, name := range names {
		key, kind, _ := strings.Cut(name.Name(), ".")
		if a, ok := Keyed(key); ok && slices.Contains(kinds[:], kind) && len(all) < maxEntries {
			all = append(all, readEntry(dir, a, kind))
		}
	}
	return all, nil
}

// readEntry reads an entry that may be anything at all. What does not fit the
// key in the name of its file is not believed.
func readEntry(dir string, a Account, kind string) Entry {
	e := Entry{Account: a, Store: kind}
	data, err := ReadPrivate(entryFile(dir, a, kind), maxEntry)
	var said entry
	if err != nil || json.Unmarshal(data, &said) != nil || said.Owner == nil || said.Owner.Key() != a.Key() {
		return e
	}
	e.Account, e.Issuer, e.Since = *said.Owner, said.Issuer, said.Since
	return e
}
